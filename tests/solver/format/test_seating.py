"""Whether pins can be kept, against trying every choice of slots."""

from dataclasses import replace
from itertools import product
from random import Random
from typing import Any

import pytest

from solver.derive import Derived
from solver.derive.clashes import clashes
from solver.errors import BadDocument
from solver.problem import Pin, Problem, Seats


def _crowded(make: Any, seed: int) -> tuple[list[Any], list[Any], tuple[Pin, ...]]:
    """Meetings with slots on one evening, and a few people pinned at most of them."""
    draw = Random(seed)
    people = [make.person(f"r-{number}") for number in range(3)]
    meetings = [
        make.meeting(
            f"m-{number}",
            *(
                make.slot(f"2027-03-02T{draw.choice((17, 18, 19, 20, 21))}:00", 60)
                for _ in range(draw.randint(1, 3))
            ),
            place=draw.choice(("assen", "emmen")),
            seats=Seats(1, 3),
        )
        for number in range(draw.randint(2, 5))
    ]
    pins = tuple(
        Pin(meeting=meeting.id, representative=person.id, slot=None)
        for meeting in meetings
        for person in people
        if draw.random() < 0.5
    )
    return people, meetings, pins


def _can_be_kept(problem: Problem) -> bool:
    """By trying everything: some choice of slots in which nobody's pinned meetings clash."""
    derived = Derived(problem)
    names = list(problem.meetings)
    for slots in product(*(range(len(problem.meetings[name].slots)) for name in names)):
        chosen = dict(zip(names, slots, strict=True))
        agendas: dict[str, list[tuple[str, int]]] = {}
        for pin in problem.pins:
            agendas.setdefault(pin.representative, []).append((pin.meeting, chosen[pin.meeting]))
        if not any(list(clashes(derived, name, agenda)) for name, agenda in agendas.items()):
            return True
    return False


@pytest.mark.parametrize("seed", range(80))
def test_pins_are_refused_exactly_where_no_choice_of_slots_keeps_them(seed: int, make: Any) -> None:
    people, meetings, pins = _crowded(make, seed)
    kept = _can_be_kept(replace(make.problem(people, meetings), pins=pins))
    try:
        make.problem(people, meetings, pins=pins)
    except BadDocument as bad:
        accepted = False
        paths = {fault.path.partition("[")[0] for fault in bad.faults}
    else:
        accepted, paths = True, {"pins"}
    assert accepted == kept
    assert paths == {"pins"}
