from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from calendars.entry import Standing
from calendars.errors import BadEntry

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def test_a_cancelled_meeting_never_takes_time(make_entry):
    assert make_entry(standing=Standing.CONFIRMED).takes_time
    assert not make_entry(standing=Standing.CANCELLED).takes_time
    assert not make_entry(blocks=False).takes_time


def test_a_meeting_may_lie_within_the_hour_that_comes_twice(make_entry):
    first_pass = datetime(2026, 10, 25, 2, 45, tzinfo=AMSTERDAM)
    second_pass = datetime(2026, 10, 25, 2, 15, fold=1, tzinfo=AMSTERDAM)

    assert make_entry(starts_at=first_pass, ends_at=second_pass)


@pytest.mark.parametrize(
    "fault",
    [
        {"uid": " "},
        {"revision": -1},
        {"revised_at": datetime(2026, 1, 1)},  # noqa: DTZ001  # without a zone on purpose
        {"starts_at": datetime(2027, 6, 1, 12)},  # noqa: DTZ001
        {"ends_at": datetime(2027, 6, 1, 12, tzinfo=ZoneInfo("UTC"))},
    ],
)
def test_an_entry_that_no_calendar_can_show_is_refused(make_entry, fault):
    with pytest.raises(BadEntry):
        make_entry(1, **fault)


def test_an_entry_of_one_second_is_none_too_short(make_entry):
    usual = make_entry()

    assert make_entry(ends_at=usual.starts_at + timedelta(seconds=1))
