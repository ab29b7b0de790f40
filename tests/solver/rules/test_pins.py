from typing import Any

from solver.problem import Limits, Pin, Seats


def _pinned(make: Any, slot: int | None) -> Any:
    slots = make.slot("2027-03-02T19:00"), make.slot("2027-03-03T19:00")
    return make.problem(
        [make.person("r-a"), make.person("r-b")],
        [make.meeting("m-1", *slots)],
        pins=(Pin(meeting="m-1", representative="r-a", slot=slot),),
    )


def test_who_is_pinned_attends(make: Any) -> None:
    problem = _pinned(make, slot=None)
    assert make.broken(problem, make.planned("m-1", "r-a", slot=1)) == []
    assert make.broken(problem, make.planned("m-1", "r-b")) == [("pins", "m-1", "r-a")]
    assert make.broken(problem, make.nobody("m-1")) == [("pins", "m-1", "r-a")]


def test_who_is_pinned_in_a_slot_attends_in_that_one(make: Any) -> None:
    problem = _pinned(make, slot=1)
    assert make.broken(problem, make.planned("m-1", "r-a", slot=1)) == []
    assert make.broken(problem, make.planned("m-1", "r-a")) == [("pins", "m-1", "r-a")]


def test_a_pin_outranks_availability_only_in_its_own_slot(make: Any) -> None:
    slots = make.slot("2027-03-02T19:00"), make.slot("2027-03-03T19:00")
    problem = make.problem(
        [make.person("r-a", availability=())],
        [make.meeting("m-1", *slots)],
        pins=(Pin(meeting="m-1", representative="r-a", slot=1),),
    )
    assert make.broken(problem, make.planned("m-1", "r-a", slot=1)) == []
    assert make.broken(problem, make.planned("m-1", "r-a")) == [
        ("available", "m-1", "r-a"),
        ("pins", "m-1", "r-a"),
    ]


def test_standing_by_is_not_attending(make: Any) -> None:
    problem = make.problem(
        [make.person("r-a"), make.person("r-b")],
        [make.meeting("m-1", deputy=True)],
        pins=(Pin(meeting="m-1", representative="r-a"),),
    )
    plan = make.planned("m-1", "r-b", deputy="r-a")
    assert make.broken(problem, plan) == [("pins", "m-1", "r-a")]


def test_a_pin_never_outranks_the_seats(make: Any) -> None:
    problem = make.problem(
        [make.person("r-a"), make.person("r-b")],
        [make.meeting("m-1", seats=Seats(1, 1))],
        pins=(Pin(meeting="m-1", representative="r-a"),),
    )
    assert make.broken(problem, make.planned("m-1", "r-a", "r-b")) == [("seats", "m-1", None)]


def test_pins_lift_a_limit_as_far_as_they_reach_and_no_farther(make: Any) -> None:
    evenings = [make.slot(f"2027-03-0{day}T19:00") for day in (2, 3, 4)]
    meetings = [make.meeting(f"m-{i}", evening) for i, evening in enumerate(evenings)]
    problem = make.problem(
        [make.person("r-a", limits=Limits(meetings_per_week=1, minutes_per_week=60))],
        meetings,
        pins=tuple(Pin(meeting=f"m-{i}", representative="r-a") for i in (0, 1)),
    )
    plan = [make.planned(f"m-{i}", "r-a") for i in range(3)]
    assert make.broken(problem, *plan[:2]) == []
    assert make.broken(problem, *plan) == [("limits", None, "r-a")]


def test_a_pin_in_any_slot_holds_beside_one_that_the_plan_moved_away_from(make: Any) -> None:
    slots = make.slot("2027-03-02T19:00"), make.slot("2027-03-03T19:00")
    problem = make.problem(
        [make.person("r-a"), make.person("r-b", "o-b", availability=())],
        [make.meeting("m-1", *slots)],
        pins=(
            Pin(meeting="m-1", representative="r-a", slot=1),
            Pin(meeting="m-1", representative="r-b"),
        ),
    )
    assert make.broken(problem, make.planned("m-1", "r-a", "r-b", slot=1)) == []
    moved = make.planned("m-1", "r-a", "r-b", slot=0)
    assert make.broken(problem, moved) == [("pins", "m-1", "r-a")]
