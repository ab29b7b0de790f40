"""What changed meetings cost on a server, beside the server's own time for the PUTs."""

import base64
import http.client
import os
import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from functools import partial
from random import Random
from urllib.parse import urlsplit

import pytest

from scheduler.domain.access import COORDINATOR
from scheduler.flows.outside import Wish, connect_calendar, sync_calendars

EVENTS = int(os.environ.get("AANTAFEL_BENCH_EVENTS", "300"))
MOST_TIMES_BARE = 1.2
ROUNDS = 3


class Bare:
    """PUTs and nothing else, over one line."""

    def __init__(self, url: str, name: str, password: str) -> None:
        parts = urlsplit(url)
        self._path = parts.path
        self._line = http.client.HTTPConnection(parts.hostname or "", parts.port or 80)
        word = base64.b64encode(f"{name}:{password}".encode()).decode()
        self.etags: dict[str, str] = {}
        self._headers = {"Authorization": f"Basic {word}", "Content-Type": "text/calendar"}

    def ask(self, method: str, name: str, body: bytes, etag: str | None = None) -> str:
        condition = {"If-Match": etag} if etag else {}
        self._line.request(method, self._path + name, body, self._headers | condition)
        answer = self._line.getresponse()
        answer.read()
        assert answer.status in {201, 204}, answer.status
        return answer.headers.get("ETag", "")

    def put_all(self, bodies: dict[str, bytes], number: int) -> None:
        """Each of them once, changed."""
        for href, body in bodies.items():
            changed = body.replace(b"END:VEVENT", b"X-ROUND:%d\r\nEND:VEVENT" % number)
            self.etags[href] = self.ask("PUT", href, changed, self.etags[href])


@pytest.fixture(params=["radicale"])
def world(request: pytest.FixtureRequest, new_world: Callable) -> object:
    """A world of one server, over its own good line."""
    made = new_world(1)
    made.peers = [peer for peer in made.peers if peer.name == request.param]
    made.random = Random(1)
    return made


def test_changed_meetings_cost_little_more_than_the_servers_own_time(world: object) -> None:
    (peer,) = world.peers
    meetings = [world._new() for _ in range(EVENTS)]
    world.publish(meetings)
    _connect(world, peer)
    bare, bodies = _copied(world, peer)
    ours, theirs = [], []
    for number in range(ROUNDS):
        for meeting in meetings:
            meeting.starts_at += timedelta(minutes=5)
        world.publish(meetings)
        world.now += timedelta(hours=1)
        ours.append(_seconds(lambda: sync_calendars(world.means, asked_for=True)))
        theirs.append(_seconds(partial(bare.put_all, bodies, number)))
    ratio = min(ours) / min(theirs)
    print(
        f"\n{EVENTS} changed: {min(ours):.1f} s, bare PUTs {min(theirs):.1f} s, ratio {ratio:.2f}"
    )
    assert ratio <= MOST_TIMES_BARE


def _connect(world: object, peer: object) -> None:
    wish = Wish(
        representative_id=peer.person,
        address=peer.server_home,
        username=peer.login.name,
        password=peer.login.password,
        writes=True,
    )
    with world.means.database.session() as session:
        connect_calendar(session, COORDINATOR, wish, world.means)
    sync_calendars(world.means, asked_for=True)


def _copied(world: object, peer: object) -> tuple[Bare, dict[str, bytes]]:
    """The same events in a calendar beside ours, and what they are."""
    with closing(world._store(peer)) as store:
        bodies = {item.href: item.body for item in store.get([r.href for r in store.listing()])}
    bare = Bare(f"{peer.server_home}kaal/", peer.login.name, peer.login.password)
    bare.ask("MKCALENDAR", "", b"")
    bare.etags = {href: bare.ask("PUT", href, body) for href, body in bodies.items()}
    return bare, bodies


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
