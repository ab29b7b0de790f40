"""Who spoke for whom at which meeting, and by which mandate: what the record says."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from scheduler.db.published import published_meetings
from scheduler.db.views import MeetingFilter, MeetingView
from scheduler.domain.access import Actor
from scheduler.domain.terms import MeetingState
from scheduler.flows.mandates.at_meetings import MandatesAtMeetings, mandates_at_meetings


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
    meetings = [
        each
        for each in published_meetings(session, actor, wanted)
        if each.state is MeetingState.PLANNED
    ]
    book = mandates_at_meetings(session, meetings)
    return tuple(each for meeting in meetings for each in heard_at(book, meeting))


def heard_at(book: MandatesAtMeetings, meeting: MeetingView) -> Iterator[HeardVoice]:
    """The organisations that are heard at a meeting, the heaviest voice first.

    Of two mandates that overlap either would do; the first by its identifier is named.
    """
    for voice in meeting.voices:
        if voice.speaker is not None:
            held = book.between(voice.organisation.id, voice.speaker.id, meeting)
            yield HeardVoice(
                meeting_id=meeting.id,
                starts_at=meeting.starts_at,
                organisation_id=voice.organisation.id,
                speaker_id=voice.speaker.id,
                mandate_id=held[0].id if held else None,
            )
