from typing import Any

import pytest

from solver.problem import Limits, Mode

OVER = [("limits", None, "r-a")]


def _year(make: Any, *slots: Any, limits: Limits, **changes: Any) -> Any:
    meetings = [make.meeting(f"m-{i}", slot, **changes) for i, slot in enumerate(slots)]
    return make.problem([make.person("r-a", limits=limits), make.person("r-b")], meetings)


def _broken(make: Any, problem: Any) -> Any:
    return make.broken(problem, *(make.planned(name, "r-a") for name in problem.meetings))


@pytest.mark.parametrize(("most", "fits"), [(2, True), (1, False), (0, False), (None, True)])
def test_meetings_a_week(make: Any, most: int | None, fits: bool) -> None:
    slots = make.slot("2027-03-01T10:00"), make.slot("2027-03-07T10:00")
    problem = _year(make, *slots, limits=Limits(meetings_per_week=most))
    assert _broken(make, problem) == ([] if fits else OVER)


def test_the_next_week_is_another_week(make: Any) -> None:
    slots = make.slot("2027-03-07T23:30"), make.slot("2027-03-08T09:00")
    assert _broken(make, _year(make, *slots, limits=Limits(meetings_per_week=1))) == []


def test_a_week_over_new_year_is_one_week_in_two_months(make: Any) -> None:
    # 31 December 2026 and 1 January 2027 both lie in week 53 of 2026.
    slots = make.slot("2026-12-31T19:00"), make.slot("2027-01-01T19:00")
    assert _broken(make, _year(make, *slots, limits=Limits(meetings_per_week=1))) == OVER
    assert _broken(make, _year(make, *slots, limits=Limits(meetings_per_month=1))) == []


def test_the_same_week_number_a_year_later_is_another_week(make: Any) -> None:
    slots = make.slot("2027-01-05T19:00"), make.slot("2028-01-04T19:00")
    assert _broken(make, _year(make, *slots, limits=Limits(meetings_per_week=1))) == []
    assert _broken(make, _year(make, *slots, limits=Limits(meetings_per_month=1))) == []


def test_meetings_a_month_by_the_local_day(make: Any) -> None:
    # 00:30 on 1 April in Amsterdam is still 31 March in UTC.
    slots = make.slot("2027-03-31T19:00"), make.slot("2027-04-01T00:30")
    assert _broken(make, _year(make, *slots, limits=Limits(meetings_per_month=1))) == []
    slots = make.slot("2027-03-01T19:00"), make.slot("2027-03-31T23:30")
    assert _broken(make, _year(make, *slots, limits=Limits(meetings_per_month=1))) == OVER


@pytest.mark.parametrize(("most", "fits"), [(60 + 30 + 20 + 2 * 49, True), (207, False)])
def test_minutes_a_week_are_the_whole_load(make: Any, most: int, fits: bool) -> None:
    problem = _year(
        make,
        make.slot("2027-03-02T19:00"),
        limits=Limits(minutes_per_week=most),
        place="emmen",
        preparation_minutes=30,
        report_minutes=20,
    )
    assert _broken(make, problem) == ([] if fits else OVER)


def test_there_is_no_travel_in_the_load_of_an_online_meeting(make: Any) -> None:
    limits = Limits(minutes_per_week=60)
    slot = make.slot("2027-03-02T19:00")
    assert _broken(make, _year(make, slot, limits=limits, mode=Mode.ONLINE, place=None)) == []
    assert _broken(make, _year(make, slot, limits=limits, mode=Mode.HYBRID, place="emmen")) == []


@pytest.mark.parametrize(
    ("start", "minutes", "counts"),
    [
        ("2027-03-02T16:59", 60, True),
        ("2027-03-02T17:00", 60, False),
        ("2027-03-02T08:00", 60, False),
        ("2027-03-02T08:00", 61, True),
        ("2027-03-06T10:00", 60, False),
        ("2027-03-01T20:00", 1440, True),
    ],
    ids=["a minute in", "from the end", "to the start", "a minute on", "Saturday", "into Tuesday"],
)
def test_one_minute_in_office_hours_makes_an_office_hours_meeting(
    make: Any, start: str, minutes: int, counts: bool
) -> None:
    slot = make.slot(start, minutes)
    for limits in (
        Limits(office_hours_meetings_per_week=0),
        Limits(office_hours_meetings_per_month=0),
    ):
        problem = _year(make, slot, limits=limits, mode=Mode.ONLINE, place=None)
        assert _broken(make, problem) == (OVER if counts else [])


def test_a_closed_day_has_no_office_hours(make: Any) -> None:
    problem = _year(
        make, make.slot("2027-03-02T10:00"), limits=Limits(office_hours_meetings_per_week=0)
    )
    assert _broken(make, problem) == OVER
    assert _broken(make, make.closed(problem, "2027-03-02")) == []


def test_standing_by_counts_for_no_limit(make: Any) -> None:
    none = Limits(
        minutes_per_week=0,
        meetings_per_week=0,
        meetings_per_month=0,
        office_hours_meetings_per_week=0,
        office_hours_meetings_per_month=0,
    )
    problem = _year(make, make.slot("2027-03-02T10:00"), limits=none, deputy=True)
    assert make.broken(problem, make.planned("m-0", "r-b", deputy="r-a")) == []


def test_every_limit_that_is_passed_is_told_in_one_finding(make: Any) -> None:
    limits = Limits(meetings_per_week=1, meetings_per_month=1, minutes_per_week=100)
    problem = _year(
        make, make.slot("2027-03-02T19:00"), make.slot("2027-03-03T19:00"), limits=limits
    )
    plan = [make.planned(name, "r-a") for name in problem.meetings]
    (found,) = make.judged(problem, *plan).violations
    assert found.sentence.nl == (
        "R-A heeft 120 minuten in week 9 van 2027; hoogstens 100 kan. "
        "R-A heeft 2 overleggen in week 9 van 2027; hoogstens 1 kan. "
        "R-A heeft 2 overleggen in maart 2027; hoogstens 1 kan."
    )
