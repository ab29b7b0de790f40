from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from calendars.entry import Entry, Feed, Party, Standing
from calendars.errors import UnknownZone
from calendars.ical import fragment, join_feed, read, render_feed, resource

CORPUS = Path(__file__).parents[1] / "corpus"

PLAIN = Entry(
    uid="0b5e3d6a-7c1f-4f2a-9a55-1f6f0a3f9d01@example.org",
    revision=2,
    revised_at=datetime(2026, 11, 2, 8, 30, 15, 250_000, tzinfo=UTC),
    starts_at=datetime(2027, 1, 12, 9, tzinfo=UTC),
    ends_at=datetime(2027, 1, 12, 11, tzinfo=UTC),
    title="Prestatieafspraken Emmen; eerste ronde, met één agenda",
    description="Namens: De Deel, Het Anker\nVoorbereiding: 2 uur\n\nMap: C:\\Nota's",
    location="Gemeentehuis Emmen, Raadhuisplein 1",
    url="https://example.org/overleggen/o-1?taal=nl,en;x=%2C",
    categories=("Prestatieafspraken", "Emmen, centrum"),
    alarms=(timedelta(days=1), timedelta(minutes=30)),
)
ONLINE = replace(
    PLAIN,
    uid="0b5e3d6a-7c1f-4f2a-9a55-1f6f0a3f9d02@example.org",
    starts_at=datetime(2027, 7, 6, 12, 30, tzinfo=UTC),
    ends_at=datetime(2027, 7, 6, 14, tzinfo=UTC),
    title="Woondeal Drenthe 🏡 " + "ë" * 60,
    description="",
    location=None,
    conference_url="https://meet.example.org/woondeal",
    standing=Standing.TENTATIVE,
    blocks=False,
    alarms=(),
    organiser=Party(address="mailto:agenda@example.org", name='Gemeente "Emmen"; bureau'),
    attendee=Party(address="mailto:r1@example.org"),
)
CANCELLED = replace(
    PLAIN,
    uid="0b5e3d6a-7c1f-4f2a-9a55-1f6f0a3f9d03@example.org",
    revision=5,
    starts_at=datetime(2027, 10, 31, 0, 30, tzinfo=UTC),
    ends_at=datetime(2027, 10, 31, 3, tzinfo=UTC),
    standing=Standing.CANCELLED,
)
FEED = Feed(
    name="Overleggen van afgevaardigde 1",
    url="https://example.org/feeds/x/overleggen.ics",
    refresh=timedelta(minutes=90),
    entries=(CANCELLED, ONLINE, PLAIN),
    description="Alles waar u bij bent; ook wat is afgezegd.",
)


@pytest.mark.parametrize(
    ("name", "content"),
    [("feed.ics", render_feed(FEED)), ("resource.ics", resource(PLAIN))],
)
def test_the_bytes_are_those_of_the_corpus(name: str, content: bytes) -> None:
    assert content == (CORPUS / name).read_bytes()


def test_a_feed_is_the_same_however_its_entries_were_ordered() -> None:
    assert render_feed(replace(FEED, entries=FEED.entries[::-1])) == render_feed(FEED)


def test_a_feed_can_be_joined_from_kept_fragments() -> None:
    joined = join_feed(
        name=FEED.name,
        url=FEED.url,
        refresh=FEED.refresh,
        description=FEED.description,
        fragments=[fragment(PLAIN), fragment(ONLINE), fragment(CANCELLED)],
    )

    assert joined == render_feed(FEED)


def test_an_empty_feed_is_one_calendar_all_the_same() -> None:
    empty = render_feed(replace(FEED, entries=()))

    assert empty.count(b"BEGIN:VCALENDAR") == 1
    assert read(empty) == ()


def test_a_resource_carries_no_method_but_a_feed_does() -> None:
    assert b"\r\nMETHOD:PUBLISH\r\n" in render_feed(FEED)
    assert b"METHOD" not in resource(PLAIN)


def test_how_often_to_look_is_said_in_both_ways() -> None:
    content = render_feed(FEED)

    assert b"\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H30M\r\n" in content
    assert b"\r\nX-PUBLISHED-TTL:PT1H30M\r\n" in content


def test_a_secret_address_can_be_left_out() -> None:
    assert b"SOURCE" in render_feed(FEED)
    assert b"SOURCE" not in render_feed(replace(FEED, url=""))


def test_nothing_in_a_feeds_name_makes_another_line() -> None:
    content = render_feed(replace(FEED, name="a\r\nX-EVIL:1", url="https://x\r\nX-EVIL:1"))

    assert b"\r\nX-EVIL" not in content


def test_a_cancelled_meeting_is_struck_frees_the_time_and_rings_no_bell() -> None:
    content = fragment(CANCELLED)

    assert b"\r\nSTATUS:CANCELLED\r\nTRANSP:TRANSPARENT\r\n" in content
    assert b"\r\nSUMMARY:GEANNULEERD: Prestatieafspraken" in content
    assert b"VALARM" not in content
    assert b"BEGIN:VALARM" in fragment(PLAIN)


def test_people_are_named_only_where_they_were_given() -> None:
    assert b"ORGANIZER" not in fragment(PLAIN)
    assert b"ATTENDEE" not in fragment(PLAIN)
    assert b"RSVP=TRUE:mailto:r1@exa" in fragment(ONLINE).replace(b"\r\n ", b"")


def test_a_stamp_is_the_revisions_own_instant() -> None:
    content = fragment(PLAIN)

    assert b"\r\nDTSTAMP:20261102T083015Z\r\nLAST-MODIFIED:20261102T083015Z\r\n" in content
    assert b"\r\nSEQUENCE:2\r\n" in content


def test_an_entry_on_another_clock_is_refused() -> None:
    with pytest.raises(UnknownZone):
        fragment(replace(PLAIN, zone="Europe/Berlin"))
