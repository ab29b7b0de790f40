"""Which mandates hold at a meeting: read once, and asked for as many meetings as one likes.

The record, the brief, the votes and the register all ask here. The planner asks its own problem,
which is made of the same rows; a property test holds the two together.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from scheduler.db import mandates as known
from scheduler.db.mandates import MandateView
from scheduler.db.participation import Choices, all_choices
from scheduler.db.tables import Interest, Meeting, Organisation
from scheduler.db.views import MeetingView, Named
from scheduler.domain.access import SYSTEM
from scheduler.domain.terms import MandateState, Participation
from scheduler.domain.times import local

_AGREED = MandateState.AGREED


@dataclass(frozen=True, slots=True)
class About:
    """What a meeting is about, and its table; the rest its view says."""

    topics: frozenset[str]
    table: str | None


class MandatesAtMeetings:
    """The agreed mandates, laid over meetings: what each reaches, and whether it holds there.

    It holds where it was agreed, its scope covers the meeting, its term the day (withdrawal and
    either party's end included), and its giver doesn't take part by itself alone.
    """

    def __init__(
        self, agreed: Iterable[MandateView], choices: Choices, about: Mapping[str, About]
    ) -> None:
        self._choices, self._about = choices, about
        self._between: dict[tuple[str, str], list[MandateView]] = defaultdict(list)
        for each in sorted(agreed, key=lambda each: each.id):
            self._between[each.giver.id, each.holder.id].append(each)

    def reaching(self, giver: str, holder: str, meeting: MeetingView) -> tuple[MandateView, ...]:
        """The mandates between two that cover a meeting, whenever they hold, by identifier."""
        return tuple(
            each for each in self._between.get((giver, holder), ()) if self.covers(each, meeting)
        )

    def between(
        self, giver: str, holder: str, meeting: MeetingView, *, day: date | None = None
    ) -> tuple[MandateView, ...]:
        """The mandates by which one may speak for the other there, by identifier.

        It is judged on the meeting's own local day, or on `day` where something else is done by
        them, such as voting on another day.
        """
        if self.takes_part_alone(giver, meeting, day=day):
            return ()
        when = day or local(meeting.starts_at).date()
        return tuple(
            each for each in self.reaching(giver, holder, meeting) if each.term.holds_on(when)
        )

    def at(self, meeting: MeetingView, *, day: date | None = None) -> tuple[MandateView, ...]:
        """All that hold at a meeting for who is to be heard there, by identifier."""
        concerned = {each.organisation.id for each in meeting.voices}
        found = [
            each
            for giver, holder in self._between
            if giver in concerned
            for each in self.between(giver, holder, meeting, day=day)
        ]
        return tuple(sorted(found, key=lambda each: each.id))

    def covers(self, view: MandateView, meeting: MeetingView) -> bool:
        """Whether a meeting lies in a mandate's scope; nothing does that isn't there any more."""
        about = self._about.get(meeting.id)
        town = meeting.municipality.id if meeting.municipality else None
        return about is not None and view.scope.covers(meeting.level, town, about.topics)

    def holds(self, view: MandateView, meeting: MeetingView) -> bool:
        """Whether one mandate holds at a meeting."""
        held = self.between(view.giver.id, view.holder.id, meeting)
        return any(each.id == view.id for each in held)

    def takes_part_alone(
        self, giver: str, meeting: MeetingView, *, day: date | None = None
    ) -> bool:
        """Whether an organisation takes part there by itself alone."""
        return self._chosen(giver, meeting, day) is Participation.SELF

    def leaves_alone(self, organisation: str, meeting: MeetingView) -> bool:
        """Whether an organisation has chosen to take no part there."""
        return self._chosen(organisation, meeting, None) is Participation.OUT

    def _chosen(
        self, organisation: str, meeting: MeetingView, day: date | None
    ) -> Participation | None:
        about = self._about.get(meeting.id)
        if about is None:
            return None
        return self._choices.of(
            organisation,
            day or local(meeting.starts_at).date(),
            level=meeting.level,
            topics=about.topics,
            table=about.table,
            before=None if day else meeting.starts_at,
        )


def mandates_at_meetings(session: Session, meetings: Iterable[MeetingView]) -> MandatesAtMeetings:
    """Read what decides about these meetings."""
    return MandatesAtMeetings(
        (each for each in known.mandates(session, SYSTEM) if each.term.state is _AGREED),
        all_choices(session),
        _about(session, {each.id for each in meetings}),
    )


def who_left(session: Session, meeting: MeetingView) -> tuple[Named, ...]:
    """Who has a stake in a meeting and isn't published there, as it leaves such meetings alone."""
    book = mandates_at_meetings(session, [meeting])
    published = {each.organisation.id for each in meeting.voices}
    query = (
        select(Organisation.id, Organisation.name)
        .join(Interest, col(Interest.organisation_id) == col(Organisation.id))
        .where(Interest.meeting_id == meeting.id)
        .order_by(Organisation.name)
    )
    return tuple(
        Named(name, label)
        for name, label in session.exec(query)
        if name not in published and book.leaves_alone(name, meeting)
    )


def _about(session: Session, wanted: Iterable[str]) -> Mapping[str, About]:
    query = select(Meeting.id, Meeting.topics, Meeting.table_id).where(col(Meeting.id).in_(wanted))
    return {name: About(frozenset(topics), table) for name, topics, table in session.exec(query)}
