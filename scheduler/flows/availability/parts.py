"""A week in twenty-one ticks: mornings, afternoons and evenings, as people say it.

Hours that were given more precisely stay as they are for as long as that day's ticks do.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from scheduler.flows.availability.own import MIDNIGHT, Hours


class Part(NamedTuple):
    """A part of the day in local minutes: what a tick means, and the heart by which it is known."""

    name: str
    start: int
    end: int
    heart: tuple[int, int]


PARTS = (
    Part("ochtend", 0, 750, (600, 720)),
    Part("middag", 750, 1080, (810, 1000)),
    Part("avond", 1080, MIDNIGHT, (1170, 1290)),
)
WEEKDAYS = range(1, 8)

Tick = tuple[int, str]
"""A weekday (1 is Monday) and a part by its name."""


def ticks_of(hours: tuple[Hours, ...] | None) -> frozenset[Tick]:
    """Which parts of the week are covered; all of them where somebody can always be asked."""
    if hours is None:
        return frozenset((day, part.name) for day in WEEKDAYS for part in PARTS)
    return frozenset(
        (each.weekday, part.name)
        for each in hours
        for part in PARTS
        if each.start <= part.heart[0] and part.heart[1] <= each.end
    )


def with_ticks(
    hours: tuple[Hours, ...] | None, ticks: Collection[Tick]
) -> tuple[Hours, ...] | None:
    """The hours with these ticks: only days whose ticks changed are written anew."""
    before, wanted = ticks_of(hours), frozenset(ticks)
    if wanted == before:
        return hours
    if len(wanted) == len(PARTS) * len(WEEKDAYS):
        return None
    whole = _whole_week() if hours is None else hours
    return tuple(sorted(_days(whole, before, wanted)))


def _whole_week() -> tuple[Hours, ...]:
    return tuple(Hours(day, 0, MIDNIGHT) for day in WEEKDAYS)


def _days(
    hours: Iterable[Hours], before: frozenset[Tick], wanted: frozenset[Tick]
) -> Iterator[Hours]:
    for day in WEEKDAYS:
        names = {name for weekday, name in wanted if weekday == day}
        if names == {name for weekday, name in before if weekday == day}:
            yield from (each for each in hours if each.weekday == day)
        else:
            yield from _joined(day, [part for part in PARTS if part.name in names])


def _joined(day: int, parts: Iterable[Part]) -> Iterator[Hours]:
    """The parts of one day, those that touch as one: a meeting may run from one into the next."""
    open_from: int | None = None
    until = 0
    for part in parts:
        if open_from is not None and part.start != until:
            yield Hours(day, open_from, until)
            open_from = None
        open_from, until = part.start if open_from is None else open_from, part.end
    if open_from is not None:
        yield Hours(day, open_from, until)
