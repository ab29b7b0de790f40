from typing import Any

import pytest

from solver.problem import Seats


@pytest.fixture
def two_seats(make: Any) -> Any:
    people = [make.person(name) for name in ("r-a", "r-b", "r-c")]
    return make.problem(people, [make.meeting("m-1", seats=Seats(0, 2))])


def test_as_many_attendees_as_seats_are_allowed(make: Any, two_seats: Any) -> None:
    assert make.broken(two_seats, make.planned("m-1", "r-a", "r-b")) == []


def test_one_attendee_more_than_seats_is_too_many(make: Any, two_seats: Any) -> None:
    plan = make.planned("m-1", "r-a", "r-b", "r-c")
    assert make.broken(two_seats, plan) == [("seats", "m-1", None)]
    assert (
        "3 deelnemers, voor hoogstens 2" in make.judged(two_seats, plan).violations[0].sentence.nl
    )


def test_nobody_attends_twice(make: Any, two_seats: Any) -> None:
    plan = make.planned("m-1", "r-a", "r-a")
    assert make.broken(two_seats, plan) == [("seats", "m-1", None)]


@pytest.mark.parametrize("slot", [None, 1, -1])
def test_attendees_need_a_slot_that_the_meeting_has(
    make: Any, two_seats: Any, slot: int | None
) -> None:
    plan = make.planned("m-1", "r-a", slot=slot)
    assert make.broken(two_seats, plan) == [("seats", "m-1", None)]


def test_a_meeting_without_attendees_takes_no_slot(make: Any, two_seats: Any) -> None:
    assert make.broken(two_seats, make.planned("m-1", slot=0)) == [("seats", "m-1", None)]
    assert make.broken(two_seats, make.nobody("m-1")) == []
