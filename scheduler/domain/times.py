"""Instants and local days: times are stored in UTC and judged on the province's own clock."""

from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

_DAYS_KEPT = 20_000

EPOCH = datetime.fromtimestamp(0, UTC)
"""The instant of what has not happened yet, where a calendar must name one."""


def now() -> datetime:
    """The present instant in UTC, on a whole second, as revisions and audits store it."""
    return datetime.now(UTC).replace(microsecond=0)


def local(instant: datetime, zone: ZoneInfo = AMSTERDAM) -> datetime:
    """The instant as the clock on the wall shows it."""
    return instant.astimezone(zone)


@lru_cache(_DAYS_KEPT)
def local_day(instant: datetime) -> date:
    """The day on which an instant falls, on the clock on the wall.

    Pages ask it of every meeting there is; the same instants come again and again.
    """
    return local(instant).date()


def local_midnight(day: date, zone: ZoneInfo = AMSTERDAM) -> datetime:
    """The instant at which a local day begins, in UTC."""
    return datetime.combine(day, time(), zone).astimezone(UTC)
