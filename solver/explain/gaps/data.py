"""Gaps that no rule causes: there is nobody, or nobody who knows."""

from collections.abc import Iterator

from solver.explain.changes import AddInterest, AddRepresentative, Learn
from solver.explain.gaps.gap import Gap, GapKind
from solver.explain.gaps.telling import Found
from solver.explain.words import named
from solver.position import Position
from solver.sentence import Sentence

_NO_EXPERT = Sentence(
    "Bij geen organisatie die mag komen is iemand deskundig in {expertise}.",
    "No organisation that may come has anybody expert in {expertise}.",
)
_NO_PEOPLE = Sentence(
    "{organisation} heeft geen afgevaardigden.", "{organisation} has no representatives."
)
_NO_INTEREST = Sentence(
    "Geen enkele organisatie heeft hier belang.", "No organisation has an interest here."
)


def by_data(position: Position, gap: Gap) -> Iterator[Found]:
    """Openings in which the data itself is otherwise."""
    if gap.expertise is not None:
        yield from _learning(position, gap, gap.expertise)
    elif gap.organisation is not None:
        yield from _people_of(position, gap, (gap.organisation,))
    elif gap.kind is GapKind.SEATS:
        yield from _seats(position, gap)


def _seats(position: Position, gap: Gap) -> Iterator[Found]:
    meeting = position.problem.meetings[gap.meeting]
    if meeting.interested:
        yield from _people_of(position, gap, tuple(meeting.interested))
        return
    for name, people in position.derived.people.items():
        if people:
            change = AddInterest(meeting=meeting.id, organisation=name)
            yield Found((change,), fact=_NO_INTEREST)


def _people_of(position: Position, gap: Gap, organisations: tuple[str, ...]) -> Iterator[Found]:
    """Somebody for each organisation that has nobody at all."""
    for name in organisations:
        if not position.derived.people[name]:
            fact = _NO_PEOPLE.filled(organisation=position.problem.organisations[name].name)
            change = AddRepresentative(organisation=name, meeting=gap.meeting)
            yield Found((change,), fact=fact)


def _learning(position: Position, gap: Gap, expertise: str) -> Iterator[Found]:
    """An attendee learns it; with the fact that none of those who may come has it, if so."""
    taken = position.planned[gap.meeting]
    if taken.slot is None:
        return
    known = _is_known(position, gap.meeting, taken.slot, expertise)
    fact = None if known else _NO_EXPERT.filled(expertise=named(expertise))
    for name in taken.attendees:
        change = Learn(representative=name, expertise=expertise)
        yield Found((change,), fact=fact)


def _is_known(position: Position, meeting: str, slot: int, expertise: str) -> bool:
    """Whether anybody of the organisations that may send somebody has an expertise."""
    people = position.problem.representatives
    return any(
        expertise in people[name].expertise
        for organisation in position.derived.standing(meeting, slot)
        for name in position.derived.people[organisation]
    )
