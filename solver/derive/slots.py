"""What a slot is on the calendar: its minutes, day, week, month and office-hours minutes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from solver.derive.clock import LocalClock, minutes_of
from solver.problem import OfficeHours, Span

Week = tuple[int, int]
Month = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SlotTime:
    """A slot in UTC minutes, end exclusive, with the calendar of its local start.

    `week` is (ISO year, ISO week), `month` (year, month); `office_minutes` above 0 makes it an
    office-hours meeting.
    """

    start: int
    end: int
    day: date
    week: Week
    month: Month
    office_minutes: int

    @property
    def duration(self) -> int:
        """Elapsed minutes, clock changes or not."""
        return self.end - self.start


def slot_time(span: Span, clock: LocalClock, office_hours: OfficeHours) -> SlotTime:
    """Put a slot on the local calendar."""
    start, end = minutes_of(span.start), minutes_of(span.end)
    first, last = clock.local(span.start).date(), clock.local(span.end).date()
    office = sum(
        max(0, min(end, closes) - max(start, opens))
        for opens, closes in _office_spans(first, last, clock, office_hours)
    )
    iso = first.isocalendar()
    return SlotTime(start, end, first, (iso.year, iso.week), (first.year, first.month), office)


def _office_spans(
    first: date, last: date, clock: LocalClock, office_hours: OfficeHours
) -> Iterator[tuple[int, int]]:
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        if day.isoweekday() in office_hours.weekdays and day not in office_hours.closed_days:
            yield (
                clock.minutes_at(day, office_hours.start),
                clock.minutes_at(day, office_hours.end),
            )
