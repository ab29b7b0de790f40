"""A municipality's calendar as proposals for meetings. Nothing is sent by it, nothing planned."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urljoin, urlsplit

from sqlmodel import Session, col, select

from calendars.bounded import ChildFailed, LimitReached
from calendars.municipal import Asked, Found, NotReadable, Proposal, Reason, read_municipal
from scheduler.db import audits
from scheduler.db.tables import CalendarImport, ImportLine, MeetingRequest, TableKind
from scheduler.domain.access import Actor
from scheduler.domain.errors import BadInput, Sentence
from scheduler.domain.ids import new_id
from scheduler.domain.requests import Step, after, may
from scheduler.domain.terms import (
    Character,
    ImportOutcome,
    Level,
    Mode,
    RequestSource,
    RequestState,
)
from scheduler.domain.times import local
from scheduler.flows.import_matching import Known, Match, fingerprint, match, said
from scheduler.flows.requesting import Asker, Time, may_ask_for, replace_times

_AHEAD = timedelta(days=400)
_LENGTH_MINUTES = 120
_MOST_PAGES = 20
_UNTITLED = "Overleg zonder titel"
_OURS_TO_CHANGE = {RequestState.RECEIVED, RequestState.DECLINED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A calendar's bytes, and where they came from: a file's name, or an address.

    `fetch` gets the further pages of an address; None for a file, which has only itself.
    """

    name: str
    data: bytes
    fetch: Callable[[str], bytes] | None = None


def import_calendar(
    session: Session, actor: Actor, source: Source, municipality: str | None, *, at: datetime
) -> int:
    """Read a calendar and keep what it proposes; gives the import's number.

    Dates from today up to 400 days ahead become requests that await an answer. Dates known from an
    earlier import are matched. Where a request has been accepted already, its meeting stays as it
    is and the coordinator is shown what differs.

    Args:
        session: the session; the caller commits.
        actor: who imports; must plan for all.
        source: the calendar.
        municipality: whose calendar it is, by CBS code; None where the calendar says so itself, or
            an earlier import of the same source did.
        at: the present instant.

    Raises:
        NotAllowed: the actor doesn't plan for all.
        NotFound: there is no such municipality.
        BadInput: this is no calendar, asks too much of the reader, or doesn't say whose it is.
    """
    actor.must_plan_for_all()
    today = local(at).date()
    found = _read(source, Asked(first_day=today, last_day=today + _AHEAD))
    asker = _asker(session, source, municipality or found.owner)
    may_ask_for(session, actor, asker)
    known = _known(session, asker, source.name)
    if known and not (found.proposals or found.faults or found.outside):
        raise BadInput(_NOTHING)
    row = CalendarImport(
        at=at,
        source=source.name,
        name=found.name,
        level=asker.level,
        municipality_id=asker.municipality_id,
        outside=found.outside,
    )
    session.add(row)
    session.flush()
    _Work(session, actor, asker, row, at).take_in(found, match(found, known, today=today))
    audits.record(session, actor, "import", noun="calendar", noun_id=str(row.id), at=at)
    session.flush()
    return row.id


@dataclass(frozen=True, slots=True)
class _Work:
    """One import at work on the rows."""

    session: Session
    actor: Actor
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


def _read(source: Source, asked: Asked) -> Found:
    """The whole calendar, page by page where it has several.

    Raises:
        BadInput: see `import_calendar`.
    """
    try:
        found, address = read_municipal(source.data, asked), source.name
        for _ in range(_MOST_PAGES):
            if not found.next_page or source.fetch is None:
                break
            address = _next(address, found.next_page)
            page = read_municipal(source.fetch(address), asked)
            found = found.joined(page)
    except NotReadable as error:
        raise BadInput(_REASONS[error.reason]) from error
    except LimitReached as error:
        raise BadInput(_TOO_MUCH) from error
    except ChildFailed as error:
        raise BadInput(_GAVE_UP) from error
    return found


def _next(address: str, page: str) -> str:
    """The next page's address; it stays with the server that was named."""
    after_this = urljoin(address, page)
    if urlsplit(after_this)[:2] != urlsplit(address)[:2]:
        raise BadInput(_ELSEWHERE)
    return after_this


def _asker(session: Session, source: Source, municipality: str) -> Asker:
    if municipality:
        return Asker(Level.MUNICIPALITY, municipality)
    query = (
        select(CalendarImport)
        .where(CalendarImport.source == source.name)
        .order_by(col(CalendarImport.id).desc())
    )
    earlier = session.exec(query).first()
    if earlier is None or earlier.municipality_id is None:
        raise BadInput(_WHOSE)
    return Asker(Level.MUNICIPALITY, earlier.municipality_id)


def _known(session: Session, asker: Asker, source: str) -> list[Known]:
    query = (
        select(MeetingRequest, CalendarImport)
        .join(CalendarImport)
        .where(
            MeetingRequest.source == RequestSource.IMPORT,
            MeetingRequest.municipality_id == asker.municipality_id,
        )
        .order_by(MeetingRequest.id)
    )
    return [
        Known(
            request_id=request.id,
            key=request.external_uid or "",
            said=request.as_imported or {},
            here=earlier.source == source,
            gone="gone" in (request.as_imported or {}),
        )
        for request, earlier in session.exec(query)
    ]


_REASONS = {
    Reason.EMPTY: Sentence(
        "Het bestand is leeg. Er is niets veranderd.",
        "The file is empty. Nothing has changed.",
    ),
    Reason.NOT_A_CALENDAR: Sentence(
        "Dit is geen agenda: geen .ics en geen lijst van vergaderingen (mini-ORI). "
        "Er is niets veranderd.",
        "This is no calendar: no .ics and no list of meetings (mini-ORI). Nothing has changed.",
    ),
    Reason.CUT_OFF: Sentence(
        "De agenda is halverwege afgebroken. Haal het bestand opnieuw op. Er is niets veranderd.",
        "The calendar breaks off halfway. Fetch the file again. Nothing has changed.",
    ),
    Reason.TOO_MANY: Sentence(
        "De agenda heeft meer dan 5.000 afspraken. Kies een kortere periode. "
        "Er is niets veranderd.",
        "The calendar has more than 5,000 entries. Choose a shorter period. Nothing has changed.",
    ),
}
_TOO_MUCH = Sentence(
    "Deze agenda vraagt te veel tijd of geheugen om te lezen (grens: 10 MB, 5 seconden). "
    "Er is niets veranderd.",
    "This calendar takes too much time or memory to read (limit: 10 MB, 5 seconds). "
    "Nothing has changed.",
)
_GAVE_UP = Sentence(
    "Het lezen van deze agenda liep vast. Er is niets veranderd.",
    "Reading this calendar broke down. Nothing has changed.",
)
_ELSEWHERE = Sentence(
    "De volgende bladzijde van de agenda staat op een andere server. Er is niets veranderd.",
    "The calendar's next page is on another server. Nothing has changed.",
)
_WHOSE = Sentence(
    "De agenda zegt niet van welke gemeente hij is. Noem de gemeente, zoals GM0114.",
    "The calendar doesn't say which municipality it belongs to. Name it, such as GM0114.",
)
_NOTHING = Sentence(
    "De agenda is ineens helemaal leeg. Dat is vast een storing. Er is niets veranderd.",
    "The calendar is suddenly quite empty. That must be a fault. Nothing has changed.",
)
