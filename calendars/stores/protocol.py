"""What a place for calendar items can do."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Ref:
    """That an item stands at `href`, and which version; `etag` with its quotes."""

    href: str
    etag: str


@dataclass(frozen=True, slots=True)
class Item:
    """An item with its bytes."""

    href: str
    etag: str
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What has changed since a token, and the token to ask with next time."""

    changed: tuple[Ref, ...]
    removed: tuple[str, ...]
    token: str


class CalendarStore(Protocol):
    """One calendar (collection) of somebody's.

    HREF is the item's name within the calendar, such as `plan-0a1b….ics`. ETAG names one
    version of it. Every method raises StoreError; those named are the ones to act on.
    """

    def listing(self) -> tuple[Ref, ...]:
        """Every item; Missing where the calendar itself is gone."""
        ...

    def get(self, hrefs: Iterable[str]) -> tuple[Item, ...]:
        """These items, in any order; those that are not there are left out."""
        ...

    def put(self, href: str, body: bytes, *, etag: str | None) -> str | None:
        """Write one item: over the version `etag`, or with None only where nothing stands.

        Returns the new ETag, or None where the server kept it to itself: then read it.

        Raises:
            Changed: another version stands there, or something does with `etag` None.
            UidTaken: the UID stands elsewhere.
            Unreachable: it may or may not have been written.
        """
        ...

    def delete(self, href: str, *, etag: str) -> None:
        """Take away the version `etag`; an item that is gone already is no error.

        Raises:
            Changed: another version stands there.
            Unreachable: it may or may not have been taken away.
        """
        ...

    def token(self) -> str | None:
        """The calendar's sync token of now (RFC 6578, section 4); None where it has none."""
        ...

    def changes(self, token: str) -> Changes:
        """What has changed since the token; TokenRefused where that cannot be told."""
        ...
