"""A store in memory: the reference of what a store does, and a server that fails on demand."""

import re
from collections.abc import Callable, Iterable
from datetime import timedelta
from enum import Enum, auto
from hashlib import sha256

from calendars.stores.errors import (
    Busy,
    Changed,
    Refused,
    TokenRefused,
    UidTaken,
    Unreachable,
)
from calendars.stores.protocol import Changes, Item, Ref

_UID = re.compile(rb"(?mi)^UID(?:;[^:\r\n]*)?:(.*?)\r?$")


class Fault(Enum):
    """How a request can go wrong on its way."""

    DROPPED_BEFORE = auto()
    DROPPED_AFTER = auto()  # the server did it, and nobody heard
    UNAVAILABLE = auto()
    TOO_MANY = auto()
    SILENT = auto()  # done, but without telling the new ETag


class MemoryStore:
    """A calendar in memory with ETags, conditions, unique UIDs, and sync tokens.

    Before each request `fault` is asked whether it shall fail, with its name ("put") and href.
    """

    def __init__(self, fault: Callable[[str, str], Fault | None] | None = None) -> None:
        self.fault = fault or (lambda _name, _href: None)
        self._items: dict[str, Item] = {}
        self._log: list[tuple[str, bool]] = []  # touched, and whether it stood there before

    def listing(self) -> tuple[Ref, ...]:
        """See CalendarStore."""
        self._ask("listing")
        return tuple(Ref(item.href, item.etag) for item in self._items.values())

    def get(self, hrefs: Iterable[str]) -> tuple[Item, ...]:
        """See CalendarStore."""
        self._ask("get")
        return tuple(self._items[href] for href in hrefs if href in self._items)

    def put(self, href: str, body: bytes, *, etag: str | None) -> str | None:
        """See CalendarStore."""
        fault = self._ask("put", href)
        self._check(href, etag)
        self._check_uid(href, body)
        new = self.write(href, body)
        self._answer(fault)
        return None if fault is Fault.SILENT else new

    def delete(self, href: str, *, etag: str) -> None:
        """See CalendarStore."""
        fault = self._ask("delete", href)
        if href in self._items:
            self._check(href, etag)
            self.remove(href)
        self._answer(fault)

    def token(self) -> str | None:
        """See CalendarStore."""
        self._ask("token")
        return f"memory:{len(self._log)}"

    def changes(self, token: str) -> Changes:
        """See CalendarStore."""
        self._ask("changes")
        seen = token.removeprefix("memory:")
        if not seen.isdigit() or int(seen) > len(self._log):
            raise TokenRefused(f"not a token of ours: {token}", 403)
        stood: dict[str, bool] = {}
        for href, before in self._log[int(seen) :]:
            stood.setdefault(href, before)
        touched = sorted(stood)
        return Changes(
            changed=tuple(Ref(h, self._items[h].etag) for h in touched if h in self._items),
            # What came and went in between is not told (RFC 6578, section 3.5.2 allows that).
            removed=tuple(h for h in touched if h not in self._items and stood[h]),
            token=f"memory:{len(self._log)}",
        )

    def write(self, href: str, body: bytes) -> str:
        """Write as the owner does in their own program: without condition or fault."""
        self._log.append((href, href in self._items))
        etag = f'"{sha256(b"%d:%s" % (len(self._log), body)).hexdigest()[:16]}"'
        self._items[href] = Item(href, etag, body)
        return etag

    def remove(self, href: str) -> None:
        """Take away as the owner does."""
        del self._items[href]
        self._log.append((href, True))

    def items(self) -> tuple[Item, ...]:
        """All that stands there, for whoever looks at the server itself."""
        return tuple(self._items.values())

    def _ask(self, name: str, href: str = "") -> Fault | None:
        fault = self.fault(name, href)
        if fault is Fault.DROPPED_BEFORE:
            raise Unreachable("the line broke")
        if fault is Fault.UNAVAILABLE:
            raise Unreachable("the server is in trouble", 503)
        if fault is Fault.TOO_MANY:
            raise Busy("too many requests", 429, timedelta(seconds=30))
        return fault

    def _answer(self, fault: Fault | None) -> None:
        if fault is Fault.DROPPED_AFTER:
            raise Unreachable("the line broke before the answer came")

    def _check(self, href: str, etag: str | None) -> None:
        item = self._items.get(href)
        if (item.etag if item else None) != etag:
            raise Changed(f"{href} is another version, or not there", 412)

    def _check_uid(self, href: str, body: bytes) -> None:
        found = _UID.search(body)
        if not found:
            raise Refused("an item needs a UID", 400)
        for item in self._items.values():
            other = _UID.search(item.body)
            if item.href != href and other and other[1] == found[1]:
                raise UidTaken(f"{item.href} has this UID", 409)
