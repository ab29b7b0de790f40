"""Why somebody attends a meeting, and what each other person in that place would have done."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce

from solver.explain.reasons import way
from solver.explain.words import difference, differences, listed, named
from solver.position import Effect, Position
from solver.problem import PlannedMeeting, Tier
from solver.ranking import Candidate, Seat, candidates_at
from solver.sentence import Sentence, counted

_PINNED = Sentence(
    "{name} is door de coördinator vastgezet.", "{name} is pinned by the coordinator."
)
_FOR = Sentence("{name} komt voor {organisation}.", "{name} comes for {organisation}.")
_ALSO_FOR = Sentence(
    "{organisation} spreekt ook namens {others}.", "{organisation} also speaks for {others}."
)
_EXPERT = Sentence("Is deskundig in {expertise}.", "Is expert in {expertise}.")
_KNOWS = Sentence(
    "Is in dit rooster bij {times} van deze overlegtafel.",
    "Is at {times} of this table in this plan.",
)
_OWN_TIME = Sentence(
    "Het is in kantooruren. {name} heeft geen betaalde baan.",
    "It is in office hours. {name} has no paid job.",
)
_WORKING_TIME = Sentence(
    "Het is in kantooruren. {name} heeft een betaalde baan.",
    "It is in office hours. {name} has a paid job.",
)
_RIVAL_LOSES = Sentence(
    "{name} in plaats daarvan verliest op het eerste dat anders wordt. {effects}",
    "{name} instead loses on the first thing that would differ. {effects}",
)
_RIVAL_WINS = Sentence(
    "{name} in plaats daarvan was beter geweest. {effects}",
    "{name} instead would have been better. {effects}",
)
_RIVAL_EQUAL = Sentence(
    "{name} in plaats daarvan: overal gelijk.", "{name} instead: equal everywhere."
)
_NOBODY_ELSE = Sentence(
    "Niemand anders kan hier in plaats van {name}.", "Nobody else could come instead of {name}."
)
_EMPTY = Sentence("Zonder {name}: {effect}", "Without {name}: {effect}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """Somebody else in an attendee's place.

    `decided_on` is the first tier, in the policy's order, that would differ: there the rival loses,
    or where `wins` would have been better (then the plan isn't the best). None: all equal. The
    sentence tells every tier that would differ, in that order.
    """

    candidate: Candidate
    decided_on: Tier | None
    wins: bool
    sentence: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why this attendee.

    `facts` hold by themselves. `without` is what leaving the place empty would do, None where a
    pin forbids that. `rivals` could have come, best first; `unable` could not, with every fact.
    `nobody_else` says so where there are no rivals.
    """

    representative: str
    pinned: bool
    facts: tuple[Sentence, ...]
    without: Effect | None
    left_empty: Sentence | None
    rivals: tuple[Rival, ...]
    unable: tuple[Candidate, ...]
    nobody_else: Sentence | None

    @property
    def reasons(self) -> tuple[Sentence, ...]:
        """All of it in words, those who can't left out."""
        single = (self.left_empty, self.nobody_else)
        rivals = (rival.sentence for rival in self.rivals)
        return (*self.facts, *(one for one in single if one is not None), *rivals)


def why(position: Position, meeting: str, representative: str) -> Why:
    """Why an attendee of a meeting is the one.

    Raises:
        KeyError: there is no such meeting.
        ValueError: the representative doesn't attend it.
    """
    taken = position.planned[meeting]
    if representative not in taken.attendees:
        raise ValueError(f"Expected an attendee of {meeting}, found {representative}.")
    others = candidates_at(position, meeting, Seat(instead_of=representative))
    pinned = position.derived.is_pinned(meeting, representative)
    without = None if pinned else _without(position, taken, representative)
    rivals = tuple(_rivals(position, others))
    name = position.problem.representatives[representative].name
    return Why(
        representative=representative,
        pinned=pinned,
        facts=tuple(_facts(position, taken, representative)),
        without=without,
        left_empty=None if without is None else _left_empty(position, representative, without),
        rivals=rivals,
        unable=tuple(other for other in others if not other.possible),
        nobody_else=None if rivals else _NOBODY_ELSE.filled(name=name),
    )


def _without(position: Position, taken: PlannedMeeting, representative: str) -> Effect:
    others = tuple(name for name in taken.attendees if name != representative)
    left = position.seating(taken.meeting, taken.slot or 0, others, taken.deputy)
    return position.effect(left)


def _left_empty(position: Position, representative: str, effect: Effect) -> Sentence:
    name = position.problem.representatives[representative].name
    tier = _decisive(position, effect)
    if tier is None:
        return _EMPTY.filled(name=name, effect=Sentence("overal gelijk.", "equal everywhere."))
    return _EMPTY.filled(name=name, effect=difference(tier, effect[tier]))


def _rivals(position: Position, others: tuple[Candidate, ...]) -> Iterator[Rival]:
    for other in others:
        if other.effect is None:
            continue
        tier = _decisive(position, other.effect)
        wins = tier is not None and other.effect[tier] < 0
        sentence = _rival(position, other.representative, other.effect, wins=wins)
        yield Rival(candidate=other, decided_on=tier, wins=wins, sentence=sentence)


def _rival(position: Position, representative: str, effect: Effect, *, wins: bool) -> Sentence:
    name = position.problem.representatives[representative].name
    effects = differences(position.problem, effect)
    if not effects:
        return _RIVAL_EQUAL.filled(name=name)
    shape = _RIVAL_WINS if wins else _RIVAL_LOSES
    return shape.filled(name=name, effects=reduce(Sentence.__add__, effects))


def _decisive(position: Position, effect: Effect) -> Tier | None:
    return next((tier for tier in position.problem.policy.tiers if effect[tier] != 0), None)


def _facts(position: Position, taken: PlannedMeeting, representative: str) -> Iterator[Sentence]:
    problem = position.problem
    person = problem.representatives[representative]
    meeting = problem.meetings[taken.meeting]
    organisation = problem.organisations[person.organisation].name
    if position.derived.is_pinned(meeting.id, representative):
        yield _PINNED.filled(name=person.name)
    yield _FOR.filled(name=person.name, organisation=organisation)
    others = [
        problem.organisations[heard].name
        for heard, speaker in taken.voices.items()
        if speaker == person.organisation != heard
    ]
    if others:
        yield _ALSO_FOR.filled(organisation=organisation, others=listed(others))
    if skills := sorted(person.expertise & meeting.expertise):
        yield _EXPERT.filled(expertise=listed([named(code) for code in skills]))
    yield way(position, meeting.id, representative)
    if meeting.series is not None:
        yield _familiar(position, meeting.series, representative)
    if position.derived.slot(meeting.id, taken.slot or 0).office_minutes > 0:
        yield (_WORKING_TIME if person.paid_job else _OWN_TIME).filled(name=person.name)


def _familiar(position: Position, series: str, representative: str) -> Sentence:
    meetings = position.problem.meetings.values()
    table = [meeting.id for meeting in meetings if meeting.series == series]
    times = sum(representative in position.planned[name].attendees for name in table)
    of = counted(len(table), Sentence("het overleg", "meeting"), Sentence("overleggen", "meetings"))
    number = Sentence(f"{times} van de {len(table)} overleggen", f"{times} of the {of.en}")
    return _KNOWS.filled(times=number)
