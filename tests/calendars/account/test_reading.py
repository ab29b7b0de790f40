"""What a program reads of an account, in the protocol's own words."""

from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import httpx2

from calendars.account import item_of
from calendars.entry import Entry, Standing
from calendars.ical import read

HOME = "/dav/r1/"
CALENDAR = "/dav/r1/overleggen/"
NAMES = {
    "D": "DAV:",
    "C": "urn:ietf:params:xml:ns:caldav",
    "CS": "http://calendarserver.org/ns/",
    "A": "http://apple.com/ns/ical/",
}
DECLARED = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in NAMES.items())


def _propfind(client: httpx2.Client, path: str, *names: str, depth: str = "0") -> Element:
    wanted = "".join(f"<{name}/>" for name in names)
    body = f"<D:propfind {DECLARED}><D:prop>{wanted}</D:prop></D:propfind>"
    answer = client.request("PROPFIND", path, content=body, headers={"Depth": depth})
    assert answer.status_code == 207, answer.text
    return fromstring(answer.text)


def _report(client: httpx2.Client, kind: str, body: str, path: str = CALENDAR) -> httpx2.Response:
    return client.request("REPORT", path, content=f"<{kind} {DECLARED}>{body}</{kind}>")


def _query(client: httpx2.Client, start: str, end: str) -> list[str]:
    answer = _report(
        client,
        "C:calendar-query",
        "<D:prop><C:calendar-data/></D:prop><C:filter><C:comp-filter name='VCALENDAR'>"
        f"<C:comp-filter name='VEVENT'><C:time-range start='{start}' end='{end}'/>"
        "</C:comp-filter></C:comp-filter></C:filter>",
    )
    assert answer.status_code == 207
    found = fromstring(answer.text).iterfind(".//C:calendar-data", NAMES)
    return [read(data.text.encode())[0].title for data in found]


def test_a_program_finds_its_calendar_from_the_bare_host_name(
    served: Any, client: httpx2.Client
) -> None:
    moved = client.request("PROPFIND", "/.well-known/caldav")
    assert (moved.status_code, moved.headers["location"]) == (301, "/dav/")

    root = _propfind(client, "/dav/", "D:current-user-principal")
    assert root.findtext(".//D:current-user-principal/D:href", None, NAMES) == HOME

    principal = _propfind(client, HOME, "C:calendar-home-set", "D:resourcetype")
    assert principal.findtext(".//C:calendar-home-set/D:href", None, NAMES) == HOME
    assert principal.find(".//D:resourcetype/D:principal", NAMES) is not None

    children = _propfind(client, HOME, "D:resourcetype", depth="1")
    calendars = [
        each.findtext("D:href", None, NAMES)
        for each in children.iterfind("D:response", NAMES)
        if each.find(".//C:calendar", NAMES) is not None
    ]
    assert calendars == [CALENDAR]


def test_the_root_shows_only_ones_own_home(client: httpx2.Client) -> None:
    root = _propfind(client, "/dav/", "D:resourcetype", depth="1")

    assert [each.text for each in root.iterfind(".//D:response/D:href", NAMES)] == ["/dav/", HOME]


def test_a_calendar_says_what_it_is_called_and_that_it_is_for_reading(
    client: httpx2.Client,
) -> None:
    found = _propfind(
        client,
        CALENDAR,
        *("D:displayname", "A:calendar-color", "C:supported-calendar-component-set"),
        *("D:current-user-privilege-set", "C:calendar-timezone"),
    )

    assert found.findtext(".//D:displayname", None, NAMES) == "Overleggen"
    assert found.findtext(".//A:calendar-color", None, NAMES) == "#2f6b4f"
    assert [each.get("name") for each in found.iterfind(".//C:comp", NAMES)] == ["VEVENT"]
    assert "Europe/Amsterdam" in found.findtext(".//C:calendar-timezone", "", NAMES)
    privileges = [each[0].tag.split("}")[1] for each in found.iterfind(".//D:privilege", NAMES)]
    assert privileges == ["read", "read-free-busy"]


def test_options_says_what_can_be_done_without_asking_who(served: Any) -> None:
    answer = httpx2.options(served.url + CALENDAR)

    assert answer.status_code == 200
    assert "calendar-access" in answer.headers["dav"]
    assert answer.headers["allow"] == "OPTIONS, GET, HEAD, PROPFIND, REPORT, PUT, DELETE"


def test_the_whole_calendar_can_be_taken_away_as_one_file(client: httpx2.Client) -> None:
    answer = client.get(CALENDAR)

    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert [entry.title for entry in read(answer.content)] == [
        "Prestatieafspraken 1",
        "Prestatieafspraken 2",
        "Prestatieafspraken 3",
    ]


def test_an_item_is_fetched_with_its_etag_and_not_twice(
    client: httpx2.Client, make_entry: Callable[..., Entry]
) -> None:
    item = item_of(make_entry(1))

    first = client.get(CALENDAR + item.href)
    again = client.get(CALENDAR + item.href, headers={"If-None-Match": first.headers["etag"]})

    assert first.content == item.content
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]


def test_head_says_what_get_would_without_the_body(
    client: httpx2.Client, make_entry: Callable[..., Entry]
) -> None:
    path = CALENDAR + item_of(make_entry(1)).href

    head, get = client.head(path), client.get(path)

    assert head.content == b""
    for header in ("etag", "content-length", "content-type", "last-modified"):
        assert head.headers[header] == get.headers[header]


def test_many_items_come_at_once_and_a_missing_one_is_named(
    client: httpx2.Client, make_entry: Callable[..., Entry]
) -> None:
    hrefs = [CALENDAR + item_of(make_entry(number)).href for number in (1, 3, 99)]
    wanted = "".join(f"<D:href>{href}</D:href>" for href in hrefs)

    answer = _report(
        client, "C:calendar-multiget", f"<D:prop><D:getetag/><C:calendar-data/></D:prop>{wanted}"
    )

    responses = {
        each.findtext("D:href", None, NAMES): each
        for each in fromstring(answer.text).iterfind("D:response", NAMES)
    }
    assert responses.keys() == set(hrefs)
    assert "404" in responses[hrefs[2]].findtext("D:status", "", NAMES)
    assert read(responses[hrefs[0]].findtext(".//C:calendar-data", "", NAMES).encode()) == (
        make_entry(1),
    )


def test_another_owners_item_is_missing_from_a_multiget(
    client: httpx2.Client, make_entry: Callable[..., Entry]
) -> None:
    theirs = "/dav/r2/overleggen/" + item_of(make_entry(9)).href

    answer = _report(
        client,
        "C:calendar-multiget",
        f"<D:prop><C:calendar-data/></D:prop><D:href>{theirs}</D:href>",
    )

    assert "404" in answer.text
    assert "BEGIN:VCALENDAR" not in answer.text


def test_a_query_finds_what_overlaps_its_time_range_and_nothing_that_only_touches_it(
    client: httpx2.Client,
) -> None:
    assert _query(client, "20270602T000000Z", "20270603T000000Z") == ["Prestatieafspraken 2"]
    assert _query(client, "20270601T133000Z", "20270602T120000Z") == ["Prestatieafspraken 1"]
    assert _query(client, "20270601T140000Z", "20270602T120000Z") == []


def test_a_query_can_look_for_words(client: httpx2.Client) -> None:
    answer = _report(
        client,
        "C:calendar-query",
        "<D:prop><C:calendar-data/></D:prop><C:filter><C:comp-filter name='VCALENDAR'>"
        "<C:comp-filter name='VEVENT'><C:prop-filter name='SUMMARY'>"
        "<C:text-match>afspraken 3</C:text-match></C:prop-filter>"
        "</C:comp-filter></C:comp-filter></C:filter>",
    )

    assert answer.text.count("BEGIN:VEVENT") == 1


def test_busy_time_leaves_out_what_is_cancelled_or_does_not_block(
    served: Any, client: httpx2.Client, make_entry: Callable[..., Entry]
) -> None:
    served.source.put("r1", make_entry(2, standing=Standing.CANCELLED, revision=2))
    served.source.put("r1", make_entry(3, blocks=False, revision=2))

    answer = _report(
        client,
        "C:free-busy-query",
        "<C:time-range start='20270601T000000Z' end='20270605T000000Z'/>",
    )

    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    busy = [line for line in answer.text.splitlines() if line.startswith("FREEBUSY")]
    assert busy == ["FREEBUSY;FBTYPE=BUSY:20270601T120000Z/20270601T140000Z"]


def test_the_ctag_changes_with_any_change_and_only_then(
    served: Any, client: httpx2.Client, make_entry: Callable[..., Entry]
) -> None:
    def ctag() -> str | None:
        return _propfind(client, CALENDAR, "CS:getctag").findtext(".//CS:getctag", None, NAMES)

    before = ctag()
    assert ctag() == before
    served.source.put("r1", make_entry(2, title="Verzet", revision=2))
    assert ctag() != before
