"""Who can be asked, as the solver hears it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time

import pytest
from sqlmodel import Session

from scheduler.db import tables
from scheduler.domain.times import local_midnight
from scheduler.flows.problem_builder import people
from solver.problem import Horizon, Level, Representative, Span, Window

YEAR = Horizon(date(2027, 1, 1), date(2027, 12, 31))


@pytest.fixture
def person(session: Session) -> Callable[[], Representative]:
    """The representative r-1 as the rows say now."""

    def read() -> Representative:
        session.flush()
        return people.representatives(session, YEAR)["r-1"]

    return read


def _window(
    weekday: int, starts: time, ends: time, *, midnight: bool = False
) -> tables.Availability:
    return tables.Availability(
        representative_id="r-1",
        weekday=weekday,
        starts=starts,
        ends=ends,
        ends_at_midnight=midnight,
    )


@pytest.mark.parametrize(
    ("last_day", "minutes"), [(date(2027, 12, 31), 36_500), (date(2027, 1, 31), 3_100)]
)
def test_a_capacity_is_the_horizons_share_of_a_year(
    session: Session, last_day: date, minutes: int
) -> None:
    horizon = Horizon(date(2027, 1, 1), last_day)
    assert people.organisations(session, horizon)["mevm"].capacity_minutes == minutes


def test_who_set_no_windows_is_always_available(person: Callable[[], Representative]) -> None:
    assert person().availability is None


def test_who_has_windows_to_set_and_set_none_is_never_available(
    session: Session, person: Callable[[], Representative]
) -> None:
    session.get_one(tables.Representative, "r-1").always_available = False
    assert person().availability == ()


def test_days_with_the_same_hours_share_a_window(
    session: Session, person: Callable[[], Representative]
) -> None:
    session.get_one(tables.Representative, "r-1").always_available = False
    session.add_all([_window(day, time(9), time(12, 30)) for day in (1, 3)])
    session.add(_window(5, time(18), time(0), midnight=True))
    assert person().availability == (
        Window(weekdays=frozenset({1, 3}), start=540, end=750),
        Window(weekdays=frozenset({5}), start=1_080, end=1_440),
    )


def test_busy_time_is_widened_to_whole_minutes(
    session: Session, person: Callable[[], Representative]
) -> None:
    session.add(
        tables.Busy(
            representative_id="r-1",
            starts_at=datetime(2027, 3, 1, 9, 0, 30, tzinfo=UTC),
            ends_at=datetime(2027, 3, 1, 9, 59, 1, tzinfo=UTC),
        )
    )
    assert person().busy == (
        Span(datetime(2027, 3, 1, 9, tzinfo=UTC), datetime(2027, 3, 1, 10, tzinfo=UTC)),
    )


@pytest.mark.parametrize(
    ("last_day", "gone_from"),
    [
        (date(2027, 6, 30), date(2027, 7, 1)),
        (date(2026, 6, 30), date(2027, 1, 1)),
        (date(2027, 12, 31), None),
        (None, None),
    ],
)
def test_who_stops_is_taken_from_the_next_day_on(
    session: Session,
    person: Callable[[], Representative],
    last_day: date | None,
    gone_from: date | None,
) -> None:
    session.get_one(tables.Representative, "r-1").last_day = last_day
    end = local_midnight(date(2028, 1, 1))
    expected = () if gone_from is None else (Span(local_midnight(gone_from), end),)
    assert person().busy == expected


def test_wishes_and_expertise_come_along(
    session: Session, person: Callable[[], Representative]
) -> None:
    session.add(tables.Expertise(representative_id="r-1", topic="wonen"))
    session.add(tables.TableWish(representative_id="r-1", table_id="pa-assen", prefers=False))
    assert person().expertise == {"wonen"}
    assert (person().prefers, person().avoids) == (frozenset(), {"pa-assen"})


def test_a_mandate_names_its_municipalities_or_holds_everywhere(session: Session) -> None:
    session.add(
        tables.Mandate(
            id="md-2",
            giver_id="mevm",
            holder_id="samensterk",
            everywhere=False,
            topics=[],
            levels=["province"],
            first_day=date(2027, 2, 1),
            last_day=date(2027, 2, 28),
        )
    )
    session.flush()
    session.add(tables.MandateMunicipality(mandate_id="md-2", municipality_id="GM0106"))
    session.flush()
    everywhere, narrow = people.mandates(session)
    assert (everywhere.municipalities, everywhere.topics, everywhere.levels) == (None, None, None)
    assert narrow.municipalities == {"GM0106"}
    assert narrow.topics == frozenset()
    assert narrow.levels == {Level.PROVINCE}
