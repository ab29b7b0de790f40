"""The application over the small province, and somebody signed in to it."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
import uvicorn
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from scheduler.db.engine import Database
from scheduler.domain.access import COORDINATOR, SYSTEM, Actor
from scheduler.domain.secrets import SecretKey
from scheduler.domain.terms import Role
from scheduler.flows.access.accounts import IssuedAccount, issue_account
from scheduler.flows.access.sign_in import new_sign_in_link
from scheduler.settings import Settings
from scheduler.web.app import create_app
from scheduler.web.context import Context

BASE = "http://127.0.0.1:8000"
VOID = {"br", "hr", "img", "input", "link", "meta"}


class Clock:
    """A clock that a test moves by hand."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock(now: datetime) -> Clock:
    return Clock(now)


@pytest.fixture
def context(province: Database, clock: Clock) -> Context:
    return Context(
        settings=Settings.read({}), database=province, key=SecretKey(b"k" * 32), clock=clock
    )


@pytest.fixture
def browser(context: Context) -> Callable[..., TestClient]:
    """Makes a browser on this computer, without cookies; words of the request can be changed."""
    app = create_app(context)

    def make(host: str = "127.0.0.1", **rest: object) -> TestClient:
        return TestClient(app, base_url=BASE, client=(host, 50_000), **rest)

    return make


@pytest.fixture
def link(context: Context) -> Callable[..., str]:
    """Makes a sign-in link and gives its path."""

    def make(holder: Actor, **wishes: object) -> str:
        wanted = {"minutes": 30, "at": context.clock(), **wishes}
        with context.database.session() as session:
            url = new_sign_in_link(session, SYSTEM, holder, BASE, **wanted)
        return url.removeprefix(BASE)

    return make


@pytest.fixture
def signed_in(
    browser: Callable[..., TestClient], link: Callable[..., str]
) -> Callable[[Actor], TestClient]:
    """Makes a browser in which somebody is signed in."""

    def make(actor: Actor) -> TestClient:
        client = browser()
        assert client.post(link(actor)).status_code == 200
        return client

    return make


@pytest.fixture
def coordinator(signed_in: Callable[[Actor], TestClient]) -> TestClient:
    return signed_in(COORDINATOR)


@pytest.fixture
def representative(signed_in: Callable[[Actor], TestClient]) -> TestClient:
    return signed_in(Actor(Role.REPRESENTATIVE, "r12"))


@pytest.fixture
def municipality(signed_in: Callable[[Actor], TestClient]) -> TestClient:
    return signed_in(Actor(Role.MUNICIPALITY, "GM0114"))


@contextmanager
def _serving(app: ASGIApp) -> Iterator[int]:
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="session")
def serving() -> Callable[[ASGIApp], AbstractContextManager[int]]:
    """Serves an application for real, on a port that it gives, while the block lasts."""
    return _serving


@pytest.fixture
def served(province: Database, now: datetime, tmp_path: Path) -> Iterator[str]:
    """The address of the application, served for real."""
    context = Context(
        settings=Settings.read({"AANTAFEL_DATA": str(tmp_path)}),
        database=province,
        key=SecretKey(b"k" * 32),
        clock=lambda: now,
    )
    with _serving(create_app(context)) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def issued(province: Database, now: datetime, served: str) -> IssuedAccount:
    with province.session() as session:
        return issue_account(session, COORDINATOR, "r12", served, at=now)


class _Reader(HTMLParser):
    """Reads a page strictly: every element is closed, in order, and every reference leads on."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: list[str] = []
        self.references: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        self._note(tag, dict(attrs))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        opened = self.open.pop() if self.open else "nothing"
        if opened != tag:
            self.faults.append(f"</{tag}> closes {opened}")

    def _note(self, tag: str, attributes: dict[str, str | None]) -> None:
        inline = tag == "style" or (tag == "script" and "src" not in attributes)
        if "style" in attributes or inline:
            self.faults.append(f"inline style or script at <{tag}>")
        if attributes.get("id"):
            self.ids.append(attributes["id"] or "")
        for name in ("for", "aria-labelledby"):
            if attributes.get(name):
                self.references.append(attributes[name] or "")
        href = attributes.get("href") or ""
        if href.startswith("#"):
            self.references.append(href[1:])


@pytest.fixture(scope="session")
def faults_of() -> Callable[[str], list[str]]:
    """What is wrong with a page's HTML: nothing, for a well-formed one."""

    def read(html: str) -> list[str]:
        reader = _Reader()
        reader.feed(html)
        reader.close()
        doubled = {each for each in reader.ids if reader.ids.count(each) > 1}
        dangling = set(reader.references) - set(reader.ids)
        return [
            *reader.faults,
            *(f"never closed: {each}" for each in reader.open),
            *(f"id twice: {each}" for each in sorted(doubled)),
            *(f"leads nowhere: {each}" for each in sorted(dangling)),
        ]

    return read
