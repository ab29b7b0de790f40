from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from icalendar import Timezone

from calendars.errors import UnknownZone
from calendars.zones import AMSTERDAM, RULES_SINCE, on_clock, vtimezone


def test_the_rules_say_what_the_zone_database_says_for_every_hour_around_each_change() -> None:
    ours = Timezone.from_ical(vtimezone(AMSTERDAM)).to_tz(lookup_tzid=False)
    official = ZoneInfo(AMSTERDAM)

    for year in range(1997, 2038):
        for month in (3, 10):
            week = datetime(year, month, 24, tzinfo=UTC)
            for instant in (week + timedelta(hours=hour) for hour in range(8 * 24)):
                assert _clock(instant, ours) == _clock(instant, official), instant


def _clock(instant: datetime, zone: tzinfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None)


def test_the_lines_of_the_rules_end_as_they_should() -> None:
    lines = vtimezone(AMSTERDAM).split(b"\r\n")

    assert lines[0] == b"BEGIN:VTIMEZONE"
    assert lines[-2:] == [b"END:VTIMEZONE", b""]
    assert not any(b"\n" in line for line in lines)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "UTC", "", "Custom/Ams"])
def test_another_zone_is_refused_by_name(zone: str) -> None:
    with pytest.raises(UnknownZone, match=r"Only Europe/Amsterdam"):
        vtimezone(zone)


def test_a_time_is_shown_on_the_dutch_clock() -> None:
    assert on_clock(datetime(2026, 6, 1, 12, tzinfo=UTC), AMSTERDAM).hour == 14
    assert on_clock(datetime(2026, 12, 1, 12, tzinfo=UTC), AMSTERDAM).hour == 13


def test_only_the_hour_that_comes_twice_stays_in_utc() -> None:
    change = datetime(2026, 10, 25, 1, tzinfo=UTC)
    zones = {
        minutes: on_clock(change + timedelta(minutes=minutes), AMSTERDAM).tzinfo
        for minutes in (-61, -60, 0, 59, 60)
    }

    assert zones == {
        -61: ZoneInfo(AMSTERDAM),
        -60: UTC,
        0: UTC,
        59: UTC,
        60: ZoneInfo(AMSTERDAM),
    }


def test_times_from_before_the_rules_are_refused() -> None:
    assert on_clock(RULES_SINCE, AMSTERDAM)
    with pytest.raises(UnknownZone, match="before the rules"):
        on_clock(RULES_SINCE - timedelta(seconds=1), AMSTERDAM)
