"""The application on a moving clock, with everybody at a browser, a program or a mailbox."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import unescape
from pathlib import Path
from typing import Any

from httpx2 import Response
from starlette.testclient import TestClient

from scheduler.db.engine import Database
from scheduler.domain.access import SYSTEM, Actor
from scheduler.domain.terms import ApiScope, Role
from scheduler.flows.access.sign_in import new_sign_in_link
from scheduler.jobs.all_rounds import all_rounds
from scheduler.jobs.planning import solve_next
from scheduler.keyring import secret_key
from scheduler.settings import Settings
from scheduler.web.app import create_app
from scheduler.web.context import Context

BASE = "http://127.0.0.1:8000"
_IDLE, _LASTING = timedelta(days=13), timedelta(days=29)
"""How long a browser stays signed in, unused and at all: somebody signs in again before."""

_TAG = re.compile(r"<[^>]*>")
_LINK = re.compile(rf"{BASE}(/[^\s>\"]+)")


class Clock:
    """A clock that only the play moves."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail that went out: to whom, what it says, and where its links lead."""

    to: str
    subject: str
    text: str
    links: tuple[str, ...]


@dataclass(slots=True)
class _Browser:
    client: TestClient
    opened_at: datetime
    used_at: datetime


@dataclass
class Stage:
    """Everybody acts through here, by the same addresses as people and programs do."""

    database: Database
    folder: Path
    clock: Clock
    letters: list[Letter] = field(default_factory=list)
    context: Context = field(init=False)
    _browsers: dict[Actor, _Browser] = field(default_factory=dict)
    _programs: dict[Actor, TestClient] = field(default_factory=dict)
    _read: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.context = Context(
            settings=Settings.read({"AANTAFEL_DATA": str(self.folder)}),
            database=self.database,
            key=secret_key(self.folder),
            clock=self.clock,
        )
        self._app = create_app(self.context)
        self._rounds = all_rounds(
            self.context.settings, self.database, self.context.key, self.clock
        )

    def get(self, who: Actor | None, path: str, *, status: int = 200) -> Response:
        """Look at a page."""
        return self._answered(self.browser(who).get(path), status)

    def post(self, who: Actor | None, path: str, *, status: int = 200, **typed: Any) -> Response:
        """Send a form, and follow where it leads."""
        return self._answered(self.browser(who).post(path, data=typed), status)

    @staticmethod
    def _answered(answer: Response, status: int) -> Response:
        assert answer.status_code == status, (
            answer.request.url,
            answer.status_code,
            said(answer.text)[:900],
        )
        return answer

    def browser(self, who: Actor | None) -> TestClient:
        """The browser in which somebody is signed in, anew where that ran out; None is nobody."""
        if who is None:
            return TestClient(self._app, base_url=BASE, client=("127.0.0.1", 50_000))
        now, held = self.clock(), self._browsers.get(who)
        if held is None or now - held.used_at > _IDLE or now - held.opened_at > _LASTING:
            client = self.browser(None)
            with self.database.session() as session:
                link = new_sign_in_link(session, SYSTEM, who, BASE, minutes=15, at=now)
            self._answered(client.post(link.removeprefix(BASE)), 200)
            held = self._browsers[who] = _Browser(client, now, now)
        held.used_at = now
        return held.client

    def program(self, who: Actor) -> TestClient:
        """A body's own program; it makes itself a key on the page for that, once."""
        if who not in self._programs:
            scopes = [each.value for each in ApiScope]
            page = self.post(who, "/sleutels", naam="zaaksysteem", scopes=scopes).text
            secret = re.search(r"<code>([^<]+)</code>", page)
            assert secret
            self._programs[who] = TestClient(
                self._app,
                base_url=f"{BASE}/api/v1",
                headers={"Authorization": f"Bearer {secret[1]}"},
            )
        return self._programs[who]

    def look_after(self, *rounds: str) -> None:
        """What the clock does by itself: all of it, or these rounds one after another."""
        known = {each.name: each for each in self._rounds}
        for name in rounds or known:
            known[name].work(lambda: False)
        self.letters += self._arrived()

    def solve(self) -> int:
        """Let the planner work off one plan; gives its number."""
        number = solve_next(self.database, self.context.policy, clock=self.clock)
        assert number is not None
        return number

    def link(self, to: str, path: str) -> str:
        """The newest link of a kind that somebody was mailed."""
        found = [
            each
            for letter in reversed(self.letters)
            if letter.to == to
            for each in letter.links
            if each.startswith(path)
        ]
        assert found, (to, path, [each for each in self.letters if each.to == to][-3:])
        return found[0]

    def _arrived(self) -> Iterator[Letter]:
        for path in sorted((self.folder / "post").glob("*.eml")):
            if path.name not in self._read:
                self._read.add(path.name)
                yield _letter(message_from_bytes(path.read_bytes(), policy=policy.default))


def said(page: str) -> str:
    """What a page says, without its markup and the marks where words may break."""
    main = page.partition("<main")[2].partition("</main>")[0] or page
    return " ".join(unescape(_TAG.sub(" ", main)).replace("\u00ad", "").split())


def board(organisation: str) -> Actor:
    """The board of an organisation."""
    return Actor(Role.BOARD, organisation)


def person(representative: str) -> Actor:
    """A representative."""
    return Actor(Role.REPRESENTATIVE, representative)


def town(code: str) -> Actor:
    """A municipality."""
    return Actor(Role.MUNICIPALITY, code)


def _letter(message: EmailMessage) -> Letter:
    body = message.get_body(("plain",))
    text = "" if body is None else body.get_content()
    return Letter(str(message["To"]), str(message["Subject"]), text, tuple(_LINK.findall(text)))
