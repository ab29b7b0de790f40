from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calendars.entry import Entry
from calendars.errors import BadCalendar
from calendars.ical import read, resource

EVENT = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Elders//NL
BEGIN:VEVENT
UID:x1
DTSTAMP:20260102T030405Z
DTSTART:20260601T120000Z
DTEND:20260601T130000Z
END:VEVENT
END:VCALENDAR
"""
DAY = EVENT.replace("DTSTART:20260601T120000Z", "DTSTART;VALUE=DATE:20260601")


def _read_one(text: str) -> Entry:
    (entry,) = read(text.replace("\n", "\r\n").encode())
    return entry


def test_somebody_elses_plain_event_can_be_read() -> None:
    entry = _read_one(EVENT)

    assert entry.uid == "x1"
    assert entry.revision == 0
    assert entry.revised_at == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert entry.ends_at - entry.starts_at == timedelta(hours=1)
    assert entry.blocks


def test_a_time_without_zone_is_a_dutch_one() -> None:
    entry = _read_one(EVENT.replace("120000Z", "120000"))

    assert entry.starts_at == datetime(2026, 6, 1, 10, tzinfo=UTC)


def test_a_day_without_end_lasts_that_day() -> None:
    entry = _read_one(DAY.replace("DTEND:20260601T130000Z\n", ""))

    assert entry.starts_at == datetime(2026, 5, 31, 22, tzinfo=UTC)
    assert entry.ends_at == datetime(2026, 6, 1, 22, tzinfo=UTC)


def test_a_length_counts_real_hours_over_a_change_of_clocks() -> None:
    entry = _read_one(
        EVENT.replace(
            "DTSTART:20260601T120000Z", "DTSTART;TZID=Europe/Amsterdam:20260329T010000"
        ).replace("DTEND:20260601T130000Z", "DURATION:PT3H")
    )

    assert entry.ends_at - entry.starts_at == timedelta(hours=3)


def test_of_several_attendees_the_first_is_kept() -> None:
    two = "ATTENDEE;CN=A:mailto:a@example.org\nATTENDEE:mailto:b@example.org\nEND:VEVENT"
    entry = _read_one(EVENT.replace("END:VEVENT", two))

    assert entry.attendee.address == "mailto:a@example.org"
    assert entry.attendee.name == "A"


def test_categories_of_several_lines_are_taken_together() -> None:
    entry = _read_one(EVENT.replace("END:VEVENT", "CATEGORIES:a,b\nCATEGORIES:c\nEND:VEVENT"))

    assert entry.categories == ("a", "b", "c")


def test_a_reminder_is_kept_only_where_it_counts_back_from_the_start() -> None:
    alarm = "BEGIN:VALARM\nACTION:DISPLAY\nDESCRIPTION:x\nTRIGGER{}\nEND:VALARM\n"
    several = alarm.format(":-PT15M") + alarm.format(";VALUE=DATE-TIME:20260601T110000Z")
    entry = _read_one(EVENT.replace("END:VEVENT", several + "END:VEVENT"))

    assert entry.alarms == (timedelta(minutes=15),)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("UID:x1\n", "", "UID is missing"),
        ("DTSTAMP:20260102T030405Z\n", "", "DTSTAMP is missing"),
        ("DTSTART:20260601T120000Z\n", "", "DTSTART is missing"),
        ("DTEND:20260601T130000Z\n", "", "no end"),
        ("UID:x1\n", "UID:x1\nUID:x2\n", "more than once"),
        ("END:VEVENT", "RRULE:FREQ=DAILY\nEND:VEVENT", "series"),
        ("DTEND:20260601T130000Z", "DTEND:20260601T110000Z", "ends after it starts"),
        ("DTSTART:20260601T120000Z", "DTSTART:soon", "nobody can read"),
        ("END:VEVENT", "STATUS:PERHAPS\nEND:VEVENT", "nobody can read"),
        ("END:VEVENT", "SEQUENCE:x\nEND:VEVENT", "nobody can read"),
        ("VCALENDAR", "VTODO", "Expected VCALENDAR"),
        (EVENT, "", "isn't a calendar"),
        (EVENT, EVENT + EVENT, "isn't a calendar"),
        (EVENT, "hello", "isn't a calendar"),
    ],
)
def test_what_is_no_plain_event_is_refused_with_the_reason(
    old: str, new: str, complaint: str
) -> None:
    with pytest.raises(BadCalendar, match=complaint):
        read(EVENT.replace(old, new).replace("\n", "\r\n").encode())


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 400), st.integers(0, 30))
def test_damaged_bytes_are_read_or_refused_and_nothing_else(
    damage: bytes, place: int, length: int
) -> None:
    whole = EVENT.replace("\n", "\r\n").encode()
    damaged = whole[:place] + damage + whole[place + length :]

    try:
        entries = read(damaged)
    except BadCalendar:
        return
    assert all(read(resource(entry)) for entry in entries)
