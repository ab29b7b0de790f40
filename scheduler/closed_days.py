"""The days on which nobody meets: the Dutch public holidays, by the policy's practice."""

from collections.abc import Iterator
from datetime import date

from holidays import OPTIONAL, PUBLIC, country_holidays

from scheduler.policy import LiberationDay, PlanningPolicy

_GOOD_FRIDAY = "Goede vrijdag"
_LIBERATION_DAY = "Bevrijdingsdag"
_LUSTRUM_YEARS = 5


def closed_days(first_day: date, last_day: date, policy: PlanningPolicy) -> frozenset[date]:
    """The closed days among these days, whatever day of the week they fall on.

    Args:
        first_day: local day, inclusive.
        last_day: local day, inclusive.
        policy: whether Good Friday and 5 May count.
    """
    return frozenset(
        day
        for day, name in _holidays(first_day.year, last_day.year)
        if first_day <= day <= last_day and _is_closed(day, name, policy)
    )


def _holidays(first_year: int, last_year: int) -> Iterator[tuple[date, str]]:
    """Every holiday by its Dutch name; a day with two names comes twice."""
    years = range(first_year, last_year + 1)
    found = country_holidays("NL", years=years, categories=(PUBLIC, OPTIONAL), language="nl")
    return ((day, name) for day in found for name in found.get_list(day))


def _is_closed(day: date, name: str, policy: PlanningPolicy) -> bool:
    if name == _GOOD_FRIDAY:
        return policy.good_friday
    if name == _LIBERATION_DAY:
        lustrum = day.year % _LUSTRUM_YEARS == 0
        closed = {LiberationDay.ALWAYS} | ({LiberationDay.LUSTRUM} if lustrum else set())
        return policy.liberation_day in closed
    return True
