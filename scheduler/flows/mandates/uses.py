"""What mandates mean for published meetings: where they were used, and where one fell away."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from scheduler.db.mandates import MandateView
from scheduler.db.views import MeetingView, Named
from scheduler.domain.errors import Sentence
from scheduler.domain.terms import MeetingState
from scheduler.flows.mandates.at_meetings import MandatesAtMeetings, mandates_at_meetings


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapse:
    """A voice that is published, and can't be carried any more; `reason` says why not."""

    giver: Named
    speaker: Named
    reason: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A published meeting that falls under a mandate, and who speaks for its giver there."""

    meeting: MeetingView
    speaker: Named | None


def lapses(
    session: Session, meetings: Iterable[MeetingView], *, at: datetime
) -> Mapping[str, tuple[Lapse, ...]]:
    """By meeting, the voices that fell away since it was published; of what is still to come."""
    ahead = [
        each for each in meetings if each.starts_at > at and each.state is MeetingState.PLANNED
    ]
    if not ahead:
        return {}
    book = mandates_at_meetings(session, ahead)
    found = {each.id: tuple(_lapsed(each, book)) for each in ahead}
    return {name: those for name, those in found.items() if those}


def uses(session: Session, view: MandateView, meetings: Iterable[MeetingView]) -> tuple[Use, ...]:
    """The meetings in a mandate's days and scope at which its giver is to be heard, by start."""
    wanted = [each for each in meetings if each.state is MeetingState.PLANNED]
    book = mandates_at_meetings(session, wanted)
    return tuple(
        Use(meeting=each, speaker=voice.speaker)
        for each in wanted
        for voice in each.voices
        if voice.organisation.id == view.giver.id and book.holds(view, each)
    )


def _lapsed(meeting: MeetingView, book: MandatesAtMeetings) -> Iterator[Lapse]:
    for voice in meeting.voices:
        giver, speaker = voice.organisation, voice.speaker
        if speaker is None or speaker == giver or book.between(giver.id, speaker.id, meeting):
            continue
        alone = book.takes_part_alone(giver.id, meeting)
        reason = (
            _by_itself(giver)
            if alone
            else _reason(giver, speaker, book.reaching(giver.id, speaker.id, meeting))
        )
        yield Lapse(giver=giver, speaker=speaker, reason=reason)


def _by_itself(giver: Named) -> Sentence:
    return Sentence(
        f"{giver.name} doet hier voortaan alleen zelf mee.",
        f"{giver.name} now takes part here by itself only.",
    )


def _reason(giver: Named, speaker: Named, between: Iterable[MandateView]) -> Sentence:
    stopped = [each.term.stops_on for each in between if each.term.stops_on is not None]
    if stopped:
        return Sentence(
            f"Het mandaat van {giver.name} aan {speaker.name} is gestopt op {_on(max(stopped))}.",
            f"The mandate of {giver.name} to {speaker.name} stopped on {max(stopped)}.",
        )
    ended = [each.term.last_in_force for each in between]
    if ended:
        return Sentence(
            f"Het mandaat van {giver.name} aan {speaker.name} loopt tot en met {_on(max(ended))}.",
            f"The mandate of {giver.name} to {speaker.name} runs until {max(ended)}.",
        )
    return Sentence(
        f"Er is geen mandaat van {giver.name} aan {speaker.name}.",
        f"There is no mandate of {giver.name} to {speaker.name}.",
    )


def _on(day: date) -> str:
    return f"{day.day}-{day.month}-{day.year}"
