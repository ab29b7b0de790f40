"""An account over a source in memory, served for real on a loopback port."""

import socket
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import httpx2
import pytest
import uvicorn
from a2wsgi import WSGIMiddleware
from starlette.applications import Starlette
from starlette.routing import Mount, Route

from calendars.account import Calendar, Item, account_app, item_of
from calendars.entry import Entry

REVISED = datetime(2026, 11, 2, 8, 30, tzinfo=UTC)


def _entry(number: int = 1, **changes: object) -> Entry:
    """A meeting in the summer of 2027, on day `number` of June."""
    starts_at = datetime(2027, 6, 1, 12, tzinfo=UTC) + timedelta(days=number - 1)
    usual = Entry(
        uid=f"5f0c3a52-0000-4000-8000-{number:012d}@example.org",
        revision=1,
        revised_at=REVISED,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        title=f"Prestatieafspraken {number}",
        location="Gemeentehuis, zaal 2",
    )
    return replace(usual, **changes)


@pytest.fixture
def make_entry() -> Callable[..., Entry]:
    """Makes a meeting from its number and whatever differs from the usual."""
    return _entry


@dataclass
class MemorySource:
    """Each owner has one calendar; every change is a revision, and old ones can be forgotten."""

    passwords: dict[str, str] = field(default_factory=dict)
    entries: dict[str, dict[str, Entry]] = field(default_factory=dict)
    log: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    forgotten_before: int = 0
    epoch: str = ""
    broken: bool = False

    def add_owner(self, owner: str, password: str) -> None:
        self.passwords[owner] = password
        self.entries[owner] = {}
        self.log[owner] = []

    def put(self, owner: str, entry: Entry) -> Item:
        item = item_of(entry)
        self.entries[owner][item.href] = entry
        self._note(owner, item.href)
        return item

    def remove(self, owner: str, entry: Entry) -> None:
        href = item_of(entry).href
        del self.entries[owner][href]
        self._note(owner, href)

    def _note(self, owner: str, href: str) -> None:
        self.log[owner].append((len(self.log[owner]) + 1, href))

    def authenticate(self, username: str, password: str, program: str) -> str | None:
        return username if self.passwords.get(username) == password else None

    def address(self, owner: str) -> str:
        return f"mailto:{owner}@aantafel.invalid"

    def calendars(self, owner: str) -> Sequence[Calendar]:
        if self.broken:
            raise ConnectionError("the database is away")
        return [
            Calendar(
                name="overleggen",
                display_name="Overleggen",
                description="Uw overleggen",
                colour="#2f6b4f",
                revision=len(self.log[owner]),
                revised_at=REVISED,
                epoch=self.epoch,
            )
        ]

    def items(self, owner: str, calendar: str) -> Sequence[Item]:
        return [item_of(entry) for entry in self.entries[owner].values()]

    def changed_since(self, owner: str, calendar: str, revision: int) -> Collection[str] | None:
        if revision < self.forgotten_before:
            return None
        return {href for number, href in self.log[owner] if number > revision}

    def reset(self) -> None:
        """Two owners; r1 has three meetings, r2 has one of their own."""
        self.__init__()
        self.add_owner("r1", "appel-peer-noot")
        self.add_owner("r2", "boom-roos-vis")
        for number in (1, 2, 3):
            self.put("r1", _entry(number))
        self.put("r2", _entry(9))


@dataclass(frozen=True)
class Served:
    """A running account."""

    source: MemorySource
    url: str

    def client(self, owner: str = "r1") -> httpx2.Client:
        """Somebody who has signed in."""
        password = self.source.passwords[owner]
        return httpx2.Client(base_url=self.url, auth=(owner, password), timeout=20)


def _application(source: MemorySource) -> Starlette:
    account = WSGIMiddleware(account_app(source), workers=4)
    return Starlette(
        routes=[
            Route("/.well-known/caldav", account),
            Route("/dav", account),
            Mount("/dav", account),
        ]
    )


@pytest.fixture(scope="session")
def server() -> Iterator[Served]:
    """The account as the application mounts it: uvicorn, Starlette, a2wsgi."""
    source = MemorySource()
    # Named as TCP, so that asyncio turns off the waiting for fuller packets (TCP_NODELAY).
    with socket.socket(proto=socket.IPPROTO_TCP) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        port = listener.getsockname()[1]
        running = uvicorn.Server(
            uvicorn.Config(_application(source), log_level="critical", lifespan="off")
        )
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]})
        thread.start()
        yield Served(source, f"http://127.0.0.1:{port}")
        running.should_exit = True
        thread.join(timeout=20)


@pytest.fixture
def served(server: Served) -> Served:
    """The running account with its usual meetings."""
    server.source.reset()
    return server


@pytest.fixture
def client(served: Served) -> Iterator[httpx2.Client]:
    """r1, signed in."""
    with served.client() as client:
        yield client
