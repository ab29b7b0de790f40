"""What the account needs to be told: who somebody is, their calendars, and what changed."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from calendars import identity
from calendars.account.writing import Condition, Stored
from calendars.entry import Entry
from calendars.errors import BadEntry
from calendars.ical import fragment, resource

_SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,127}")
_COLOUR = re.compile("#[0-9A-Fa-f]{6}")


def is_safe_name(name: str) -> bool:
    """Whether this can stand in an address as it is: letters, digits, and `.`, `_`, `@`, `-`."""
    return _SAFE_NAME.fullmatch(name) is not None


class Openness(StrEnum):
    """What a program may write in a calendar."""

    READ_ONLY = "read-only"
    KNOWN_EVENTS = "known events"  # those that the source has put there, and no others
    ALL_EVENTS = "all events"


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """One calendar of an account.

    Attributes:
        name: the last part of its address, such as `overleggen`.
        display_name: what programs show it as.
        revision: rises whenever any of its items comes, changes or goes, and never falls.
        revised_at: the instant of that revision.
        description: a sentence on what it holds.
        colour: as `#rrggbb`; a program may choose another.
        epoch: anything that differs once revisions are counted anew, as after putting back a
            backup; clients then fetch everything again instead of missing changes.
        openness: what may be written in it.
    """

    name: str
    display_name: str
    revision: int
    revised_at: datetime
    description: str = ""
    colour: str = "#2f6b4f"
    epoch: str = ""
    openness: Openness = Openness.READ_ONLY

    def __post_init__(self) -> None:
        """Refuse what can't stand in an address or an answer.

        Raises:
            BadEntry: an unsafe name, a colour in another form, or a negative revision.
        """
        if not is_safe_name(self.name):
            raise BadEntry(f"{self.name!r} can't be part of an address.")
        if not _COLOUR.fullmatch(self.colour):
            raise BadEntry(f"A colour is written as #rrggbb, not {self.colour!r}.")
        if self.revision < 0:
            raise BadEntry(f"A revision is 0 or more, not {self.revision}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One event of a calendar.

    Attributes:
        href: the last part of its address; see `identity.href`.
        uid: the event's UID.
        fragment: its VEVENT, as `ical.fragment` writes it.
        revised_at: the instant of its revision.
        starts_at, ends_at: instants; the end isn't included.
        whole: the resource as a program wrote it, to be given back to the byte; empty where it is
            made of the fragment.
        searched: the VEVENTs by which questions about it are answered, where that aren't its own:
            what a stranger wrote is shown, and never searched.
        version: anything that differs after each writing, where the content may be the same again.
    """

    href: str
    uid: str
    fragment: bytes
    revised_at: datetime
    starts_at: datetime
    ends_at: datetime
    whole: bytes = b""
    searched: bytes = b""
    version: str = ""

    def __post_init__(self) -> None:
        """Raise BadEntry for a name that can't stand in an address."""
        if not is_safe_name(self.href):
            raise BadEntry(f"{self.href!r} can't be part of an address.")

    @property
    def content(self) -> bytes:
        """The whole resource."""
        return self.whole or resource(self.fragment)

    @property
    def etag(self) -> str:
        """Its strong entity tag, with quotes."""
        return identity.etag(self.content + self.version.encode())


def item_of(entry: Entry) -> Item:
    """The item that shows an entry."""
    return Item(
        href=identity.href(entry.uid),
        uid=entry.uid,
        fragment=fragment(entry),
        revised_at=entry.revised_at,
        starts_at=entry.starts_at,
        ends_at=entry.ends_at,
    )


class CalendarSource(Protocol):
    """Where an account's data come from. Called from several threads, for each request anew.

    What it raises goes through to the server that runs the account: an answer is made from what
    it said, or there is none.
    """

    def authenticate(self, username: str, password: str, program: str) -> str | None:
        """Whose account this opens, or None; `program` is what it calls itself (User-Agent).

        The owner's name is the first part of the account's addresses (`/dav/<owner>/`), so it
        needs to be a safe one (`is_safe_name`). A wrong username should cost as much time as a
        wrong password. Slowing down who keeps guessing is up to the application, here or before.
        """

    def address(self, owner: str) -> str:
        """The address under which the owner is invited, such as `mailto:r1@example.org`."""

    def calendars(self, owner: str) -> Sequence[Calendar]:
        """The owner's calendars. Always read before their items and changes."""

    def items(self, owner: str, calendar: str) -> Sequence[Item]:
        """Everything in one of the owner's calendars, as of now."""

    def changed_since(self, owner: str, calendar: str, revision: int) -> Collection[str] | None:
        """The hrefs of what came, changed or went after this revision.

        None where that can't be said any more: the client then fetches everything again. Too many
        do no harm; an href that `items` doesn't hold counts as gone.
        """

    def put(
        self, owner: str, calendar: str, href: str, content: bytes, condition: Condition
    ) -> Stored:
        """Take what a program wrote; asked only of calendars that are open.

        The condition is to be checked against the item's `etag` (None where there is none) in the
        same transaction that writes.

        Raises:
            WriteRefused, BadCalendar: it isn't taken, and nothing has changed.
        """

    def delete(self, owner: str, calendar: str, href: str, condition: Condition) -> None:
        """Take out what a program deleted; as `put` for the rest."""
