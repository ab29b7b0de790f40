"""Somebody's own calendars on real servers on this machine, and the means to reach them."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from itertools import count
from pathlib import Path
from random import Random
from threading import Thread

import pytest

from calendars.stores import CalDavStore, Guard, Login, Web
from scheduler.db.engine import Database
from scheduler.domain.access import Actor
from scheduler.domain.sealing import Seal
from scheduler.domain.secrets import SecretKey
from scheduler.domain.terms import Role
from scheduler.flows.outside import Means, Wish, connect_calendar

LOOPBACK = Guard(allowed=(ip_network("127.0.0.0/8"),), plain_http=True, ports=None)
PASSWORD = "zeer-geheim-wachtwoord"
MAKE = b"""<?xml version="1.0"?><C:mkcalendar xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
<set><prop><displayname>Prive</displayname></prop></set></C:mkcalendar>"""
OWNER = Actor(Role.REPRESENTATIVE, "r12")


class Clock:
    """A clock that a test moves by hand."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        self.now += timedelta(**span)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@dataclass
class Server:
    """A server that a test may stop and start again."""

    command: list[str]
    port: int
    home: str
    process: subprocess.Popen[bytes] | None = field(default=None)

    def start(self) -> None:
        self.process = subprocess.Popen(
            self.command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=dict(os.environ),
        )
        for _ in range(400):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise TimeoutError("the server does not listen")

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(10)
            self.process = None


@dataclass(frozen=True)
class Owner:
    """Somebody with an account on a server, and a look at what stands there."""

    server: Server
    home: str
    login: Login

    def make(self, name: str) -> str:
        web = Web(LOOPBACK, login=self.login, origin=self.home)
        answer = web.request(
            "MKCALENDAR", f"{self.home}{name}/", MAKE, {"Content-Type": "application/xml"}
        )
        web.close()
        assert answer.status_code == 201, answer.text
        return f"{self.home}{name}/"

    def store(self, name: str = "aan-tafel-r12") -> CalDavStore:
        return CalDavStore(f"{self.home}{name}/", self.login, LOOPBACK)

    def items(self, name: str = "aan-tafel-r12") -> dict[str, str]:
        """What stands in a calendar: contents by name, unfolded."""
        store = self.store(name)
        found = store.get([ref.href for ref in store.listing()])
        store.close()
        return {each.href: each.body.decode().replace("\r\n ", "") for each in found}

    def put(self, name: str, href: str, body: str) -> None:
        store = self.store(name)
        there = {ref.href: ref.etag for ref in store.listing()}
        store.put(href, body.replace("\n", "\r\n").encode(), etag=there.get(href))
        store.close()

    def delete(self, name: str, href: str) -> None:
        store = self.store(name)
        store.delete(href, etag={ref.href: ref.etag for ref in store.listing()}[href])
        store.close()


@pytest.fixture(scope="session")
def radicale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One Radicale for all tests; each has a user of its own."""
    folder, port = tmp_path_factory.mktemp("radicale"), free_port()
    users = folder / "users"
    users.write_text("".join(f"u{number}:{PASSWORD}\n" for number in range(100)))
    options = {
        "--server-hosts": f"127.0.0.1:{port}",
        "--auth-type": "htpasswd",
        "--auth-htpasswd-filename": str(users),
        "--auth-htpasswd-encryption": "plain",
        "--auth-delay": "0",
        "--storage-filesystem-folder": str(folder / "data"),
        "--logging-level": "error",
    }
    words = [part for pair in options.items() for part in pair]
    server = Server([sys.executable, "-m", "radicale", *words], port, f"http://127.0.0.1:{port}/")
    server.start()
    yield server
    server.stop()


@pytest.fixture
def xandikos(tmp_path: Path) -> Iterator[Server]:
    port = free_port()
    where = ["--listen-address", "127.0.0.1", "--port", str(port)]
    more = ["--directory", str(tmp_path / "dav"), "--current-user-principal", "/anneke/"]
    command = [sys.executable, "-m", "xandikos", "serve", *where, *more, "--defaults"]
    server = Server([*command, "--autocreate"], port, f"http://127.0.0.1:{port}/")
    server.start()
    yield server
    server.stop()


_NUMBERS = count()


@pytest.fixture
def owner(radicale: Server) -> Owner:
    """A new user on Radicale."""
    name = f"u{next(_NUMBERS)}"
    login = Login(name=name, password=PASSWORD)
    return Owner(radicale, f"{radicale.home}{name}/", login)


@pytest.fixture
def on_xandikos(xandikos: Server) -> Owner:
    """The one user of a new Xandikos, which asks for no password."""
    login = Login(name="anneke", password=PASSWORD)
    return Owner(xandikos, f"{xandikos.home}anneke/calendars/", login)


@pytest.fixture(params=["radicale", "xandikos"])
def anyone(request: pytest.FixtureRequest) -> Owner:
    """A new user on each of the servers."""
    if request.param == "radicale":
        found: Owner = request.getfixturevalue("owner")
        return found
    other: Owner = request.getfixturevalue("on_xandikos")
    return other


@pytest.fixture
def clock(now: datetime) -> Clock:
    return Clock(now)


@pytest.fixture
def means(province: Database, clock: Clock) -> Means:
    return Means(
        database=province,
        seal=Seal(SecretKey(b"k" * 32), "calendar password"),
        guard=LOOPBACK,
        base_url="https://tafel.example",
        poll=timedelta(minutes=15),
        busy_ahead=timedelta(days=400),
        clock=clock,
        random=Random(1),
    )


Connect = Callable[..., str]


def _connect(means: Means, owner: Owner, **wishes: bool) -> str:
    wish = Wish(
        representative_id="r12",
        address=owner.server.home,
        username=owner.login.name,
        password=owner.login.password,
        **wishes,
    )
    with means.database.session() as session:
        return connect_calendar(session, OWNER, wish, means).id


@pytest.fixture
def connect(means: Means) -> Connect:
    """`connect(owner, writes=True)` connects r12's calendar and gives the connection's id."""
    return partial(_connect, means)


@dataclass
class Shelf:
    """What an open address answers."""

    url: str
    body: bytes = b""
    status: int = 200
    asked: int = 0
    fields: dict[str, str] = field(default_factory=dict)


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    """A web server with one file."""
    port = free_port()
    shelf = Shelf(f"http://127.0.0.1:{port}/geheim-adres-4711/prive.ics")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            shelf.asked += 1
            known = self.headers.get("If-None-Match")
            same = bool(known) and known == shelf.fields.get("ETag")
            self.send_response(304 if same else shelf.status)
            for name, value in shelf.fields.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0" if same else str(len(shelf.body)))
            self.end_headers()
            if not same:
                self.wfile.write(shelf.body)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield shelf
    server.shutdown()
    server.server_close()
    thread.join()
