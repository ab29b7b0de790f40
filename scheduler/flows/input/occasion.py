"""One meeting as an occasion for input: what is asked, until when, and who may read the answers."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from sqlmodel import Session

from scheduler.db import agenda, people, published
from scheduler.db.input import Asked, asked_at_meetings, carries
from scheduler.db.views import AgendaItemView, MeetingView, Named
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.terms import InputSharing, MeetingState
from scheduler.domain.times import local
from scheduler.flows.input.errors import NoInputAsked, NotShared

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """A meeting with its agenda, and the question for input about it."""

    meeting: MeetingView
    items: tuple[AgendaItemView, ...]
    asked: Asked

    def is_open(self, at: datetime) -> bool:
        """Whether input can still be given: until the meeting begins."""
        return self.meeting.state is MeetingState.PLANNED and at < self.meeting.starts_at

    def is_late(self, at: datetime) -> bool:
        """Whether the last day has passed."""
        return local(at).date() > self.asked.last_day

    @property
    def organisations(self) -> tuple[Named, ...]:
        """Whom it concerns."""
        return tuple(voice.organisation for voice in self.meeting.voices)

    def concerns(self, organisation_id: str | None) -> bool:
        """Whether an organisation has to be heard here."""
        return any(each.id == organisation_id for each in self.organisations)


class Reach(Enum):
    """Why somebody may read everybody's input."""

    ALL = auto()
    GOES = auto()
    SHARED = auto()


def occasion_of(session: Session, actor: Actor, meeting_id: str, default_days: int) -> Occasion:
    """The occasion, for whoever may see the meeting.

    Raises:
        NotFound: the meeting isn't there, or isn't this actor's to see.
        NoInputAsked: the tenants aren't asked for anything there.
    """
    meeting = published.published_meeting(session, actor, meeting_id)
    asked = asked_at_meetings(session, actor, [meeting], default_days).get(meeting_id)
    if asked is None:
        raise NoInputAsked
    return Occasion(
        meeting=meeting, items=agenda.agenda_of(session, actor, meeting_id), asked=asked
    )


def reach_of(session: Session, actor: Actor, occasion: Occasion, *, at: datetime) -> Reach:
    """Why this actor may read everybody's input about the occasion.

    Raises:
        NotFound: it is none of the actor's business: a body that asks, or an organisation that
            isn't concerned.
        NotShared: the table doesn't share it, or not yet.
    """
    if actor.sees_all:
        return Reach.ALL
    if carries(occasion.meeting, actor):
        return Reach.GOES
    if not occasion.concerns(people.organisation_of(session, actor)):
        raise NotFound("inbreng", occasion.meeting.id)
    if occasion.asked.sharing is InputSharing.WHO_GOES:
        raise NotShared(None)
    if not occasion.is_late(at):
        raise NotShared(occasion.asked.last_day + _DAY)
    return Reach.SHARED
