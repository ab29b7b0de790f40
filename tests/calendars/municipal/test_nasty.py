"""Calendars as they really come: each with just what is made of it."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from calendars.bounded import LimitReached, Limits
from calendars.municipal import (
    Asked,
    EntryFault,
    Found,
    NotReadable,
    Proposal,
    Reason,
    What,
    read_municipal,
)
from calendars.municipal.child import read_either

Make = Callable[..., bytes]
RAAD = "UID:a\nSUMMARY:Raad\nDTSTART;TZID=Europe/Amsterdam:20270304T200000"
ENDS = "\nDTEND;TZID=Europe/Amsterdam:20270304T220000"
START, END = datetime(2027, 3, 4, 19, tzinfo=UTC), datetime(2027, 3, 4, 21, tzinfo=UTC)
WEEKLY = f"{RAAD}{ENDS}\nRRULE:FREQ=WEEKLY;COUNT=3"

MOVED = (
    "UID:a\nSUMMARY:Raad\nRECURRENCE-ID;TZID=Europe/Amsterdam:20270311T200000\n"
    "DTSTART;TZID=Europe/Amsterdam:20270312T190000\nDTEND;TZID=Europe/Amsterdam:20270312T210000"
)


def when(found: Found) -> list[tuple[str, str, str | None, str | None]]:
    """Each proposal's key, day, start and end, on the UTC clock."""
    return [
        (
            each.key,
            f"{each.day:%m-%d}",
            each.starts_at and f"{each.starts_at:%H:%M}",
            each.ends_at and f"{each.ends_at:%H:%M}",
        )
        for each in found.proposals
    ]


def told(found: Found) -> list[tuple[str, str]]:
    return [(fault.entry, fault.what) for fault in found.faults]


ONE = [("a", "03-04", "19:00", "21:00")]
OPEN = [("a", "03-04", "19:00", None)]
CASES: dict[str, tuple[tuple[str, ...], list[object], list[tuple[str, str]]]] = {
    "a plain meeting": ((RAAD + ENDS,), ONE, []),
    "no end": ((RAAD,), OPEN, []),
    "an end equal to the start": (
        (f"{RAAD}\nDTEND;TZID=Europe/Amsterdam:20270304T200000",),
        OPEN,
        [],
    ),
    "a length instead of an end": ((f"{RAAD}\nDURATION:PT2H",), ONE, []),
    "an end before the start": (
        (f"{RAAD}\nDTEND;TZID=Europe/Amsterdam:20270304T190000",),
        OPEN,
        [("Raad", "bad_end")],
    ),
    "an end that is no time": ((f"{RAAD}\nDTEND:straks",), OPEN, [("Raad", "bad_end")]),
    "a whole day": (
        ("UID:a\nSUMMARY:Raad\nDTSTART;VALUE=DATE:20270304",),
        [("a", "03-04", None, None)],
        [],
    ),
    "a week off": (
        ("UID:a\nSUMMARY:Reces\nDTSTART;VALUE=DATE:20270304\nDTEND;VALUE=DATE:20270312",),
        [],
        [("Reces", "many_days")],
    ),
    "two days on end": (
        (f"{RAAD}\nDTEND;TZID=Europe/Amsterdam:20270306T200000",),
        [],
        [("Raad", "many_days")],
    ),
    "a time without a zone": (("UID:a\nSUMMARY:Raad\nDTSTART:20270304T200000",), OPEN, []),
    "a time in UTC": (("UID:a\nSUMMARY:Raad\nDTSTART:20270304T190000Z",), OPEN, []),
    "a zone by its Windows name": (
        ("UID:a\nSUMMARY:Raad\nDTSTART;TZID=W. Europe Standard Time:20270304T200000",),
        OPEN,
        [],
    ),
    "a zone that nobody knows": (
        ("UID:a\nSUMMARY:Raad\nDTSTART;TZID=Nergens/Land:20270304T200000",),
        OPEN,
        [("Raad", "unknown_zone")],
    ),
    "no title": (
        ("UID:a\nDTSTART;TZID=Europe/Amsterdam:20270304T200000",),
        OPEN,
        [("a", "no_title")],
    ),
    "no start": (("UID:a\nSUMMARY:Raad",), [], [("Raad", "no_start")]),
    "a start that is no date": (
        ("UID:a\nSUMMARY:Raad\nDTSTART:2027-13-45",),
        [],
        [("Raad", "bad_start")],
    ),
    "a series with one left out": (
        (f"{WEEKLY}\nEXDATE;TZID=Europe/Amsterdam:20270311T200000",),
        [
            ("a#20270304T190000Z", "03-04", "19:00", "21:00"),
            ("a#20270318T190000Z", "03-18", "19:00", "21:00"),
        ],
        [],
    ),
    "a series with one moved": (
        (
            WEEKLY,
            MOVED,
        ),
        [
            ("a#20270304T190000Z", "03-04", "19:00", "21:00"),
            ("a#20270311T190000Z", "03-12", "18:00", "20:00"),
            ("a#20270318T190000Z", "03-18", "19:00", "21:00"),
        ],
        [],
    ),
    "a series without an end time": (
        (f"{RAAD}\nRRULE:FREQ=WEEKLY;COUNT=2",),
        [
            ("a#20270304T190000Z", "03-04", "19:00", None),
            ("a#20270311T190000Z", "03-11", "19:00", None),
        ],
        [],
    ),
    "a series over the change of the clocks": (
        (f"{RAAD}{ENDS}\nRRULE:FREQ=WEEKLY;COUNT=2;INTERVAL=4",),
        [
            ("a#20270304T190000Z", "03-04", "19:00", "21:00"),
            ("a#20270401T180000Z", "04-01", "18:00", "20:00"),
        ],
        [],
    ),
    "a series without sense": (
        (f"{RAAD}\nRRULE:FREQ=NOOIT",),
        [],
        [("Raad", "bad_series")],
    ),
    "a series by the minute": (
        (f"{RAAD}\nRRULE:FREQ=MINUTELY",),
        [],
        [("Raad", "too_often")],
    ),
    "a series from long ago": (
        ("UID:a\nSUMMARY:Raad\nDTSTART:00010101T000000Z\nRRULE:FREQ=DAILY",),
        [],
        [("Raad", "bad_series")],
    ),
    "a series of a day that never comes": (
        (
            "UID:a\nSUMMARY:Raad\nDTSTART:19700218T200000Z\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        ),
        [],
        [("Raad", "too_slow")],
    ),
    "the same twice, the second revised": (
        (f"{RAAD}\nSEQUENCE:0", f"{RAAD.replace('T20', 'T21')}\nSEQUENCE:2"),
        [("a", "03-04", "20:00", None)],
        [("Raad", "doubled")],
    ),
    "a bad one beside a good one": (
        (RAAD + ENDS, "UID:b\nSUMMARY:Stuk\nDTSTART:ooit"),
        ONE,
        [("Stuk", "bad_start")],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_each_is_read_or_named(case: str, calendar: Make, asked: Asked) -> None:
    events, proposals, faults = CASES[case]
    found = read_either(calendar(*events), asked)
    assert (when(found), told(found)) == (proposals, faults)


def test_what_stands_around_a_meeting_comes_along(calendar: Make, asked: Asked) -> None:
    event = (
        f"{RAAD}{ENDS}\nLOCATION:Raadszaal\\, Markt 1\nDESCRIPTION:Eerst dit\\nen dan dat\n"
        "URL:https://raad.example/1\nATTACH:https://raad.example/stuk.pdf\nSTATUS:CANCELLED"
    )
    found = read_either(calendar(event, head="X-WR-CALNAME:Raadsagenda\n"), asked)
    assert found.name == "Raadsagenda"
    assert found.proposals == (
        Proposal(
            key="a",
            title="Raad",
            day=date(2027, 3, 4),
            starts_at=START,
            ends_at=END,
            place="Raadszaal, Markt 1",
            text="Eerst dit\nen dan dat",
            url="https://raad.example/1",
            papers=("https://raad.example/stuk.pdf",),
            called_off=True,
        ),
    )


def test_a_link_that_is_none_of_the_webs_is_dropped(calendar: Make, asked: Asked) -> None:
    (found,) = read_either(calendar(f"{RAAD}\nURL:javascript:alert(1)"), asked).proposals
    assert found.url == ""


def test_without_a_uid_title_and_time_make_the_key(calendar: Make, asked: Asked) -> None:
    document = calendar("SUMMARY:Raad\nDTSTART:20270304T190000Z")
    first, again = (read_either(document, asked) for _ in range(2))
    assert first == again
    assert told(first) == [("Raad", "no_uid")]
    assert first.proposals[0].key.startswith("nameless-")


def test_a_series_is_cut_to_the_asked_days(calendar: Make, asked: Asked) -> None:
    found = read_either(calendar(f"{RAAD}\nRRULE:FREQ=WEEKLY"), asked)
    assert found.proposals[0].day == date(2027, 3, 4)
    assert found.proposals[-1].day == date(2027, 12, 30)


def test_days_outside_are_counted(calendar: Make, asked: Asked) -> None:
    found = read_either(calendar(RAAD.replace("2027", "2026")), asked)
    assert (found.proposals, found.outside) == ((), 1)


def test_what_was_left_out_is_still_there(calendar: Make, asked: Asked) -> None:
    found = read_either(calendar("UID:b\nSUMMARY:Stuk\nDTSTART:ooit"), asked)
    assert found.unread == {"b"}
    assert found.whole


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (b"   \r\n ", Reason.EMPTY),
        (b"<html>Inloggen</html>", Reason.NOT_A_CALENDAR),
        (b"\x00\xff\x80\x81", Reason.NOT_A_CALENDAR),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Ra", Reason.CUT_OFF),
        (b"BEGIN:VCALENDAR\r\nEND:VEVENT\r\n", Reason.CUT_OFF),
        (b'{"results": [{"id": "1", "na', Reason.CUT_OFF),
        (b'{"results": 7}', Reason.NOT_A_CALENDAR),
        (b'{"fout": "geen toegang"}', Reason.NOT_A_CALENDAR),
        (b"[" * 100_000, Reason.NOT_A_CALENDAR),
        (b"[" + b"1," * 5_000 + b"1]", Reason.TOO_MANY),
    ],
)
def test_what_is_no_calendar_is_refused_by_name(
    document: bytes, reason: Reason, asked: Asked
) -> None:
    with pytest.raises(NotReadable) as refused:
        read_municipal(document, asked)
    assert refused.value.reason is reason


def test_too_many_entries_are_refused(calendar: Make, asked: Asked) -> None:
    with pytest.raises(NotReadable) as refused:
        read_either(calendar(*["UID:a"] * 5_001), asked)
    assert refused.value.reason is Reason.TOO_MANY


def test_an_old_office_encoding_is_read_and_told(calendar: Make, asked: Asked) -> None:
    document = calendar(RAAD.replace("Raad", "Financi\xebn")).decode().encode("cp1252")
    found = read_either(document, asked)
    assert found.proposals[0].title == "Financi\xebn"
    assert found.faults == (EntryFault(entry="", what=What.NOT_UTF8),)


def test_the_same_comes_through_the_child(calendar: Make, asked: Asked) -> None:
    document = calendar(WEEKLY, "UID:b\nSUMMARY:Stuk\nDTSTART:ooit")
    assert read_municipal(document, asked) == read_either(document, asked)


def test_a_document_beyond_the_limit_is_refused(asked: Asked) -> None:
    with pytest.raises(LimitReached) as refused:
        read_municipal(b"x" * (1024 * 1024 + 1), asked, Limits(input_megabytes=1))
    assert refused.value.limit == "input_megabytes"


ENTRY = {
    "id": "0114-1",
    "naam": "Raadsvergadering",
    "geplandeAanvangVergadering": "2027-03-04T20:00:00+01:00",
    "geplandeEindeVergadering": "2027-03-04T21:00:00:000Z",
    "locatie": "Raadszaal",
    "webpaginaLink": "https://raad.example/1",
    "organisatie": {"gemeente": "gm0114"},
    "status": "gepland",
}


def ori(*entries: object, **rest: object) -> bytes:
    return json.dumps({"results": entries, **rest}).encode()


ORI_CASES: dict[str, tuple[object, list[object], list[tuple[str, str]]]] = {
    "a plain meeting": (ENTRY, [("0114-1", "03-04", "19:00", "21:00")], []),
    "only a date": (
        {"id": "1", "naam": "Raad", "geplandeVergaderdatum": "2027-03-04"},
        [("1", "03-04", None, None)],
        [],
    ),
    "no date": ({"id": "1", "naam": "Raad"}, [], [("Raad", "no_start")]),
    "a start that is none": (
        {"id": "1", "naam": "Raad", "geplandeAanvangVergadering": "ooit"},
        [],
        [("Raad", "bad_start")],
    ),
    "an end that is none": (
        ENTRY | {"geplandeEindeVergadering": "ooit"},
        [("0114-1", "03-04", "19:00", None)],
        [("Raadsvergadering", "bad_end")],
    ),
    "an end before the start": (
        ENTRY | {"geplandeEindeVergadering": "2027-03-04T18:00:00Z"},
        [("0114-1", "03-04", "19:00", None)],
        [("Raadsvergadering", "bad_end")],
    ),
    "no name": (
        {"id": "1", "geplandeVergaderdatum": "2027-03-04"},
        [("1", "03-04", None, None)],
        [("1", "no_title")],
    ),
    "no object": (7, [], [("#1", "broken")]),
    "numbers for texts": (
        {"id": 1, "naam": 2},
        [],
        [("#1", "no_uid"), ("nameless--", "no_title"), ("nameless--", "no_start")],
    ),
}


@pytest.mark.parametrize("case", ORI_CASES)
def test_each_of_mini_ori_is_read_or_named(case: str, asked: Asked) -> None:
    entry, proposals, faults = ORI_CASES[case]
    found = read_either(ori(entry), asked)
    assert (when(found), told(found)) == (proposals, faults)


@pytest.mark.parametrize("off", [{"status": "geannuleerd"}, {"wijziging": "Verwijdering"}])
def test_mini_ori_says_what_is_off(off: dict[str, str], asked: Asked) -> None:
    (found,) = read_either(ori(ENTRY | off), asked).proposals
    assert found.called_off


def test_mini_ori_says_whose_it_is_and_where_it_goes_on(asked: Asked) -> None:
    found = read_either(ori(ENTRY, next="/vergaderingen?page=2"), asked)
    assert (found.owner, found.next_page) == ("GM0114", "/vergaderingen?page=2")


def test_mini_ori_of_two_owners_is_nobodys(asked: Asked) -> None:
    other = ENTRY | {"id": "2", "organisatie": {"gemeente": "gm0106"}}
    assert read_either(ori(ENTRY, other), asked).owner == ""
