"""What can be supposed: each kind says what it needs, and what it makes of a planning problem.

A supposition changes a copy. Meetings that were held, and all identifiers, stay as they are.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, timedelta
from itertools import permutations
from typing import Any, Protocol

from scheduler.domain.terms import SuppositionKind
from scheduler.domain.times import local_midnight
from scheduler.flows.problem_builder import Question
from scheduler.flows.what_if.evenings import in_the_evening
from solver.problem import Experience, Limits, Mandate, Organisation, Problem, Representative, Span

NEWCOMER = "wat-als-erbij"
"""The identifier of who is supposed to join; no row has it."""

_WEEK_DAYS = 7
_MINUTES = 60


class Supposition(Protocol):
    """Something supposed; its fields are what is kept of it."""

    def applied(self, question: Question) -> Problem:
        """The problem as it would be; what it names is in the question."""


@dataclass(frozen=True, slots=True)
class Stops:
    """A representative stops: from `first_day` (local, inclusive) on, nothing more."""

    representative: str
    first_day: date

    def applied(self, question: Question) -> Problem:
        """The representative is busy from then on; pins after that day fall away."""
        problem = question.problem
        gone = Span(
            local_midnight(self.first_day),
            local_midnight(problem.horizon.last_day + timedelta(days=1)),
        )
        if gone.start >= gone.end:
            return problem
        person = problem.representatives[self.representative]
        away = replace(person, busy=(*person.busy, gone))
        return replace(
            problem,
            representatives={**problem.representatives, person.id: away},
            pins=tuple(
                pin
                for pin in problem.pins
                if pin.representative != person.id
                or all(slot.end <= gone.start for slot in problem.meetings[pin.meeting].slots)
            ),
        )


@dataclass(frozen=True, slots=True)
class Joins:
    """A representative is added, who lives where the organisation's others do on average work.

    `home` is a place. What can be asked of the newcomer is what is asked of the others: the middle
    of their targets.
    """

    organisation: str
    home: str
    experienced: bool
    paid_job: bool

    def applied(self, question: Question) -> Problem:
        """One more to choose from."""
        problem = question.problem
        newcomer = Representative(
            id=NEWCOMER,
            organisation=self.organisation,
            name=problem.organisations[self.organisation].name,
            home=self.home,
            experience=Experience.EXPERIENCED if self.experienced else Experience.NEW,
            expertise=frozenset(),
            paid_job=self.paid_job,
            online=True,
            target_minutes=_usual_target(problem, self.organisation),
            limits=Limits(),
        )
        return replace(problem, representatives={**problem.representatives, NEWCOMER: newcomer})


def _usual_target(problem: Problem, organisation: str) -> int:
    everybody = problem.representatives.values()
    own = sorted(each.target_minutes for each in everybody if each.organisation == organisation)
    targets = own or sorted(each.target_minutes for each in everybody)
    return targets[len(targets) // 2]


@dataclass(frozen=True, slots=True)
class GivesMandate:
    """An organisation lets another speak for it, everywhere and about everything."""

    giver: str
    holder: str

    def applied(self, question: Question) -> Problem:
        """One mandate more."""
        problem = question.problem
        mandate = _everything(problem, self.giver, self.holder)
        return replace(problem, mandates=(*problem.mandates, mandate))


@dataclass(frozen=True, slots=True)
class MandatesEverywhere:
    """All organisations let each other speak: the report's own question."""

    def applied(self, question: Question) -> Problem:
        """Every mandate that can be given."""
        problem = question.problem
        pairs = permutations(problem.organisations, 2)
        mandates = (_everything(problem, giver, holder) for giver, holder in pairs)
        return replace(problem, mandates=(*problem.mandates, *mandates))


def _everything(problem: Problem, giver: str, holder: str) -> Mandate:
    return Mandate(
        id=f"wat-als-{giver}-{holder}",
        giver=giver,
        holder=holder,
        municipalities=None,
        topics=None,
        levels=None,
        first_day=problem.horizon.first_day,
        last_day=problem.horizon.last_day,
    )


@dataclass(frozen=True, slots=True)
class Evenings:
    """A municipality holds its meetings in the evening, on the days that they are on now."""

    municipality: str

    def applied(self, question: Question) -> Problem:
        """Its meetings to come, moved."""
        moving = {
            name
            for name, meeting in question.problem.meetings.items()
            if meeting.municipality == self.municipality and name not in question.held
        }
        return in_the_evening(question.problem, moving)


@dataclass(frozen=True, slots=True)
class FewerHours:
    """An organisation can carry so many hours a week less."""

    organisation: str
    hours_a_week: float

    def applied(self, question: Question) -> Problem:
        """Its capacity over the horizon is so much smaller, and at least one minute."""
        problem = question.problem
        horizon, mine = problem.horizon, problem.organisations[self.organisation]
        weeks = ((horizon.last_day - horizon.first_day).days + 1) / _WEEK_DAYS
        less = round(self.hours_a_week * _MINUTES * weeks)
        smaller: Organisation = replace(mine, capacity_minutes=max(1, mine.capacity_minutes - less))
        return replace(problem, organisations={**problem.organisations, mine.id: smaller})


_KINDS: Mapping[SuppositionKind, type[Any]] = {
    SuppositionKind.STOPS: Stops,
    SuppositionKind.JOINS: Joins,
    SuppositionKind.GIVES_MANDATE: GivesMandate,
    SuppositionKind.MANDATES_EVERYWHERE: MandatesEverywhere,
    SuppositionKind.EVENINGS: Evenings,
    SuppositionKind.FEWER_HOURS: FewerHours,
}


def kind_of(supposition: Supposition) -> SuppositionKind:
    """Which kind it is."""
    return next(kind for kind, made in _KINDS.items() if isinstance(supposition, made))


def as_json(supposition: Any) -> dict[str, Any]:
    """As it is kept in its row."""
    given = asdict(supposition)
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in given.items()
    }


def from_json(kind: SuppositionKind, given: Mapping[str, Any]) -> Supposition:
    """Back from its row."""
    made = _KINDS[kind]
    values = {
        each.name: date.fromisoformat(given[each.name]) if each.type is date else given[each.name]
        for each in fields(made)
    }
    supposition: Supposition = made(**values)
    return supposition
