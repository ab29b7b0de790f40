"""The same meetings on the same days, in the evening."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta

from scheduler.domain.times import local
from solver.problem import Meeting, Pin, PlannedMeeting, Problem, Span

_BEGINS = time(19, 30)
"""When an evening meeting begins, local."""

_EARLIEST = time(18, 0)
"""What begins at or after it is an evening meeting already."""


def in_the_evening(problem: Problem, moving: Collection[str]) -> Problem:
    """Move these meetings to the evening of their days.

    Two slots of one day become one, so what names a slot (pins, the baseline) is told anew.
    """
    moved = {name: _evenings(problem.meetings[name]) for name in moving}
    changed = {
        name: replace(problem.meetings[name], slots=tuple(dict.fromkeys(slots)))
        for name, slots in moved.items()
    }
    places = {name: _places(slots) for name, slots in moved.items()}
    return replace(
        problem,
        meetings={name: changed.get(name, each) for name, each in problem.meetings.items()},
        pins=tuple(_pin(pin, places) for pin in problem.pins),
        baseline=problem.baseline
        and {name: _planned(each, places) for name, each in problem.baseline.items()},
    )


def _evenings(meeting: Meeting) -> list[Span]:
    return [_evening(slot) for slot in meeting.slots]


def _evening(slot: Span) -> Span:
    start = local(slot.start)
    if start.time() >= _EARLIEST:
        return slot
    begins = datetime.combine(start.date(), _BEGINS, start.tzinfo).astimezone(slot.start.tzinfo)
    return Span(begins, begins + min(slot.end - slot.start, timedelta(hours=4)))


def _places(slots: list[Span]) -> tuple[int, ...]:
    """Where each slot went."""
    order = list(dict.fromkeys(slots))
    return tuple(order.index(slot) for slot in slots)


def _pin(pin: Pin, places: Mapping[str, tuple[int, ...]]) -> Pin:
    if pin.slot is None or pin.meeting not in places:
        return pin
    return replace(pin, slot=places[pin.meeting][pin.slot])


def _planned(planned: PlannedMeeting, places: Mapping[str, tuple[int, ...]]) -> PlannedMeeting:
    if planned.slot is None or planned.meeting not in places:
        return planned
    return replace(planned, slot=places[planned.meeting][planned.slot])
