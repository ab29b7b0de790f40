"""Who spoke for whom at which meeting, and by which mandate: what the record says."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from scheduler.db import tables
from scheduler.db.published import published_meetings
from scheduler.db.views import MeetingFilter, MeetingView, VoiceHeard
from scheduler.domain.access import Actor
from scheduler.domain.terms import MeetingState
from scheduler.domain.times import local
from scheduler.flows.problem_builder.people import mandates
from solver.derive.mandates import in_force
from solver.problem import Level, Mandate


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardVoice:
    """An organisation that is heard at a meeting: by itself, or by the one that speaks for it.

    `starts_at` is in UTC. `mandate_id` is the mandate in force there on that day by which another
    speaks; None where the organisation speaks for itself, or where no mandate carries the voice.
    """

    meeting_id: str
    starts_at: datetime
    organisation_id: str
    speaker_id: str
    mandate_id: str | None

    @property
    def is_carried(self) -> bool:
        """Whether the speaker may speak: for itself, or by a mandate."""
        return self.speaker_id == self.organisation_id or self.mandate_id is not None


def voices(
    session: Session,
    actor: Actor,
    *,
    first_day: date | None = None,
    last_day: date | None = None,
) -> tuple[HeardVoice, ...]:
    """Every heard organisation of every published meeting that is on, by the meetings' start.

    Days are local and inclusive; None is no limit. An organisation for which nobody speaks isn't
    heard, and isn't there. A mandate counts as it does for the planner (rule book, section 3), so
    one that was withdrawn carries no voice after its end.
    """
    wanted = MeetingFilter(first_day=first_day, last_day=last_day)
    book = MandatesInForce(session)
    return tuple(
        each
        for meeting in published_meetings(session, actor, wanted)
        if meeting.state is MeetingState.PLANNED
        for each in book.heard_at(meeting)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _About:
    """What of a meeting decides which mandates count there."""

    municipality: str | None
    topics: frozenset[str]
    level: Level


class MandatesInForce:
    """The mandates as the planner reads them, and what each meeting is about."""

    def __init__(self, session: Session) -> None:
        self._given: dict[tuple[str, str], list[Mandate]] = {}
        for mandate in mandates(session):
            self._given.setdefault((mandate.giver, mandate.holder), []).append(mandate)
        rows = session.exec(select(col(tables.Meeting.id), col(tables.Meeting.topics)))
        self._topics = {identifier: frozenset(topics) for identifier, topics in rows}

    def heard_at(self, meeting: MeetingView) -> Iterator[HeardVoice]:
        """The organisations that are heard at a meeting, the heaviest voice first."""
        for voice in meeting.voices:
            if voice.speaker is not None:
                yield HeardVoice(
                    meeting_id=meeting.id,
                    starts_at=meeting.starts_at,
                    organisation_id=voice.organisation.id,
                    speaker_id=voice.speaker.id,
                    mandate_id=self._mandate(meeting, voice),
                )

    def _mandate(self, meeting: MeetingView, voice: VoiceHeard) -> str | None:
        """The first by its identifier: of two that overlap either would do."""
        speaker = voice.speaker.id if voice.speaker else ""
        about = _About(
            municipality=meeting.municipality.id if meeting.municipality else None,
            topics=self._topics[meeting.id],
            level=Level(meeting.level),
        )
        day = local(meeting.starts_at).date()
        given = self._given.get((voice.organisation.id, speaker), [])
        return min((each.id for each in given if in_force(each, about, day)), default=None)
