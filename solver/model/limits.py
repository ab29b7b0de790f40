"""`limits`: what representatives said they can carry in a week and in a month, attendances only."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ortools.sat.python.cp_model import IntVar, LinearExpr

from solver.derive import Month, Week
from solver.problem import Representative
from solver.variables import Variables


class Item(NamedTuple):
    """One possible attendance within a period, and what it adds up to there."""

    flag: IntVar
    amount: int
    pinned: bool


Period = tuple[str, str, Week | Month]
"""Whose, what is counted (its name tells limits over the same week apart), and when."""


def post(variables: Variables) -> None:
    """Keep each limit in each of its periods, where it can bind at all."""
    people = variables.problem.representatives
    limits = {name: _limits(person) for name, person in people.items()}
    for (person, name, _), items in _periods(variables, limits).items():
        limit = limits[person][name]
        if sum(item.amount for item in items) > limit:
            _post_limit(variables, items, limit)


def _post_limit(variables: Variables, items: list[Item], limit: int) -> None:
    """The larger of the limit and what the pinned add up to: within it, or only the pinned."""
    model = variables.model
    pinned = sum(item.amount for item in items if item.pinned)
    flags = [item.flag for item in items]
    total = LinearExpr.weighted_sum(flags, [item.amount for item in items])
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


def _periods(
    variables: Variables, limits: Mapping[str, Mapping[str, int]]
) -> Mapping[Period, list[Item]]:
    found: dict[Period, list[Item]] = defaultdict(list)
    for (meeting, slot, person), flag in variables.attends.items():
        if limits[person]:
            pinned = variables.derived.is_pinned(meeting, person)
            for name, when, amount in _counts(variables, meeting, slot, person):
                if name in limits[person]:
                    found[person, name, when].append(Item(flag, amount, pinned))
    return found


def _counts(
    variables: Variables, meeting: str, slot: int, person: str
) -> Iterator[tuple[str, Week | Month, int]]:
    time = variables.derived.slot(meeting, slot)
    yield "week minutes", time.week, variables.derived.load(meeting, slot, person)
    yield "week", time.week, 1
    yield "month", time.month, 1
    if time.office_minutes > 0:
        yield "office week", time.week, 1
        yield "office month", time.month, 1


def _limits(person: Representative) -> Mapping[str, int]:
    """The limits that somebody has, by what they count."""
    limits = person.limits
    every = {
        "week minutes": limits.minutes_per_week,
        "week": limits.meetings_per_week,
        "month": limits.meetings_per_month,
        "office week": limits.office_hours_meetings_per_week,
        "office month": limits.office_hours_meetings_per_month,
    }
    return {name: limit for name, limit in every.items() if limit is not None}
