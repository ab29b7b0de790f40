"""What is written is what is read, whatever people type and whenever they meet."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given, settings
from hypothesis import strategies as st

from calendars.entry import Entry, Feed, Party, Standing
from calendars.ical import fragment, read, render_feed, resource
from calendars.ical.text import lines, one_line, uri

SHORT = timedelta(seconds=1)
DST_CHANGES = [
    datetime(year, month, day, 1, tzinfo=UTC)
    for year, month, day in [
        (2026, 3, 29),
        (2026, 10, 25),
        (2027, 3, 28),
        (2027, 10, 31),
        (2028, 3, 26),
        (2028, 10, 29),
    ]
]

words = st.text(max_size=200).map(lines)
some_words = words.filter(bool)
names = st.text(max_size=80).map(one_line)
addresses = st.text(min_size=1, max_size=90).map(uri)
web_addresses = addresses.filter(bool).map("https://example.org/{}".format)
party_names = names.map(lambda name: name.replace("\\", "/"))
parties = st.builds(Party, address=addresses.map("mailto:{}".format), name=party_names)
anywhen = st.datetimes(datetime(1997, 1, 1), datetime(2200, 1, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
)
near_a_change = st.builds(
    lambda change, minutes: change + timedelta(minutes=minutes),
    st.sampled_from(DST_CHANGES),
    st.integers(-200, 200),
)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """Any entry whose texts need no tidying."""
    standing = draw(st.sampled_from(Standing))
    cancelled = standing is Standing.CANCELLED
    all_day = draw(st.booleans())
    starts_at, ends_at = draw(whole_days if all_day else spans)
    return Entry(
        uid=draw(names.filter(str.strip)),
        revision=draw(st.integers(0, 2**31 - 1)),
        revised_at=draw(anywhen),
        starts_at=starts_at,
        ends_at=ends_at,
        title=draw(words),
        description=draw(words),
        location=draw(st.none() | some_words),
        url=draw(st.none() | web_addresses),
        conference_url=draw(st.none() | web_addresses),
        categories=tuple(draw(st.lists(names, max_size=4))),
        standing=standing,
        blocks=draw(st.booleans()) and not cancelled,
        alarms=() if cancelled else tuple(draw(st.lists(alarms, max_size=3))),
        organiser=draw(st.none() | parties),
        attendee=draw(st.none() | parties),
        all_day=all_day,
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo("Europe/Amsterdam")).astimezone(UTC)


def _whole_seconds(length: timedelta) -> timedelta:
    return timedelta(days=length.days, seconds=length.seconds)


spans = st.builds(
    lambda start, length: (start, start + _whole_seconds(length)),
    anywhen | near_a_change,
    st.timedeltas(SHORT, timedelta(days=9)),
)
whole_days = st.builds(
    lambda day, days: (_midnight(day), _midnight(day + timedelta(days=days))),
    st.dates(date(1997, 1, 1), date(2200, 1, 1)) | st.sampled_from([d.date() for d in DST_CHANGES]),
    st.integers(1, 9),
)
alarms = st.timedeltas(timedelta(), timedelta(days=20)).map(_whole_seconds)


@settings(max_examples=60, deadline=None)
@given(entries())
def test_an_entry_comes_back_as_it_was(entry: Entry) -> None:
    assert read(resource(entry)) == (entry,)


@settings(max_examples=60, deadline=None)
@given(st.lists(entries(), max_size=5))
def test_a_feed_gives_every_entry_back_in_order_of_time(several: list[Entry]) -> None:
    feed = Feed(name="Rooster", url="", refresh=timedelta(hours=1), entries=tuple(several))

    found = read(render_feed(feed))

    assert sorted(found, key=repr) == sorted(several, key=repr)
    assert [entry.starts_at for entry in found] == sorted(entry.starts_at for entry in several)


@settings(max_examples=60, deadline=None)
@given(entries())
def test_the_same_entry_gives_the_same_bytes(entry: Entry) -> None:
    assert fragment(entry) == fragment(entry)
    assert fragment(read(resource(entry))[0]) == fragment(entry)


@settings(max_examples=60, deadline=None)
@given(entries())
def test_no_line_is_longer_than_75_octets_or_ends_in_anything_but_crlf(entry: Entry) -> None:
    *all_lines, last = resource(entry).split(b"\r\n")

    assert last == b""
    assert all(len(line) <= 75 for line in all_lines)
    assert not any(set(line) & set(b"\r\n\v\f\0") for line in all_lines)


@settings(max_examples=60, deadline=None)
@given(st.text(), st.text(), st.text())
@example("a\r\nATTENDEE:mailto:evil@example.org", "b\nEND:VEVENT", "c\x85d\u2028e\rf\0g\ud800")
@example("\r\n ", "\\N\\n", ",;:\"^'")
def test_nothing_that_people_type_makes_another_line(title: str, place: str, name: str) -> None:
    entry = Entry(
        uid=f"u{title}",
        revision=1,
        revised_at=DST_CHANGES[0],
        starts_at=DST_CHANGES[0],
        ends_at=DST_CHANGES[0] + SHORT,
        title=title,
        location=place,
        url=f"https://example.org/{place}",
        categories=(name,),
        organiser=Party(address=f"mailto:{name}", name=name),
    )

    starts = [line.split(b":")[0].split(b";")[0] for line in _unfolded(fragment(entry))]

    assert set(starts) <= {
        *(b"BEGIN", b"UID", b"DTSTAMP", b"LAST-MODIFIED", b"SEQUENCE", b"DTSTART", b"DTEND"),
        *(b"SUMMARY", b"LOCATION", b"CATEGORIES", b"URL", b"STATUS", b"TRANSP", b"ORGANIZER"),
        *(b"END", b""),
    }
    assert len(starts) == len(set(starts))


def _unfolded(data: bytes) -> list[bytes]:
    return data.replace(b"\r\n ", b"").split(b"\r\n")
