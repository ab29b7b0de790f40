"""Instants as whole UTC minutes, and the local clock that the rules are judged on (section 1)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)
_DAY_MINUTES = 24 * 60


def minutes_of(instant: datetime) -> int:
    """Whole UTC minutes since 1970 of an aware instant."""
    return (instant - _EPOCH) // _MINUTE


def instant_of(minutes: int) -> datetime:
    """The instant in UTC of whole minutes since 1970."""
    return _EPOCH + minutes * _MINUTE


class LocalClock:
    """The wall clock of one time zone; remembers what it once looked up."""

    def __init__(self, timezone: ZoneInfo) -> None:
        self._timezone = timezone
        self._known: dict[tuple[date, int], int] = {}

    def minutes_at(self, day: date, minute_of_day: int) -> int:
        """UTC minutes of a wall-clock time, 0 (00:00) to 1440 (24:00), on a local day.

        Where a clock change repeats or skips that time, the offset in force before the change
        counts: that is what `fold=0` means.
        """
        key = (day, minute_of_day)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = minutes_of(self._wall(day, minute_of_day))
        return found

    def local(self, instant: datetime) -> datetime:
        """The same instant on the wall clock."""
        return instant.astimezone(self._timezone)

    def _wall(self, day: date, minute_of_day: int) -> datetime:
        days, minute = divmod(minute_of_day, _DAY_MINUTES)
        wall = time(*divmod(minute, 60), tzinfo=self._timezone)
        return datetime.combine(day + timedelta(days=days), wall)
