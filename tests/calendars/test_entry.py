from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from calendars.entry import Entry, Standing
from calendars.errors import BadEntry

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
USUAL = Entry(
    uid="5f0c3a52-0000-4000-8000-000000000001@example.org",
    revision=1,
    revised_at=datetime(2026, 11, 2, 8, 30, tzinfo=UTC),
    starts_at=datetime(2027, 6, 1, 12, tzinfo=UTC),
    ends_at=datetime(2027, 6, 1, 14, tzinfo=UTC),
    title="Prestatieafspraken",
)


def test_a_cancelled_meeting_never_takes_time() -> None:
    assert replace(USUAL, standing=Standing.CONFIRMED).takes_time
    assert not replace(USUAL, standing=Standing.CANCELLED).takes_time
    assert not replace(USUAL, blocks=False).takes_time


def test_a_meeting_may_lie_within_the_hour_that_comes_twice() -> None:
    first_pass = datetime(2026, 10, 25, 2, 45, tzinfo=AMSTERDAM)
    second_pass = datetime(2026, 10, 25, 2, 15, fold=1, tzinfo=AMSTERDAM)

    assert replace(USUAL, starts_at=first_pass, ends_at=second_pass)


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
def test_an_entry_that_no_calendar_can_show_is_refused(fault: dict[str, Any]) -> None:
    with pytest.raises(BadEntry):
        replace(USUAL, **fault)


def test_an_entry_of_one_second_is_none_too_short() -> None:
    assert replace(USUAL, ends_at=USUAL.starts_at + timedelta(seconds=1))
