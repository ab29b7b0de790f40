"""How fast feeds are served over HTTP by one worker: a year of 5,000 events, and one of few."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scheduler.db.engine import Database
from scheduler.db.tables import Meeting, PublishedAttendance, PublishedMeeting
from scheduler.domain.access import COORDINATOR
from scheduler.domain.terms import Character, Level, MeetingState, Mode, Part
from scheduler.flows.feeds.addresses import feeds_of
from scheduler.keyring import secret_key

EVENTS = 5000
LEAST_A_SECOND = 2000
MOST_MEDIAN_MS = 1.0
MOST_P99_MS_OF_A_LARGE_FEED = 5.0
SECONDS = 4.0


@dataclass(frozen=True)
class Served:
    """A server in a process of its own, and the paths of a large feed and of a small one."""

    port: int
    large: str
    small: str


@dataclass(frozen=True)
class Taken:
    """How long answers took, in milliseconds, and how many came in a second."""

    median: float
    p99: float
    a_second: float


@pytest.fixture(scope="module")
def served(
    templates: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    shutil.copyfile(templates["province"], folder / "aantafel.sqlite")
    paths = _filled(folder)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "scheduler.cli", "serve", "--port", str(port)]
    environment = {**os.environ, "AANTAFEL_DATA": str(folder)}
    environment["AANTAFEL_FEEDS_READS_A_MINUTE"] = "1000000"
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        _wait_for(port)
        yield Served(port, paths["r12"], paths["r14"])
        server.terminate()


def _filled(folder: Path) -> dict[str, str]:
    """Publish a year of meetings for r12; the feeds' paths by representative."""
    key, now = secret_key(folder), datetime.now(UTC).replace(microsecond=0)
    with (
        closing(Database(f"sqlite:///{folder / 'aantafel.sqlite'}")) as database,
        database.session() as session,
    ):
        for number in range(EVENTS):
            meeting, published = _meeting(number, now + timedelta(hours=1.5 * number))
            session.add_all([meeting])
            session.flush()
            session.add(published)
        session.flush()
        for number in range(EVENTS):
            session.add(
                PublishedAttendance(
                    published_meeting_id=100_000 + number,
                    representative_id="r12",
                    organisation_id="mevm",
                    part=Part.ATTENDEE,
                    online=False,
                    travel_minutes=31,
                )
            )
        found = feeds_of(session, COORDINATOR, key, "", at=now)
    return {view.subject_id: view.url for view in found}


def _meeting(number: int, starts_at: datetime) -> tuple[Meeting, PublishedMeeting]:
    shared = {
        "uid": f"bench-{number}@aantafel.invalid",
        "title": f"Voortgang prestatieafspraken {number}",
        "level": Level.MUNICIPALITY,
        "character": Character.ADVISING,
        "municipality_id": "GM0106",
        "mode": Mode.IN_PERSON,
        "seats_min": 1,
        "seats_max": 2,
        "deputy_wanted": False,
        "state": MeetingState.PLANNED,
        "place_id": "assen",
    }
    meeting = Meeting(
        id=f"bench-{number}",
        topics=[],
        expertise=[],
        preparation_minutes=60,
        report_minutes=30,
        is_sample=True,
        **shared,
    )
    published = PublishedMeeting(
        id=100_000 + number,
        meeting_id=f"bench-{number}",
        revision=0,
        first_publication=1,
        revised_at=starts_at - timedelta(days=400),
        table_name="Prestatieafspraken Assen",
        place_name="Assen",
        address="Markt 1",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        **shared,
    )
    return meeting, published


def _wait_for(port: int) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("the server does not listen")


def _measured(served: Served, path: str, status: int, *headers: str) -> Taken:
    """Ask one thing after the other over one connection, as `wrk -c1` does."""
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", "Accept-Encoding: gzip", *headers]
    request = "\r\n".join([*lines, "", ""]).encode()
    took = []
    with socket.create_connection(("127.0.0.1", served.port)) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        _answer(line, request)  # the first one renders the feed
        began = time.perf_counter()
        while time.perf_counter() - began < SECONDS:
            asked = time.perf_counter()
            head = _answer(line, request)
            took.append((time.perf_counter() - asked) * 1000)
            assert head.startswith(b"HTTP/1.1 %d" % status), head
        seconds = time.perf_counter() - began
    took.sort()
    return Taken(took[len(took) // 2], took[len(took) * 99 // 100], len(took) / seconds)


def _answer(line: socket.socket, request: bytes) -> bytes:
    line.sendall(request)
    received = line.recv(1 << 20)
    while b"\r\n\r\n" not in received:
        received += line.recv(1 << 20)
    head, _, body = received.partition(b"\r\n\r\n")
    found = [each for each in head.split(b"\r\n") if each.lower().startswith(b"content-length:")]
    missing = int(found[0].split(b":")[1]) - len(body) if found else 0
    while missing > 0:
        missing -= len(line.recv(1 << 20))
    return head


def _etag(served: Served, path: str) -> str:
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", served.port)) as line:
        head = _answer(line, request).decode()
    return next(each.partition(": ")[2] for each in head.split("\r\n") if each.startswith("etag"))


@pytest.mark.parametrize("size", ["small", "large"])
def test_who_has_the_bytes_hears_so_within_a_millisecond(served: Served, size: str) -> None:
    path = served.large if size == "large" else served.small
    taken = _measured(served, path, 304, f"If-None-Match: {_etag(served, path)}")

    print(f"\n304, {size} feed: {taken}")
    assert taken.median <= MOST_MEDIAN_MS
    assert taken.a_second >= LEAST_A_SECOND


def test_a_feed_of_thousands_is_given_out_within_five_milliseconds(served: Served) -> None:
    taken = _measured(served, served.large, 200)

    print(f"\n200, {EVENTS} events packed: {taken}")
    assert taken.p99 <= MOST_P99_MS_OF_A_LARGE_FEED
