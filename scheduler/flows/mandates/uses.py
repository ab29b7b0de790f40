"""What mandates mean for published meetings: where they were used, and where one fell away."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from scheduler.db import mandates as known
from scheduler.db.mandates import MandateView
from scheduler.db.participation import Choices, all_choices
from scheduler.db.tables import Meeting
from scheduler.db.views import MeetingView, Named
from scheduler.domain.access import SYSTEM
from scheduler.domain.errors import Sentence
from scheduler.domain.terms import MeetingState, Participation
from scheduler.domain.times import local


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
    rows = _about(session, [each.id for each in ahead])
    agreed = [
        each for each in known.mandates(session, SYSTEM) if each.term.ever_counts or _was(each)
    ]
    choices = all_choices(session)
    found = {each.id: _lapsed(each, rows.get(each.id), agreed, choices) for each in ahead}
    return {name: those for name, those in found.items() if those}


def uses(session: Session, view: MandateView, meetings: Iterable[MeetingView]) -> tuple[Use, ...]:
    """The meetings in a mandate's days and scope at which its giver is to be heard, by start."""
    wanted = [each for each in meetings if each.state is MeetingState.PLANNED]
    rows = _about(session, [each.id for each in wanted])
    return tuple(
        Use(meeting=each, speaker=voice.speaker)
        for each in wanted
        for voice in each.voices
        if voice.organisation.id == view.giver.id
        and each.id in rows
        and _counts(view, each, rows[each.id][0])
    )


_About = tuple[frozenset[str], str | None]
"""What a meeting is about, and its table."""


def _about(session: Session, ids: list[str]) -> Mapping[str, _About]:
    query = select(Meeting.id, Meeting.topics, Meeting.table_id).where(col(Meeting.id).in_(ids))
    return {name: (frozenset(topics), table) for name, topics, table in session.exec(query)}


def _was(view: MandateView) -> bool:
    return view.term.stops_on is not None


def _counts(view: MandateView, meeting: MeetingView, topics: frozenset[str]) -> bool:
    day = local(meeting.starts_at).date()
    return view.term.holds_on(day) and _covers(view, meeting, topics)


def _covers(view: MandateView, meeting: MeetingView, topics: frozenset[str]) -> bool:
    town = meeting.municipality.id if meeting.municipality else None
    return view.scope.covers(meeting.level, town, topics)


def _lapsed(
    meeting: MeetingView, about: _About | None, agreed: list[MandateView], choices: Choices
) -> tuple[Lapse, ...]:
    if about is None:
        return ()
    topics, table = about
    day = local(meeting.starts_at).date()
    found = []
    for voice in meeting.voices:
        if voice.speaker is None or voice.speaker.id == voice.organisation.id:
            continue
        between = [
            each
            for each in agreed
            if (each.giver.id, each.holder.id) == (voice.organisation.id, voice.speaker.id)
            and _covers(each, meeting, topics)
        ]
        chosen = choices.of(
            voice.organisation.id, day, level=meeting.level, topics=topics, table=table
        )
        holds = any(each.term.holds_on(day) for each in between)
        if not holds or chosen is Participation.SELF:
            reason = _reason(voice.organisation, voice.speaker, between, chosen)
            found.append(Lapse(giver=voice.organisation, speaker=voice.speaker, reason=reason))
    return tuple(found)


def _reason(
    giver: Named, speaker: Named, between: list[MandateView], chosen: Participation | None
) -> Sentence:
    if chosen is Participation.SELF:
        return Sentence(
            f"{giver.name} doet hier voortaan alleen zelf mee.",
            f"{giver.name} now takes part here by itself only.",
        )
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
