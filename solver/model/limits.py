"""`limits`: what representatives said they can carry in a week and in a month, attendances only."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ortools.sat.python.cp_model import IntVar

from solver.derive import Month, Week
from solver.problem import Representative
from solver.variables import Variables


@dataclass(frozen=True, slots=True)
class Item:
    """One possible attendance within a period, and what it adds up to there."""

    flag: IntVar
    amount: int
    pinned: bool


Period = tuple[str, Week | Month]
"""What is counted (its name tells limits over the same week apart), and when."""


def post(variables: Variables) -> None:
    """Keep each limit in each of its periods, where it can bind at all."""
    for person, periods in _periods(variables).items():
        limits = _limits(variables.problem.representatives[person])
        for (name, _), items in periods.items():
            limit = limits[name]
            if limit is not None and sum(item.amount for item in items) > limit:
                _post_limit(variables, items, limit)


def _post_limit(variables: Variables, items: list[Item], limit: int) -> None:
    """The larger of the limit and what the pinned add up to: within it, or only the pinned."""
    model = variables.model
    pinned = sum(item.amount for item in items if item.pinned)
    total = sum(item.amount * item.flag for item in items)
    if pinned <= limit:
        model.add(total <= limit)
        return
    within = variables.auxiliary(
        0, 1, lambda values: int(sum(i.amount * values[i.flag.index] for i in items) <= limit)
    )
    model.add(total <= limit).only_enforce_if(within)
    for item in items:
        if not item.pinned:
            model.add_implication(item.flag, within)


def _periods(variables: Variables) -> Mapping[str, Mapping[Period, list[Item]]]:
    found: dict[str, dict[Period, list[Item]]] = defaultdict(lambda: defaultdict(list))
    for (meeting, slot, person), flag in variables.attends.items():
        pinned = variables.derived.is_pinned(meeting, person)
        for period, amount in _counts(variables, meeting, slot, person):
            found[person][period].append(Item(flag, amount, pinned))
    return found


def _counts(
    variables: Variables, meeting: str, slot: int, person: str
) -> Iterator[tuple[Period, int]]:
    time = variables.derived.slot(meeting, slot)
    yield ("week minutes", time.week), variables.derived.load(meeting, slot, person)
    yield ("week", time.week), 1
    yield ("month", time.month), 1
    if time.office_minutes > 0:
        yield ("office week", time.week), 1
        yield ("office month", time.month), 1


def _limits(person: Representative) -> Mapping[str, int | None]:
    limits = person.limits
    return {
        "week minutes": limits.minutes_per_week,
        "week": limits.meetings_per_week,
        "month": limits.meetings_per_month,
        "office week": limits.office_hours_meetings_per_week,
        "office month": limits.office_hours_meetings_per_month,
    }
