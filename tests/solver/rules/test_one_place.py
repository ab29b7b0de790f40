from typing import Any

import pytest

from solver.problem import Mode


def _two(make: Any, first: Any, second: Any, **person: Any) -> Any:
    people = [make.person("r-a", **person), make.person("r-b")]
    return make.problem(people, [first, second])


BOTH = ("m-1", "r-a"), ("m-2", "r-a")


def _plan(make: Any) -> list[Any]:
    return [make.planned(meeting, name) for meeting, name in BOTH]


@pytest.mark.parametrize(("start", "fits"), [("11:49", True), ("11:48", False)])
def test_the_way_must_fit_to_the_minute(make: Any, start: str, fits: bool) -> None:
    problem = _two(
        make,
        make.meeting("m-1", make.slot("2027-03-02T10:00")),
        make.meeting("m-2", make.slot(f"2027-03-02T{start}"), place="emmen"),
    )
    expected = [] if fits else [("one_place", "m-2", "r-a")]
    assert make.broken(problem, *_plan(make)) == expected


def test_meetings_that_touch_in_one_place_are_fine(make: Any) -> None:
    problem = _two(
        make,
        make.meeting("m-1", make.slot("2027-03-02T10:00")),
        make.meeting("m-2", make.slot("2027-03-02T11:00")),
    )
    assert make.broken(problem, *_plan(make)) == []


def test_the_later_meeting_is_named_whatever_order_they_stand_in(make: Any) -> None:
    problem = _two(
        make,
        make.meeting("m-1", make.slot("2027-03-02T10:30")),
        make.meeting("m-2", make.slot("2027-03-02T10:00")),
    )
    assert make.broken(problem, *_plan(make)) == [("one_place", "m-1", "r-a")]


def test_two_meetings_at_once_clash_even_in_one_place(make: Any) -> None:
    problem = _two(make, make.meeting("m-1"), make.meeting("m-2"))
    assert make.broken(problem, *_plan(make)) == [("one_place", "m-2", "r-a")]


def test_every_two_meetings_count_and_not_just_neighbours(make: Any) -> None:
    # m-2 at home fits between the others, but from m-1 to m-3 there is no time at all.
    problem = make.problem(
        [make.person("r-a")],
        [
            make.meeting("m-1", make.slot("2027-03-02T10:00", 240)),
            make.meeting("m-2", make.slot("2027-03-02T11:00", 30)),
            make.meeting("m-3", make.slot("2027-03-02T13:00")),
        ],
    )
    plan = [make.planned(name, "r-a") for name in ("m-1", "m-2", "m-3")]
    assert make.broken(problem, *plan) == [
        ("one_place", "m-2", "r-a"),
        ("one_place", "m-3", "r-a"),
    ]


def test_online_is_attended_from_home(make: Any) -> None:
    # r-a lives in Assen: online there, then 49 minutes to Emmen.
    problem = _two(
        make,
        make.meeting("m-1", make.slot("2027-03-02T10:00"), mode=Mode.ONLINE, place="meppel"),
        make.meeting("m-2", make.slot("2027-03-02T11:49"), place="emmen"),
    )
    assert make.broken(problem, *_plan(make)) == []


@pytest.mark.parametrize(("online", "fits"), [(True, True), (False, False)])
def test_hybrid_is_attended_from_home_by_who_lives_far_and_can(
    make: Any, online: bool, fits: bool
) -> None:
    # Emmen is 49 minutes away, beyond the 45 from which hybrid means online.
    problem = _two(
        make,
        make.meeting("m-1", make.slot("2027-03-02T10:00")),
        make.meeting("m-2", make.slot("2027-03-02T11:00"), mode=Mode.HYBRID, place="emmen"),
        online=online,
    )
    expected = [] if fits else [("one_place", "m-2", "r-a")]
    assert make.broken(problem, *_plan(make)) == expected


def test_a_deputy_is_bound_as_an_attendee_is(make: Any) -> None:
    problem = make.problem(
        [make.person("r-a"), make.person("r-b")],
        [make.meeting("m-1", deputy=True), make.meeting("m-2")],
    )
    plan = make.planned("m-1", "r-b", deputy="r-a"), make.planned("m-2", "r-a")
    assert make.broken(problem, *plan) == [("one_place", "m-2", "r-a")]


def test_a_change_to_summer_time_takes_an_hour_off_the_clock(make: Any) -> None:
    # 01:00 to 03:00 is one hour that night, so a meeting from 03:00 on only just follows.
    problem = _two(
        make,
        make.meeting("m-1", make.slot("2027-03-28T01:00", 60)),
        make.meeting("m-2", make.slot("2027-03-28T03:00")),
    )
    assert make.broken(problem, *_plan(make)) == []


@pytest.mark.parametrize(("minutes", "fits"), [(120, True), (121, False)])
def test_a_change_to_winter_time_gives_an_hour_on_the_clock(
    make: Any, minutes: int, fits: bool
) -> None:
    # From 01:00 to the second 02:00 that night are two hours; to 03:00 it would be three.
    problem = _two(
        make,
        make.meeting("m-1", make.slot("2027-10-31T01:00", minutes)),
        make.meeting("m-2", make.span("2027-10-31T02:00:00+01:00")),
    )
    assert make.broken(problem, *_plan(make)) == ([] if fits else [("one_place", "m-2", "r-a")])


def test_commitments_on_both_sides_of_new_year_are_neighbours_like_any_other(make: Any) -> None:
    problem = _two(
        make,
        make.meeting("m-1", make.slot("2026-12-31T23:00", 90)),
        make.meeting("m-2", make.slot("2027-01-01T00:29")),
    )
    assert make.broken(problem, *_plan(make)) == [("one_place", "m-2", "r-a")]
