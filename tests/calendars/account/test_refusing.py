"""What the account doesn't do, and how it says so: never with a server error."""

import base64
import logging
import socket
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlsplit

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calendars.account import item_of
from calendars.entry import Entry

CALENDAR = "/dav/r1/overleggen/"
SYNC = '<D:sync-collection xmlns:D="DAV:"><D:sync-token/><D:prop/></D:sync-collection>'
QUERY = (
    '<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">{}</C:calendar-query>'
)
BUSY = '<C:free-busy-query xmlns:C="urn:ietf:params:xml:ns:caldav">{}</C:free-busy-query>'
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {"abcdefgh"[n]}{n} "{"&a;" * 10}">' for n in range(8))
    + ']><D:propfind xmlns:D="DAV:">&a;</D:propfind>'
)
FILE = (
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    '<D:propfind xmlns:D="DAV:">&x;</D:propfind>'
)


# Writing


@pytest.mark.parametrize(
    ("method", "privilege"),
    [
        ("PUT", "write-content"),
        ("DELETE", "unbind"),
        ("MKCALENDAR", "bind"),
        ("MKCOL", "bind"),
        ("PROPPATCH", "write-properties"),
        ("MOVE", "unbind"),
        ("COPY", "bind"),
    ],
)
@pytest.mark.parametrize("name", ["", "new.ics", "plan-b23deff5a44b5ca976fd7f5aa7b316cc.ics"])
def test_nothing_can_be_written_and_the_missing_privilege_is_named(
    client: httpx2.Client, served: Any, method: str, privilege: str, name: str
) -> None:
    before = dict(served.source.entries["r1"])

    answer = client.request(method, CALENDAR + name, content=b"BEGIN:VCALENDAR")

    assert answer.status_code == 403
    assert f"<D:privilege><D:{privilege}/></D:privilege>" in answer.text
    assert served.source.entries["r1"] == before


@pytest.mark.parametrize("method", ["POST", "PATCH", "LOCK", "UNLOCK", "ACL", "TRACE", "FOO"])
def test_a_method_that_means_nothing_here_is_named_as_such(
    client: httpx2.Client, method: str
) -> None:
    answer = client.request(method, CALENDAR)

    assert answer.status_code == 405
    assert answer.headers["allow"] == "OPTIONS, GET, HEAD, PROPFIND, REPORT, PUT, DELETE"


# Signing in


@pytest.mark.parametrize("method", ["GET", "HEAD", "PROPFIND", "REPORT", "PUT", "DELETE"])
def test_without_a_password_there_is_nothing(served: Any, method: str) -> None:
    answer = httpx2.request(method, served.url + CALENDAR)

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == 'Basic realm="Aan Tafel", charset="UTF-8"'


def _basic(text: str | bytes) -> str:
    raw = text.encode() if isinstance(text, str) else text
    return "Basic " + base64.b64encode(raw).decode()


@pytest.mark.parametrize(
    "authorisation",
    [
        *("Basic", "Basic %%%", "Basic é", "Bearer abc", "Digest x", "basic"),
        *map(_basic, ["r1:wrong", "r1:", ":appel-peer-noot", "r1", ":", "r9:appel-peer-noot"]),
        *map(_basic, ["r1\0:appel-peer-noot", "r1:appel-peer-noot\n", "r1:" + "a" * 5000]),
        *map(_basic, [b"\xff\xfe:x", "r1:boom-roos-vis", "R1:appel-peer-noot", "../r1:x"]),
    ],
)
def test_a_wrong_sign_in_is_refused_the_same_way_whatever_is_wrong(
    served: Any, authorisation: str
) -> None:
    raw = {b"Authorization": authorisation.encode()}
    answer = httpx2.request("PROPFIND", served.url + CALENDAR, headers=raw)

    assert answer.status_code == 401
    assert answer.text == "Sign in with your app password.\n"


def test_a_right_sign_in_is_let_in(client: httpx2.Client) -> None:
    assert client.request("PROPFIND", CALENDAR).status_code == 207


# Somebody else's


@pytest.mark.parametrize("method", ["GET", "HEAD", "PROPFIND", "REPORT", "PUT", "DELETE"])
def test_another_owners_things_look_like_nothing_at_all(
    client: httpx2.Client, make_entry: Callable[..., Entry], method: str
) -> None:
    real = item_of(make_entry(9)).href
    theirs = ["/dav/r2/", "/dav/r2/overleggen/", f"/dav/r2/overleggen/{real}"]
    nobodys = ["/dav/r8/", "/dav/r8/overleggen/", f"/dav/r8/overleggen/{real}"]

    for one, other in zip(theirs, nobodys, strict=True):
        answers = [client.request(method, path, content=SYNC) for path in (one, other)]
        assert answers[0].status_code == answers[1].status_code
        assert answers[0].status_code in {403, 404}
        assert answers[0].text == answers[1].text.replace("r8", "r2")


@pytest.mark.parametrize("path", ["/dav/r1/anders/", CALENDAR + "geen.ics", CALENDAR + "a/b/c"])
def test_what_isnt_there_is_not_found(client: httpx2.Client, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.request("PROPFIND", path).status_code == 404


# Hostile requests


@pytest.mark.parametrize("method", ["PROPFIND", "REPORT"])
@pytest.mark.parametrize(
    ("body", "status"),
    [
        (BOMB, 400),
        (FILE, 400),
        ("<a>" * 100_000, 413),
        ('<a xmlns="x">' * 30 + "</a>" * 30, 413),
        ('<D:propfind xmlns:D="DAV:">' + "<D:prop/>" * 30_000 + "</D:propfind>", 413),
        ("x" * 5_000_000, 413),
        ("<", 400),
        ("hello", 400),
        (b"\xff\xfe\x00<", 400),
        (
            b'<?xml version="1.0"?><D:propfind xmlns:D="DAV:">\xc3\x28</D:propfind>',
            400,
        ),
        (b'<?xml version="1.0" encoding="x-unknown"?><D:propfind xmlns:D="DAV:"/>', 400),
        (b'<?xml version="1.0" encoding="utf-7"?><D:propfind xmlns:D="DAV:"/>', 400),
        (b'<D:propfind xmlns:D="DAV:">\0</D:propfind>', 400),
        ("<propfind/>", 400),
        ('<prop xmlns="DAV:"><x xmlns=""/></prop>', 400),
    ],
)
def test_a_hostile_body_is_refused(
    client: httpx2.Client, method: str, body: str | bytes, status: int
) -> None:
    content = body.encode() if isinstance(body, str) else body

    assert client.request(method, CALENDAR, content=content).status_code == status


@pytest.mark.parametrize(
    "body",
    [
        '<D:propfind xmlns:D="DAV:"/>',
        '<D:propfind xmlns:D="DAV:"><D:foo/></D:propfind>',
        '<D:propfind xmlns:D="DAV:"><D:prop><x xmlns=""/></D:prop></D:propfind>',
        '<D:multistatus xmlns:D="DAV:"/>',
    ],
)
def test_a_propfind_of_another_shape_is_refused(client: httpx2.Client, body: str) -> None:
    assert client.request("PROPFIND", CALENDAR, content=body).status_code == 400


def test_an_unknown_property_is_just_not_found(client: httpx2.Client) -> None:
    body = '<D:propfind xmlns:D="DAV:"><D:prop><x xmlns="urn:x"/></D:prop></D:propfind>'
    answer = client.request("PROPFIND", CALENDAR, content=body)

    assert answer.status_code == 207
    assert "404 Not Found" in answer.text


@pytest.mark.parametrize(
    "body",
    [
        '<x xmlns="urn:x"/>',
        '<C:addressbook-query xmlns:C="urn:ietf:params:xml:ns:carddav"/>',
        '<D:version-tree xmlns:D="DAV:"/>',
    ],
)
def test_a_report_that_isnt_answered_is_named_as_such(client: httpx2.Client, body: str) -> None:
    answer = client.request("REPORT", CALENDAR, content=body)

    assert answer.status_code == 403
    assert "<D:supported-report/>" in answer.text


def test_a_home_answers_no_calendar_reports(client: httpx2.Client) -> None:
    assert client.request("REPORT", "/dav/r1/", content=SYNC).status_code == 403


EXPAND = "<D:prop><C:calendar-data><C:expand {}/></C:calendar-data></D:prop>"
RANGE = (
    "<C:filter><C:comp-filter name='VCALENDAR'><C:comp-filter name='VEVENT'>{}"
    "</C:comp-filter></C:comp-filter></C:filter>"
)


@pytest.mark.parametrize(
    "body",
    [
        BUSY.format(""),
        BUSY.format("<C:time-range/>"),
        BUSY.format("<C:time-range start='x' end='y'/>"),
        BUSY.format("<C:time-range start='99999999T000000Z' end='20270101T000000Z'/>"),
        BUSY.format("<C:time-range start='20280101T000000Z' end='20270101T000000Z'/>"),
        QUERY.format("<C:filter/>"),
        QUERY.format("<C:filter><C:prop-filter name='X'/></C:filter>"),
        QUERY.format("<C:filter><C:comp-filter/></C:filter>"),
        QUERY.format("<C:filter><C:comp-filter name='VEVENT'/></C:filter>"),
        QUERY.format(RANGE.format("<C:time-range start='20270101' end='x'/>")),
        QUERY.format(RANGE.format("<C:prop-filter/>")),
        QUERY.format(RANGE.format("<C:prop-filter name='__class__'/>")),
        QUERY.format(RANGE.format("<C:prop-filter name='SUMMARY'><C:time-range/></C:prop-filter>")),
        QUERY.format(RANGE.format("<C:comp-filter name='VALARM'><C:time-range/></C:comp-filter>")),
        QUERY.format(EXPAND.format("start='20270101T000000Z'")),
        QUERY.format(EXPAND.format("start='a' end='b'")),
        QUERY.format(EXPAND.format("start='00010101T000000Z' end='99991231T235959Z'")),
    ],
)
def test_a_report_with_odd_parts_is_answered_or_refused(client: httpx2.Client, body: str) -> None:
    assert client.request("REPORT", CALENDAR, content=body).status_code < 500


def test_a_report_without_a_body_is_refused(client: httpx2.Client) -> None:
    assert client.request("REPORT", CALENDAR).status_code == 400


def test_a_body_sent_in_pieces_is_read_like_any_other(client: httpx2.Client) -> None:
    answer = client.request(
        "REPORT", CALENDAR, content=iter([SYNC[:20].encode(), SYNC[20:].encode()])
    )

    assert answer.status_code == 207


def test_an_endless_body_sent_in_pieces_is_cut_off(client: httpx2.Client) -> None:
    pieces = (b"<" * 65_536 for _ in range(40))

    assert client.request("REPORT", CALENDAR, content=pieces).status_code == 413


@pytest.mark.parametrize(
    "path",
    [
        *("/dav/r1/../r2/", "/dav/%2e%2e/r2/", "/dav/r1/%2e%2e/r2/overleggen/", "/dav/..%2f..%2f"),
        *("/dav/r1/%00", "/dav/r1/overleggen/%00.ics", "/dav/%ff%fe/", "/dav/r1/a%0d%0ab"),
        *(
            "/dav/.web/",
            "/dav/.mobileconfig",
            "/dav/.token/x",
            "/dav/r1/.hidden",
            "/dav/.well-known/",
        ),
        *(
            "/dav/" + "a" * 300 + "/",
            "/dav/" + "a/" * 500,
            "/dav/r1/overleggen/%F0%9F%98%80.ics",
            "/dav/~r1/",
        ),
    ],
)
@pytest.mark.parametrize("method", ["GET", "PROPFIND"])
def test_a_path_with_tricks_leads_nowhere(
    served: Any, client: httpx2.Client, method: str, path: str
) -> None:
    # By hand: httpx2 would tidy the path first.
    password = _basic(f"r1:{served.source.passwords['r1']}")

    assert _raw_status(served.url, f"{method} {path}", f"Authorization: {password}") == 404


@pytest.mark.parametrize(
    "header",
    [
        *("X-Script-Name: nonsense", "X-Script-Name: /elsewhere", "X-Forwarded-For: 1.2.3.4"),
        *("X-Remote-User: r2", "Remote-User: r2", "Depth: infinity", "Depth: -1", "Depth: x"),
        *("Accept-Encoding: gzip;q=x", "Content-Type: text/xml; charset=utf-16"),
        *("If-None-Match: *", "Content-Type: text/xml; charset=nonsense", "Prefer: return=minimal"),
    ],
)
def test_no_header_leads_astray(served: Any, header: str) -> None:
    password = _basic(f"r1:{served.source.passwords['r1']}")

    lines = (f"Authorization: {password}", header)
    assert _raw_status(served.url, "PROPFIND /dav/r1/overleggen/", *lines) == 207


def _raw_status(url: str, start: str, *headers: str) -> int:
    place = urlsplit(url)
    with socket.create_connection((place.hostname, place.port), timeout=20) as connection:
        lines = [f"{start} HTTP/1.1", "Host: x", "Connection: close", *headers, "", ""]
        connection.sendall("\r\n".join(lines).encode())
        return int(connection.makefile("rb").readline().split()[1])


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=40), st.sampled_from(["PROPFIND", "REPORT", "GET"]), st.binary(max_size=60))
def test_no_path_or_body_is_a_server_error(
    client: httpx2.Client, path: str, method: str, body: str
) -> None:
    answer = client.request(method, "/dav/r1/" + quote(path), content=body)

    assert answer.status_code < 500


# Our own faults


def test_a_source_that_fails_is_our_fault_and_said_so(served: Any) -> None:
    def status() -> int:
        # A connection each: the server closes one on which it failed.
        with served.client() as client:
            return client.request("PROPFIND", CALENDAR).status_code

    served.source.broken = True
    assert status() == 500

    served.source.broken = False
    assert status() == 207


def test_what_is_answered_is_not_kept_by_anybody_between(client: httpx2.Client) -> None:
    answer = client.request("PROPFIND", CALENDAR)

    assert answer.headers["cache-control"] == "private, no-cache"


def test_no_password_reaches_a_log(
    served: Any, client: httpx2.Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    client.request("PROPFIND", CALENDAR)
    httpx2.request("PROPFIND", served.url + CALENDAR, auth=("r1", "geheim-geheim"))
    client.request("REPORT", CALENDAR, content=BUSY.format(""))

    told = caplog.text
    assert "PROPFIND" in told
    for secret in ("appel-peer-noot", "geheim-geheim", _basic("r1:appel-peer-noot")[6:]):
        assert secret not in told
