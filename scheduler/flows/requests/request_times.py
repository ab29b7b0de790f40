"""The possible times of a request, as they were typed or given as instants, and what is wrong."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from scheduler.domain.times import AMSTERDAM, local
from scheduler.flows.requests.request_reading import Reading
from scheduler.flows.requests.requesting import Time

MOST_TIMES = 5
_LONGEST_MEETING = timedelta(hours=12)
_AHEAD = timedelta(days=800)
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[.:]([0-5][0-9])")
_DUTCH_DAY = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})")


@dataclass(frozen=True, slots=True)
class TypedTime:
    """One possible time as it was typed."""

    day: str = ""
    start: str = ""
    end: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed at all."""
        return not (self.day or self.start or self.end)


def read_moved_times(typed: tuple[TypedTime | Time, ...], *, at: datetime) -> tuple[Time, ...]:
    """Read only the times of the form.

    Raises:
        BadRequest: something can't be used; every fault at once.
    """
    reading = Reading(at)
    times = read_times(typed, reading)
    reading.refuse()
    return times


def read_times(given: tuple[TypedTime | Time, ...], reading: Reading) -> tuple[Time, ...]:
    """The possible times, in the order in which they were typed; faults are noted."""
    filled = [(number, each) for number, each in enumerate(given) if not _is_empty(each)]
    if not filled:
        reading.fault("day-0", "Noem ten minste één tijdstip.", "Name at least one possible time.")
    if len(filled) > MOST_TIMES:
        reading.fault(
            f"day-{MOST_TIMES}",
            f"Noem ten hoogste {MOST_TIMES} tijdstippen.",
            f"Name at most {MOST_TIMES} possible times.",
        )
    times: list[Time] = []
    for number, each in filled[:MOST_TIMES]:
        time = read_time(each, number, reading)
        if time is not None and time in times:
            reading.fault(
                f"day-{number}", "Dit tijdstip staat er al.", "This time is there already."
            )
        elif time is not None:
            times.append(time)
    return tuple(times)


def _is_empty(given: TypedTime | Time) -> bool:
    return isinstance(given, TypedTime) and given.is_empty


def read_time(given: TypedTime | Time, number: int, reading: Reading) -> Time | None:
    """One time, or None where it can't be used, which is noted."""
    time = _typed(given, number, reading) if isinstance(given, TypedTime) else given
    if time is None or time.starts_at is None or time.ends_at is None:
        return None
    return time if _fits(time.starts_at, time.ends_at, number, reading) else None


def _typed(typed: TypedTime, number: int, reading: Reading) -> Time | None:
    day = read_day(f"day-{number}", typed.day, reading)
    start = _clock(f"start-{number}", typed.start, reading)
    end = _clock(f"end-{number}", typed.end, reading)
    if day is None or start is None or end is None:
        return None
    return Time(day, _instant(day, start), _instant(day, end))


def _fits(starts_at: datetime, ends_at: datetime, number: int, reading: Reading) -> bool:
    if ends_at <= starts_at:
        begins = local(starts_at)
        reading.fault(
            f"end-{number}",
            f"Het begint om {begins:%H.%M} uur. Kies een later einde.",
            f"It begins at {begins:%H:%M}. Choose a later end.",
        )
    elif ends_at - starts_at > _LONGEST_MEETING:
        reading.fault(f"end-{number}", "Dit is langer dan 12 uur.", "This is longer than 12 hours.")
    else:
        return _lies_ahead(f"day-{number}", local(starts_at).date(), reading)
    return False


def day_of(text: str) -> date | None:
    """A day such as 2027-04-08 or 8-4-2027; None where it is neither."""
    dutch = _DUTCH_DAY.fullmatch(text.strip())
    try:
        if dutch:
            day, month, year = map(int, dutch.groups())
            return date(year, month, day)
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def clock_of(text: str) -> time | None:
    """A time such as 13.30 or 13:30; None where it is neither."""
    found = _CLOCK.fullmatch(text.strip())
    return time(int(found[1]), int(found[2])) if found else None


def _instant(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, AMSTERDAM).astimezone(UTC)


def read_day(where: str, text: str, reading: Reading) -> date | None:
    """A day that lies ahead, or None, which is noted."""
    day = day_of(text)
    if day is None:
        reading.fault(where, "Kies een dag, zoals 8-4-2027.", "Choose a day, such as 8-4-2027.")
        return None
    return day if _lies_ahead(where, day, reading) else None


def _lies_ahead(where: str, day: date, reading: Reading) -> bool:
    today = local(reading.at).date()
    if day <= today:
        reading.fault(
            where,
            "Deze dag is te vroeg. Kies een dag na vandaag.",
            "This day is too early. Choose a day after today.",
        )
    elif day - today > _AHEAD:
        reading.fault(
            where,
            "Deze dag ligt meer dan twee jaar vooruit. Klopt het jaar?",
            "This day is more than two years ahead. Is the year right?",
        )
    else:
        return True
    return False


def _clock(where: str, text: str, reading: Reading) -> time | None:
    clock = clock_of(text)
    if clock is None:
        reading.fault(where, "Kies een tijd, zoals 13.30.", "Choose a time, such as 13:30.")
    return clock
