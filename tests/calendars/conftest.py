"""What the tests of calendars share."""

from collections.abc import Callable

import pytest


@pytest.fixture(scope="session")
def ics() -> Callable[..., bytes]:
    """A calendar document around the lines of its components, as bytes with CRLF."""

    def document(*lines: str) -> bytes:
        whole = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example//test//EN", *lines]
        return "\r\n".join([*whole, "END:VCALENDAR", ""]).encode()

    return document


@pytest.fixture(scope="session")
def event_ics(ics: Callable[..., bytes]) -> Callable[..., bytes]:
    """A calendar document with one event of the given lines."""
    return lambda *lines: ics("BEGIN:VEVENT", "UID:one@example.org", *lines, "END:VEVENT")
