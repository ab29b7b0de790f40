"""What the planner is measured against: a greedy plan, and a plain integer model.

The plain model is what one would write first: a boolean per meeting, slot and person, every hard
rule that looks at one person as a row, and the first two tiers in one weighted sum, given to
OR-Tools' HiGHS. It knows neither deputies nor mandates beyond who may come.
"""

from collections import defaultdict
from itertools import combinations
from typing import Any

from ortools.linear_solver import pywraplp

from solver.derive import Derived
from solver.problem import PlannedMeeting, Problem
from solver.search.greedy import first_plan
from solver.search.speakers import heard_through

Key = tuple[str, int, str]


def greedy(problem: Problem, _seconds: float) -> dict[str, PlannedMeeting]:
    """The planner's own first plan: meeting by meeting, the heaviest first."""
    return first_plan(Derived(problem))


def plain_model(problem: Problem, seconds: float) -> dict[str, PlannedMeeting]:
    """The plan of the plain model after so many seconds, voices given out afterwards."""
    derived = Derived(problem)
    solver = pywraplp.Solver.CreateSolver("HIGHS")
    solver.SetTimeLimit(int(seconds * 1000))
    comes = {
        (meeting.id, slot, person): solver.BoolVar("")
        for meeting in problem.meetings.values()
        for slot in derived.open_slots(meeting.id)
        for person in derived.candidates(meeting.id, slot)
    }
    objective = _seats_and_voices(solver, derived, comes)
    _no_two_at_once(solver, derived, comes)
    _limits(solver, derived, comes)
    solver.Minimize(objective)
    solver.Solve()
    taken = defaultdict(list)
    for (meeting, slot, person), variable in comes.items():
        if variable.solution_value() > 0.5:
            taken[meeting, slot].append(person)
    return _written_down(derived, taken)


def _seats_and_voices(solver: Any, derived: Derived, comes: dict[Key, Any]) -> Any:
    by_meeting: dict[str, dict[int, list[tuple[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for (meeting, slot, person), variable in comes.items():
        by_meeting[meeting][slot].append((person, variable))
    cost = 0.0
    for meeting in derived.problem.meetings.values():
        held = {slot: solver.BoolVar("") for slot in by_meeting[meeting.id]}
        solver.Add(sum(held.values()) <= 1)
        everybody = []
        for slot, people in by_meeting[meeting.id].items():
            own = [variable for _, variable in people]
            solver.Add(sum(own) <= meeting.seats.max * held[slot])
            everybody += own
        missing = solver.NumVar(0, meeting.seats.min, "")
        solver.Add(missing + sum(everybody) >= meeting.seats.min)
        cost += 1e6 * meeting.weight * missing
        for organisation, weight in meeting.interested.items():
            heard = solver.NumVar(0, 1, "")
            solver.Add(heard <= sum(_speaking(derived, meeting.id, organisation, by_meeting)))
            cost += meeting.weight * weight * (1 - heard)
    return cost


def _speaking(derived: Derived, meeting: str, organisation: str, by_meeting: Any) -> list[Any]:
    return [
        variable
        for slot, people in by_meeting[meeting].items()
        for person, variable in people
        if derived.problem.representatives[person].organisation
        in {organisation, *derived.speakers(meeting, slot).get(organisation, ())}
    ]


def _no_two_at_once(solver: Any, derived: Derived, comes: dict[Key, Any]) -> None:
    by_day: dict[tuple[str, Any], list[tuple[str, int]]] = defaultdict(list)
    for meeting, slot, person in comes:
        by_day[person, derived.slot(meeting, slot).day].append((meeting, slot))
    for (person, _), wanted in by_day.items():
        for first, second in combinations(wanted, 2):
            if first[0] != second[0] and derived.shortage(person, first, second) > 0:
                solver.Add(comes[*first, person] + comes[*second, person] <= 1)


def _limits(solver: Any, derived: Derived, comes: dict[Key, Any]) -> None:
    counted: dict[Any, list[tuple[int, Any]]] = defaultdict(list)
    for (meeting, slot, person), variable in comes.items():
        when, limits = derived.slot(meeting, slot), derived.problem.representatives[person].limits
        load = derived.load(meeting, slot, person)
        for period, limit, amount in (
            (("w", when.week), limits.meetings_per_week, 1),
            (("m", when.month), limits.meetings_per_month, 1),
            (("l", when.week), limits.minutes_per_week, load),
            (("ow", when.week), limits.office_hours_meetings_per_week, when.office_minutes > 0),
            (("om", when.month), limits.office_hours_meetings_per_month, when.office_minutes > 0),
        ):
            if limit is not None and amount:
                counted[person, period, limit].append((int(amount), variable))
    for (_, _, limit), parts in counted.items():
        if sum(amount for amount, _ in parts) > limit:
            solver.Add(sum(amount * variable for amount, variable in parts) <= limit)


def _written_down(derived: Derived, taken: Any) -> dict[str, PlannedMeeting]:
    plan = {
        name: PlannedMeeting(meeting=name, slot=None, attendees=(), deputy=None, voices={})
        for name in derived.problem.meetings
    }
    for (meeting, slot), people in taken.items():
        plan[meeting] = PlannedMeeting(
            meeting=meeting,
            slot=slot,
            attendees=tuple(people),
            deputy=None,
            voices=heard_through(derived, derived.problem.meetings[meeting], slot, people),
        )
    return plan
