from dataclasses import replace
from datetime import date

import pytest

from scheduler.closed_days import closed_days
from scheduler.policy import LiberationDay, read_policy

POLICY = read_policy()
ALWAYS = replace(POLICY, liberation_day=LiberationDay.ALWAYS)
NEVER = replace(POLICY, liberation_day=LiberationDay.NEVER)


def year(number: int) -> tuple[date, date]:
    return date(number, 1, 1), date(number, 12, 31)


def test_the_closed_days_of_2027() -> None:
    assert sorted(closed_days(*year(2027), POLICY)) == [
        date(2027, 1, 1),
        date(2027, 3, 26),
        date(2027, 3, 28),
        date(2027, 3, 29),
        date(2027, 4, 27),
        date(2027, 5, 6),
        date(2027, 5, 16),
        date(2027, 5, 17),
        date(2027, 12, 25),
        date(2027, 12, 26),
    ]


@pytest.mark.parametrize("closed", [True, False])
def test_good_friday_is_closed_where_the_policy_says_so(closed: bool) -> None:
    policy = replace(POLICY, good_friday=closed)
    assert (date(2026, 4, 3) in closed_days(*year(2026), policy)) is closed


def test_5_may_is_closed_in_a_lustrum_year_only() -> None:
    assert date(2025, 5, 5) in closed_days(*year(2025), POLICY)
    assert date(2026, 5, 5) not in closed_days(*year(2026), POLICY)


def test_5_may_is_closed_always_or_never_where_the_policy_says_so() -> None:
    assert date(2026, 5, 5) in closed_days(*year(2026), ALWAYS)
    assert date(2025, 5, 5) not in closed_days(*year(2025), NEVER)


def test_ascension_day_on_5_may_is_closed_whatever_the_policy() -> None:
    assert date(2016, 5, 5) in closed_days(*year(2016), NEVER)


def test_the_kings_birthday_moves_to_saturday_when_it_falls_on_a_sunday() -> None:
    april = closed_days(date(2025, 4, 22), date(2025, 4, 30), POLICY)
    assert april == {date(2025, 4, 26)}


def test_both_ends_are_inclusive_and_years_are_crossed() -> None:
    assert closed_days(date(2026, 12, 26), date(2027, 1, 1), POLICY) == {
        date(2026, 12, 26),
        date(2027, 1, 1),
    }
    assert closed_days(date(2026, 12, 27), date(2026, 12, 31), POLICY) == frozenset()
