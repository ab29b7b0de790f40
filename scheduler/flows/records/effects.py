"""What a record, as it is now, means for the plan: which meetings no longer fit, and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from scheduler.db.views import MeetingView
from scheduler.domain.errors import Sentence
from scheduler.domain.times import EPOCH
from scheduler.flows.adjusting import Standing
from scheduler.flows.records.kind import Kind, Record
from scheduler.flows.records.kinds import MANDATES, ORGANISATIONS, REPRESENTATIVES
from solver.problem import HardRule


@dataclass(frozen=True, slots=True)
class Effect:
    """What doesn't fit the record: the rules that a planned meeting breaks, in words.

    Without a meeting it is about several together, such as too many in one month.
    """

    meeting: MeetingView | None
    reasons: tuple[Sentence, ...]


def effects_of(standing: Standing | None, kind: Kind, record: Record) -> tuple[Effect, ...]:
    """The open meetings that the record no longer fits, what is about several first.

    For a representative and an organisation these are meetings that its people can't attend as
    planned; for an organisation and a mandate also those at which somebody is planned to be heard
    through another, and that can't be any more.
    """
    if standing is None:
        return ()
    reasons: dict[str | None, dict[Sentence, None]] = {}
    for meeting, sentence in (
        *_of_people(standing, kind, record),
        *_of_voices(standing, kind, record),
    ):
        reasons.setdefault(meeting, {})[sentence] = None
    views = {each: standing.view(each) for each in reasons if each is not None}
    found = [Effect(views.get(each or ""), tuple(those)) for each, those in reasons.items()]
    return tuple(sorted(found, key=_when))


def _when(effect: Effect) -> datetime:
    return effect.meeting.starts_at if effect.meeting else EPOCH


_Reason = tuple[str | None, Sentence]
"""A meeting, or None for several together; and what is wrong there."""


def _of_people(standing: Standing, kind: Kind, record: Record) -> Iterator[_Reason]:
    """Rules that the record's person, or the organisation's people, can't keep any more."""
    if kind not in {REPRESENTATIVES, ORGANISATIONS}:
        return
    for broken in standing.violations:
        who = broken.known.representative
        if kind is ORGANISATIONS:
            person = standing.question.problem.representatives.get(who or "")
            who = person.organisation if person else None
        if who == record.id:
            yield broken.meeting, broken.sentence


def _of_voices(standing: Standing, kind: Kind, record: Record) -> Iterator[_Reason]:
    """Voices that are planned to be carried, and can't be."""
    if kind not in {MANDATES, ORGANISATIONS}:
        return
    giver, holder = (
        (record.texts["gever"], record.texts["houder"])
        if kind is MANDATES
        else (record.id, record.id)
    )
    name = standing.question.problem.organisations[giver].name
    for broken in standing.violations:
        if broken.known.rule is HardRule.VOICES and broken.meeting is not None:
            voices = standing.planned(broken.meeting).voices
            carried = voices.get(giver) == holder if kind is MANDATES else giver in _all(voices)
            if carried and name in broken.sentence.nl:
                yield broken.meeting, broken.sentence


def _all(voices: Mapping[str, str]) -> set[str]:
    """Everybody who is heard or speaks."""
    return {*voices, *voices.values()}
