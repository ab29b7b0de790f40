"""How long feeds take, as ratios to work of the same kind that machines differ in equally."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import icalendar

from calendars.entry import Entry
from calendars.ical import fragment, join_feed

EVENTS = 5000
MOST_TIMES_BARE_ICALENDAR = 1.6
MOST_JOIN_PER_RENDER = 0.01

START = datetime(2027, 1, 4, 9, tzinfo=UTC)


def _entry(number: int) -> Entry:
    starts_at = START + timedelta(hours=3 * number)
    return Entry(
        uid=f"{number}@example.org",
        revision=1,
        revised_at=START,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        title=f"Prestatieafspraken {number}",
        description="Namens: De Deel, Het Anker\nVoorbereiding: 2 uur",
        location="Gemeentehuis, zaal 2",
        url=f"https://example.org/overleggen/{number}",
    )


def _bare(entry: Entry) -> bytes:
    event = icalendar.Event()
    event.add("UID", entry.uid)
    event.add("DTSTAMP", entry.revised_at)
    event.add("LAST-MODIFIED", entry.revised_at)
    event.add("SEQUENCE", entry.revision)
    event.add("DTSTART", entry.starts_at)
    event.add("DTEND", entry.ends_at)
    event.add("SUMMARY", entry.title)
    event.add("DESCRIPTION", entry.description)
    event.add("LOCATION", entry.location)
    event.add("URL", entry.url)
    event.add("STATUS", "CONFIRMED")
    event.add("TRANSP", "OPAQUE")
    return event.to_ical()


def _seconds(work: Callable[[], object]) -> float:
    """The best of three: what else the machine does only ever adds."""
    took = []
    for _ in range(3):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return min(took)


def test_a_fragment_costs_little_more_than_icalendar_itself() -> None:
    entries = [_entry(number) for number in range(200)]

    ours = _seconds(lambda: [fragment(entry) for entry in entries])
    bare = _seconds(lambda: [_bare(entry) for entry in entries])

    print(f"\nfragment {ours / 200 * 1000:.3f} ms, bare icalendar {bare / 200 * 1000:.3f} ms")
    assert ours / bare < MOST_TIMES_BARE_ICALENDAR


def test_joining_a_feed_costs_next_to_nothing_beside_rendering_it() -> None:
    sample = [fragment(_entry(number)) for number in range(200)]
    fragments = sample * (EVENTS // len(sample))

    def join() -> bytes:
        return join_feed(
            name="x", url="", refresh=timedelta(hours=1), description="", fragments=fragments
        )

    joining = _seconds(join)
    rendering = _seconds(lambda: fragment(_entry(1))) * EVENTS

    print(f"\njoin of {EVENTS} {joining * 1000:.2f} ms, rendering them {rendering * 1000:.0f} ms")
    assert joining / rendering < MOST_JOIN_PER_RENDER
