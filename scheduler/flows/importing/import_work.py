"""An import at work on the rows: what a calendar says becomes requests, new or changed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, select

from calendars.municipal import Found, Proposal
from scheduler.db.tables import CalendarImport, ImportLine, MeetingRequest, TableKind
from scheduler.domain.ids import new_id
from scheduler.domain.requests import Step, after, may
from scheduler.domain.terms import (
    Character,
    ImportOutcome,
    Mode,
    RequestSource,
    RequestState,
)
from scheduler.flows.importing.import_matching import Match, fingerprint, said
from scheduler.flows.requests.requesting import Asker, Time, replace_times

_LENGTH_MINUTES = 120
_UNTITLED = "Overleg zonder titel"
_OURS_TO_CHANGE = {RequestState.RECEIVED, RequestState.DECLINED}


@dataclass(frozen=True, slots=True)
class Work:
    """One import at work on the rows."""

    session: Session
    asker: Asker
    row: CalendarImport
    at: datetime

    def take_in(self, found: Found, matches: list[Match]) -> None:
        """Act on every match, and write down what was done and what was wrong."""
        lines: list[ImportLine] = []
        length = self._usual_length()
        for each in matches:
            if each.outcome is ImportOutcome.UNCHANGED:
                self.row.unchanged += 1
                continue
            request = self._request(each, length)
            lines.append(self._line(len(lines), request.title, each.outcome, request.id))
        for fault in found.faults:
            line = self._line(len(lines), fault.entry, None, None)
            line.fault, line.found, line.kept = fault.what, fault.found, fault.what.kept
            lines.append(line)
        self.session.flush()
        self.session.add_all(lines)

    def _line(
        self, number: int, entry: str, outcome: ImportOutcome | None, request_id: str | None
    ) -> ImportLine:
        return ImportLine(
            import_id=self.row.id,
            number=number,
            entry=entry,
            outcome=outcome,
            request_id=request_id,
        )

    def _request(self, each: Match, length: int) -> MeetingRequest:
        if each.request_id is None and each.proposal is not None:
            return self._new(each.proposal, length)
        request = self.session.get_one(MeetingRequest, each.request_id)
        request.import_id, request.changed_at = self.row.id, self.at
        if each.outcome is ImportOutcome.WITHDRAWN:
            self._withdraw(request)
        elif each.proposal is not None:
            self._update(request, each.proposal, each.outcome, length)
        return request

    def _new(self, proposal: Proposal, length: int) -> MeetingRequest:
        request = MeetingRequest(
            id=new_id("u"),
            level=self.asker.level,
            municipality_id=self.asker.municipality_id,
            corporation_id=self.asker.corporation_id,
            title=proposal.title or _UNTITLED,
            character=Character.INFORMING,
            topics=[],
            mode=Mode.IN_PERSON,
            length_minutes=length,
            papers=[],
            organisation_ids=None,
            source=RequestSource.IMPORT,
            external_uid=proposal.key,
            import_id=self.row.id,
            created_at=self.at,
            changed_at=self.at,
        )
        self.session.add(request)
        self._write(request, proposal, length)
        return request

    def _update(
        self,
        request: MeetingRequest,
        proposal: Proposal,
        outcome: ImportOutcome,
        length: int,
    ) -> None:
        if outcome is ImportOutcome.RETURNED and may(request.state, Step.RETURN):
            request.state = after(request.state, Step.RETURN)
            request.meeting_id = None  # it was called off; accepting anew makes a new one
        if outcome is ImportOutcome.MOVED:
            request.moved_at = self.at
        # What is on the plan stays there: the coordinator decides whether the plan follows.
        request.needs_look = request.state not in _OURS_TO_CHANGE
        self._write(request, proposal, length)

    def _withdraw(self, request: MeetingRequest) -> None:
        """Dropped before anybody planned it, it's gone; else the coordinator is asked."""
        if request.state is RequestState.RECEIVED:
            request.state = after(request.state, Step.WITHDRAW)
        else:
            request.needs_look = may(request.state, Step.WITHDRAW)
        request.as_imported = {**(request.as_imported or {}), "gone": "yes"}

    def _write(self, request: MeetingRequest, proposal: Proposal, length: int) -> None:
        words = said(proposal)
        request.title = proposal.title or _UNTITLED
        request.external_uid = proposal.key
        request.place_text, request.question = proposal.place, proposal.text
        addresses = (proposal.url, *proposal.papers)
        request.papers = list(dict.fromkeys(filter(None, addresses)))
        before = request.as_imported or {}
        request.as_imported, request.fingerprint = words, fingerprint(words)
        self.session.flush()
        if any(before.get(name) != words[name] for name in ("day", "starts_at", "ends_at")):
            # Otherwise a time that the coordinator gave to a bare date stays.
            replace_times(self.session, request.id, (_time(proposal, length),))

    def _usual_length(self) -> int:
        """How long tables of this level usually meet, in minutes."""
        query = select(TableKind.duration_minutes).where(TableKind.level == self.asker.level)
        return next(iter(self.session.exec(query.order_by(TableKind.id))), _LENGTH_MINUTES)


def _time(proposal: Proposal, length: int) -> Time:
    starts_at, ends_at = proposal.starts_at, proposal.ends_at
    if starts_at is None or ends_at is not None:
        return Time(proposal.day, starts_at, ends_at)
    return Time(proposal.day, starts_at, starts_at + timedelta(minutes=length), end_is_assumed=True)
