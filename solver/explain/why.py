"""Why somebody attends a meeting, and what each other person in that place would have done."""

from collections.abc import Iterator
from dataclasses import dataclass

from solver.candidates import Candidate, Seat, candidates_at
from solver.explain.reasons import way
from solver.explain.words import difference, listed, named
from solver.position import Effect, Position
from solver.problem import PlannedMeeting, Tier
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
_RIVAL_WORSE = Sentence("{name} in plaats daarvan: {effect}", "{name} instead: {effect}")
_RIVAL_EQUAL = Sentence(
    "{name} in plaats daarvan: overal gelijk.", "{name} instead: equal everywhere."
)
_EMPTY = Sentence("Zonder {name}: {effect}", "Without {name}: {effect}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """Somebody else in an attendee's place.

    `decided_on` is the first tier, in the policy's order, that would differ: there the rival loses,
    or where `wins` would have been better (then the plan isn't the best). None: all equal.
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
    """

    representative: str
    pinned: bool
    facts: tuple[Sentence, ...]
    without: Effect | None
    left_empty: Sentence | None
    rivals: tuple[Rival, ...]
    unable: tuple[Candidate, ...]

    @property
    def reasons(self) -> tuple[Sentence, ...]:
        """All of it in words, those who can't left out."""
        left = () if self.left_empty is None else (self.left_empty,)
        return (*self.facts, *left, *(rival.sentence for rival in self.rivals))


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
    return Why(
        representative=representative,
        pinned=pinned,
        facts=tuple(_facts(position, taken, representative)),
        without=without,
        left_empty=None if without is None else _left_empty(position, representative, without),
        rivals=tuple(_rivals(position, others)),
        unable=tuple(other for other in others if not other.possible),
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
        name = position.problem.representatives[other.representative].name
        tier = _decisive(position, other.effect)
        sentence = (
            _RIVAL_EQUAL.filled(name=name)
            if tier is None
            else _RIVAL_WORSE.filled(name=name, effect=difference(tier, other.effect[tier]))
        )
        wins = tier is not None and other.effect[tier] < 0
        yield Rival(candidate=other, decided_on=tier, wins=wins, sentence=sentence)


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
