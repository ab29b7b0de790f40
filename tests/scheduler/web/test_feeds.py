"""Feeds over HTTP, as calendar programs ask for them."""

import gzip
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from calendars.ical import read
from scheduler.db.engine import Database
from scheduler.domain.access import COORDINATOR
from scheduler.domain.clients import OTHER, kind_of
from scheduler.domain.secrets import SecretKey
from scheduler.domain.terms import FeedKind
from scheduler.flows.feeds.addresses import feeds_of, renew_feed
from scheduler.settings import Settings
from scheduler.web.app import create_app
from scheduler.web.context import Context

KEY = SecretKey(b"k" * 32)


@pytest.fixture
def context(province: Database, now: datetime, tmp_path: Path) -> Context:
    settings = Settings.read({"AANTAFEL_DATA": str(tmp_path)})
    return Context(settings=settings, database=province, key=KEY, clock=lambda: now)


@pytest.fixture
def client(context: Context) -> Iterator[TestClient]:
    with TestClient(create_app(context), base_url=context.base_url) as client:
        client.headers.pop("accept-encoding")
        client.headers["accept-encoding"] = "identity"
        yield client


@pytest.fixture
def path(context: Context) -> str:
    """The path of a representative's feed."""
    with context.database.session() as session:
        views = feeds_of(session, COORDINATOR, KEY, "", at=context.clock())
    return next(view.url for view in views if view.subject_id == "r12")


def test_a_feed_is_a_calendar(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert {entry.uid for entry in read(answer.content)} >= {"m-bod@aantafel.invalid"}


def test_two_readings_are_the_same_to_the_byte(client: TestClient, path: str) -> None:
    assert client.get(path).content == client.get(path).content


@pytest.mark.parametrize("packed", [False, True])
def test_who_has_the_bytes_gets_none(client: TestClient, path: str, packed: bool) -> None:
    encoding = {"accept-encoding": "gzip" if packed else "identity"}
    first = client.get(path, headers=encoding)
    again = client.get(
        path,
        headers={**encoding, "if-none-match": first.headers["etag"], "cache-control": "no-cache"},
    )
    assert (again.status_code, again.content) == (304, b"")
    for name in ("etag", "cache-control", "vary", "last-modified"):
        assert again.headers[name] == first.headers[name]


@pytest.mark.parametrize("tag", ['W/"{}"', '"{}-gz"', '"other", "{}"', "*"])
def test_any_form_of_the_tag_is_recognised(client: TestClient, path: str, tag: str) -> None:
    etag = client.get(path).headers["etag"].strip('"')
    asked = client.get(path, headers={"if-none-match": tag.format(etag)})
    assert asked.status_code == 304


def test_another_tag_gets_the_bytes(client: TestClient, path: str) -> None:
    assert client.get(path, headers={"if-none-match": '"other"'}).status_code == 200


@pytest.mark.parametrize(
    ("since", "status"),
    [
        ("Mon, 01 Mar 2100 00:00:00 GMT", 304),
        ("Mon, 01 Mar 2010 00:00:00 GMT", 200),
        ("the other day", 200),
    ],
)
def test_a_date_is_a_condition_too(client: TestClient, path: str, since: str, status: int) -> None:
    assert client.get(path, headers={"if-modified-since": since}).status_code == status


def test_packed_bytes_have_a_tag_of_their_own(client: TestClient, path: str) -> None:
    plain = client.get(path)
    with client.stream("GET", path, headers={"accept-encoding": "gzip"}) as answer:
        packed = b"".join(answer.iter_raw())
    assert gzip.decompress(packed) == plain.content
    assert answer.headers["etag"] != plain.headers["etag"]


def test_head_is_get_without_the_bytes(client: TestClient, path: str) -> None:
    head, get = client.head(path), client.get(path)
    assert head.content == b""
    assert head.headers["etag"] == get.headers["etag"]
    assert head.headers["content-length"] == str(len(get.content))


def test_the_name_in_the_address_does_not_matter(client: TestClient, path: str) -> None:
    renamed = path.rsplit("/", 1)[0] + "/anders.ics"
    assert client.get(renamed).content == client.get(path).content


def test_an_unknown_token_is_not_found(client: TestClient) -> None:
    assert client.get(f"/feeds/{'a' * 32}/iets.ics").status_code == 404


def test_a_withdrawn_address_is_gone(client: TestClient, path: str, context: Context) -> None:
    with context.database.session() as session:
        renew_feed(
            session,
            COORDINATOR,
            KEY,
            "",
            kind=FeedKind.REPRESENTATIVE,
            subject_id="r12",
            at=context.clock(),
        )
    assert client.get(path).status_code == 410


def test_a_feed_asks_for_no_cookie_and_tells_no_other_site(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert "set-cookie" not in answer.headers
    assert answer.headers["referrer-policy"] == "no-referrer"


def test_the_owner_sees_which_kind_of_program_asked(
    client: TestClient, path: str, context: Context
) -> None:
    client.get(path, headers={"user-agent": "Mozilla/5.0 Thunderbird/153.7.0"})
    with context.database.session() as session:
        views = feeds_of(session, COORDINATOR, KEY, "", at=context.clock())
    (own,) = (view for view in views if view.subject_id == "r12")
    assert (own.last_client, own.last_fetched_at) == ("Thunderbird", context.clock())


@pytest.mark.parametrize(
    ("agent", "kind"),
    [
        ("iOS/18.1 (22B83) dataaccessd/1.0", "iPhone of iPad"),
        ("macOS/15.1 (24B83) dataaccessd/1.0", "Mac"),
        ("Google-Calendar-Importer", "Google Agenda"),
        ("Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0)", "Outlook"),
        ("ICSx5/2.2.3 (Android 14)", "ICSx5 (Android)"),
        ("Nextcloud Webcal Service", "Nextcloud"),
        ("curl/8.5", OTHER),
        ("", OTHER),
    ],
)
def test_programs_are_told_apart(agent: str, kind: str) -> None:
    assert kind_of(agent) == kind


def test_the_window_of_days_is_a_setting(context: Context, path: str) -> None:
    narrow = replace(context.settings.feeds, days_ahead=1, days_back=0)
    settings = replace(context.settings, feeds=narrow)
    with TestClient(create_app(replace(context, settings=settings))) as client:
        assert read(client.get(path).content) == ()
