"""Small calendars, written as others write them."""

from collections.abc import Callable
from datetime import date

import pytest

from calendars.municipal import Asked

ASKED = Asked(first_day=date(2027, 1, 1), last_day=date(2027, 12, 31))


@pytest.fixture(scope="session")
def asked() -> Asked:
    return ASKED


@pytest.fixture(scope="session")
def calendar() -> Callable[..., bytes]:
    """`calendar("UID:a\\nDTSTART:…")` is an .ics document with these events."""

    def make(*events: str, head: str = "") -> bytes:
        blocks = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
        text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//\n{head}{blocks}END:VCALENDAR\n"
        return text.replace("\n", "\r\n").encode()

    return make
