"""What a record, as it is now, means for the plan: which meetings no longer fit, and why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from scheduler.db.views import MeetingView
from scheduler.domain.errors import Sentence
from scheduler.flows.adjusting import Standing
from scheduler.flows.records.kind import Kind, Record
from scheduler.flows.records.kinds import MANDATES, ORGANISATIONS, REPRESENTATIVES


@dataclass(frozen=True, slots=True)
class Effect:
    """A planned meeting that doesn't fit the record: the rules it breaks, in words."""

    meeting: MeetingView
    reasons: tuple[Sentence, ...]


_Concerns = Callable[[Standing, Record, str | None], bool]
"""Whether a broken rule about a representative (None for nobody in particular) is the record's."""


def effects_of(standing: Standing | None, kind: Kind, record: Record) -> tuple[Effect, ...]:
    """The open meetings that the record no longer fits, by their start.

    Who isn't heard at a meeting because a mandate ended is among them.
    """
    concerns = _CONCERNS.get(kind.key)
    if standing is None or concerns is None:
        return ()
    reasons: dict[str, dict[Sentence, None]] = {}
    for broken in standing.violations:
        if broken.meeting and concerns(standing, record, broken.known.representative):
            reasons.setdefault(broken.meeting, {})[broken.sentence] = None
    unheard = _UNHEARD.get(kind.key, "")
    for view in standing.views if unheard else ():
        who = record.texts.get(unheard) if unheard != _ITSELF else record.id
        silent = [each for each in view.voices if each.speaker is None]
        if standing.is_open(view.id) and who in {each.organisation.id for each in silent}:
            reasons.setdefault(view.id, {})[_NOT_HEARD] = None
    views = (standing.view(meeting) for meeting in reasons)
    found = [Effect(view, tuple(reasons[view.id])) for view in views if view is not None]
    return tuple(sorted(found, key=lambda each: each.meeting.starts_at))


_ITSELF = "id"
_NOT_HEARD = Sentence(
    "Deze organisatie wordt er niet gehoord.", "This organisation isn't heard there."
)
_UNHEARD: Final[Mapping[str, str]] = {ORGANISATIONS.key: _ITSELF, MANDATES.key: "gever"}
"""Whose voice it is about: the record itself, or the field that names it."""


def _organisation_of(standing: Standing, representative: str | None) -> str | None:
    person = standing.question.problem.representatives.get(representative or "")
    return person.organisation if person else None


def _is_the_person(_standing: Standing, record: Record, representative: str | None) -> bool:
    return representative == record.id


def _is_of_the_organisation(standing: Standing, record: Record, representative: str | None) -> bool:
    return _organisation_of(standing, representative) == record.id


def _speaks_for_it(standing: Standing, record: Record, representative: str | None) -> bool:
    holder = _organisation_of(standing, representative)
    return holder is not None and holder == record.texts["houder"]


_CONCERNS: Final[Mapping[str, _Concerns]] = {
    REPRESENTATIVES.key: _is_the_person,
    ORGANISATIONS.key: _is_of_the_organisation,
    MANDATES.key: _speaks_for_it,
}
