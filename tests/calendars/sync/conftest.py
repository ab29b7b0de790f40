"""A journal that lasts, copies to keep true, and an owner who changes them."""

import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import ModuleType

import pytest

from calendars import ical, identity
from calendars.entry import Entry, Standing
from calendars.stores import Changes, Item, MemoryStore, Ref
from calendars.sync import Desired, Journal, Known, synchronise

START = datetime(2026, 6, 1, 9, tzinfo=UTC)


def entry(uid: str, revision: int = 1, **changes: object) -> Entry:
    values = {
        "uid": uid,
        "revision": revision,
        "revised_at": START,
        "starts_at": START + timedelta(days=revision),
        "ends_at": START + timedelta(days=revision, hours=2),
        "title": "Prestatieafspraken Emmen",
        "description": f"U komt namens Drenthe.\nVersie {revision}.",
        "location": "Gemeentehuis",
        "categories": ("overleg",),
    }
    return Entry(**(values | changes))


def wanted_copy(uid: str, revision: int = 1, **changes: object) -> Desired:
    resource = ical.resource(entry(uid, revision, **changes))
    return Desired(
        uid=uid, href=identity.href(uid, "account"), revision=revision, resource=resource
    )


def cancelled_copy(uid: str, revision: int) -> Desired:
    return wanted_copy(uid, revision, standing=Standing.CANCELLED)


@dataclass
class LastingJournal:
    """Keeps what it was given, as a table would."""

    rows: dict[str, Known] = field(default_factory=dict)
    last_token: str | None = None

    def known(self) -> Iterable[Known]:
        return tuple(self.rows.values())

    def save(self, known: Known) -> None:
        self.rows[known.uid] = known

    def token(self) -> str | None:
        return self.last_token

    def save_token(self, token: str | None) -> None:
        self.last_token = token


def retitled(body: bytes, title: str) -> bytes:
    """What a program writes when its owner changes the title."""
    return re.sub(rb"(?m)^SUMMARY:.*?\r$", b"SUMMARY:" + title.encode() + b"\r", body)


def with_lines(body: bytes, *lines: str) -> bytes:
    """The body with more lines in its event."""
    more = "".join(f"{line}\r\n" for line in lines).encode()
    return body.replace(b"END:VEVENT\r\n", more + b"END:VEVENT\r\n", 1)


class Killed(BaseException):
    """kill -9: nobody catches it, nothing is tidied up."""


class Life:
    """How many steps a run has left; at the end of them it is killed, before or after a deed."""

    def __init__(self, steps: int | None) -> None:
        self.left = steps

    def live(self, deed: Callable[..., object], *args: object, **named: object) -> object:
        self._tick()
        result = deed(*args, **named)
        self._tick()
        return result

    def _tick(self) -> None:
        if self.left is not None:
            self.left -= 1
            if self.left < 0:
                raise Killed


class MortalStore:
    def __init__(self, store: MemoryStore, life: Life) -> None:
        self.store, self.live = store, life.live

    def listing(self) -> tuple[Ref, ...]:
        return self.live(self.store.listing)

    def get(self, hrefs: Iterable[str]) -> tuple[Item, ...]:
        return self.live(self.store.get, hrefs)

    def put(self, href: str, body: bytes, *, etag: str | None) -> str | None:
        return self.live(self.store.put, href, body, etag=etag)

    def delete(self, href: str, *, etag: str) -> None:
        self.live(self.store.delete, href, etag=etag)

    def changes(self, token: str) -> Changes:
        return self.live(self.store.changes, token)

    def token(self) -> str | None:
        return self.live(self.store.token)


class MortalJournal:
    def __init__(self, journal: Journal, life: Life) -> None:
        self.journal, self.live = journal, life.live

    def known(self) -> Iterable[Known]:
        return self.journal.known()

    def save(self, known: Known) -> None:
        self.live(self.journal.save, known)

    def token(self) -> str | None:
        return self.journal.token()

    def save_token(self, token: str | None) -> None:
        self.live(self.journal.save_token, token)


def killed_after(
    desired: list[Desired], store: MemoryStore, journal: Journal, steps: int, **named: bool
) -> bool:
    """A run that is killed after so many steps; False where it had done before."""
    life = Life(steps)
    try:
        synchronise(desired, MortalStore(store, life), MortalJournal(journal, life), **named)
    except Killed:
        return True
    return False


@pytest.fixture
def journal() -> LastingJournal:
    return LastingJournal()


@pytest.fixture
def desired() -> Callable[..., Desired]:
    return wanted_copy


@pytest.fixture
def cancelled() -> Callable[[str, int], Desired]:
    return cancelled_copy


@pytest.fixture
def retitle() -> Callable[[bytes, str], bytes]:
    return retitled


@pytest.fixture
def add_lines() -> Callable[..., bytes]:
    return with_lines


@pytest.fixture
def helpers() -> ModuleType:
    """All of the above, for a test that needs many of them."""
    return sys.modules[__name__]
