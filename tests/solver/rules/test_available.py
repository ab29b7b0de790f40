from dataclasses import replace
from typing import Any

import pytest

from solver.problem import Limits, Mode, Pin

REFUSED = [("available", "m-1", "r-a")]


def _one(make: Any, *, slot: Any = None, mode: Any = Mode.IN_PERSON, **person: Any) -> Any:
    slots = () if slot is None else (slot,)
    meeting = make.meeting("m-1", *slots, mode=mode, place="emmen", deputy=True)
    return make.problem([make.person("r-a", **person), make.person("r-b")], [meeting])


def _broken(make: Any, problem: Any) -> Any:
    return make.broken(problem, make.planned("m-1", "r-a"))


def test_no_windows_is_never_and_null_is_always(make: Any) -> None:
    assert _broken(make, _one(make, availability=None)) == []
    assert _broken(make, _one(make, availability=())) == REFUSED


@pytest.mark.parametrize(
    ("start", "minutes", "free"),
    [
        ("2027-03-02T18:00", 240, True),
        ("2027-03-02T17:59", 60, False),
        ("2027-03-02T21:00", 61, False),
    ],
)
def test_a_slot_lies_within_a_window_and_may_touch_its_ends(
    make: Any, start: str, minutes: int, free: bool
) -> None:
    evenings = (make.window(18, 22),)
    problem = _one(make, slot=make.slot(start, minutes), availability=evenings)
    assert _broken(make, problem) == ([] if free else REFUSED)


def test_a_window_counts_on_its_weekdays_only(make: Any) -> None:
    tuesdays, mondays = make.window(18, 22, frozenset({2})), make.window(18, 22, frozenset({1}))
    assert _broken(make, _one(make, availability=(tuesdays,))) == []
    assert _broken(make, _one(make, availability=(mondays,))) == REFUSED


def test_windows_that_touch_are_not_joined(make: Any) -> None:
    windows = make.window(18, 20), make.window(20, 22)
    problem = _one(make, slot=make.slot("2027-03-02T19:30"), availability=windows)
    assert _broken(make, problem) == REFUSED


def test_a_window_to_midnight_holds_what_ends_then(make: Any) -> None:
    late = (make.window(18, 24),)
    until = _one(make, slot=make.slot("2027-03-02T23:00"), availability=late)
    beyond = _one(make, slot=make.slot("2027-03-02T23:01"), availability=late)
    assert _broken(make, until) == []
    assert _broken(make, beyond) == REFUSED


def test_only_who_is_always_available_meets_through_midnight(make: Any) -> None:
    through = make.slot("2027-03-02T23:30")
    assert _broken(make, _one(make, slot=through)) == []
    assert _broken(make, _one(make, slot=through, availability=(make.window(0, 24),))) == REFUSED


@pytest.mark.parametrize(
    ("start", "minutes", "free"),
    [
        ("2027-03-02T18:00", 60, True),
        ("2027-03-02T20:00", 60, True),
        ("2027-03-02T18:01", 60, False),
        ("2027-03-02T19:59", 60, False),
        ("2027-03-02T19:10", 10, False),
        ("2027-03-02T10:00", 900, False),
    ],
)
def test_busy_time_may_touch_and_not_overlap(
    make: Any, start: str, minutes: int, free: bool
) -> None:
    problem = _one(make, busy=(make.slot(start, minutes),))
    assert _broken(make, problem) == ([] if free else REFUSED)


@pytest.mark.parametrize(("most", "free"), [(49, True), (48, False), (None, True)])
def test_a_trip_is_no_longer_than_agreed(make: Any, most: int | None, free: bool) -> None:
    problem = _one(make, limits=Limits(travel_minutes=most))
    assert _broken(make, problem) == ([] if free else REFUSED)


def test_no_trip_is_counted_online(make: Any) -> None:
    hybrid = _one(make, mode=Mode.HYBRID, limits=Limits(travel_minutes=0))
    assert _broken(make, hybrid) == []


def test_an_online_meeting_needs_a_connection(make: Any) -> None:
    assert _broken(make, _one(make, mode=Mode.ONLINE, online=True)) == []
    assert _broken(make, _one(make, mode=Mode.ONLINE, online=False)) == REFUSED
    assert _broken(make, _one(make, mode=Mode.HYBRID, online=False)) == []


def test_a_deputy_must_be_available_too(make: Any) -> None:
    problem = _one(make, availability=())
    assert make.broken(problem, make.planned("m-1", "r-b", deputy="r-a")) == REFUSED


def test_all_reasons_are_told_in_one_finding(make: Any) -> None:
    problem = _one(
        make,
        availability=(make.window(18, 19),),
        busy=(make.slot("2027-03-02T19:30"),),
        limits=Limits(travel_minutes=40),
    )
    (found,) = make.judged(problem, make.planned("m-1", "r-a")).violations
    assert "reist naar Overleg m-1 (2 maart 2027, 19:00) 9 minuten langer" in found.sentence.nl
    assert "valt 60 minuten buiten de tijd" in found.sentence.nl
    assert "overlaps another appointment of R-A by 30 minutes" in found.sentence.en


def test_a_pin_outranks_all_of_it_for_an_attendance(make: Any) -> None:
    meeting = make.meeting("m-1", mode=Mode.ONLINE, place=None)
    busy = (make.slot("2027-03-02T19:00"),)
    person = make.person("r-a", availability=(), online=False, busy=busy)
    pins = (Pin(meeting="m-1", representative="r-a"),)
    assert _broken(make, make.problem([person], [meeting], pins=pins)) == []


class TestClockChanges:
    """Both sides of a change: 28 March (02:00 becomes 03:00), 31 October (03:00 becomes 02:00)."""

    def test_a_window_that_ends_in_the_skipped_hour_ends_by_the_offset_before(
        self, make: Any
    ) -> None:
        # 02:30 is read as 02:30+01:00, which is 03:30 on the new clock.
        night = replace(make.window(1, 2), end=150)
        fits = _one(make, slot=make.slot("2027-03-28T01:30", 60), availability=(night,))
        late = _one(make, slot=make.slot("2027-03-28T01:31", 60), availability=(night,))
        assert _broken(make, fits) == []
        assert _broken(make, late) == REFUSED

    def test_a_window_that_ends_in_the_repeated_hour_ends_the_first_time(self, make: Any) -> None:
        night = replace(make.window(1, 2), end=150)
        fits = _one(make, slot=make.slot("2027-10-31T01:30", 60), availability=(night,))
        late = _one(make, slot=make.slot("2027-10-31T01:30", 120), availability=(night,))
        assert _broken(make, fits) == []
        assert _broken(make, late) == REFUSED

    @pytest.mark.parametrize("day", ["2027-03-28", "2027-10-31"])
    def test_a_window_over_the_change_holds_its_whole_length(self, make: Any, day: str) -> None:
        hours = 2 if day == "2027-03-28" else 4
        windows = (make.window(1, 4),)
        fits = _one(make, slot=make.slot(f"{day}T01:00", hours * 60), availability=windows)
        late = _one(make, slot=make.slot(f"{day}T01:00", hours * 60 + 1), availability=windows)
        assert _broken(make, fits) == []
        assert _broken(make, late) == REFUSED
