"""Writing: on what condition, what came of it, and why not."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self
from wsgiref.types import WSGIEnvironment

from calendars.errors import CalendarError

_TAG = re.compile(r'(?:W/)?"[^"]*"|\*')
_ANY = frozenset("*")


@dataclass(frozen=True, slots=True)
class Condition:
    """On what condition a program wants to write (RFC 9110, section 13.1); None is none.

    Attributes:
        match: one of these entity tags, or `*` for any, is there.
        none_match: none of these is.
    """

    match: frozenset[str] | None = None
    none_match: frozenset[str] | None = None

    @classmethod
    def of(cls, environ: WSGIEnvironment) -> Self:
        """The condition of a request."""
        return cls(_tags(environ, "HTTP_IF_MATCH"), _tags(environ, "HTTP_IF_NONE_MATCH"))

    def check(self, etag: str | None) -> None:
        """Raise WriteRefused where the condition doesn't hold of this tag, or of nothing (None)."""
        here = frozenset({etag, "*"}) if etag else frozenset()
        wanted = self.match is None or bool(self.match & here)
        unwanted = self.none_match is not None and bool(self.none_match & here)
        if not wanted or unwanted:
            raise WriteRefused(Why.CHANGED)


def _tags(environ: WSGIEnvironment, name: str) -> frozenset[str] | None:
    stated = environ.get(name)
    return None if stated is None else frozenset(_TAG.findall(stated))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What came of a writing.

    Attributes:
        created: whether it wasn't there before.
        etag: the new tag where what was written is kept to the byte; None where the program has
            to look what became of it (RFC 4791, section 5.3.4).
    """

    created: bool
    etag: str | None = None


class Why(StrEnum):
    """Why something isn't taken."""

    CHANGED = "changed"  # it isn't what the program has seen
    ABSENT = "absent"
    FOREIGN = "foreign"  # an event that isn't ours, where only ours can be
    UID_TAKEN = "uid taken"
    TOO_LARGE = "too large"
    TOO_MANY = "too many"
    NO_EVENT = "no event"  # a task, a journal, a contact


class WriteRefused(CalendarError):
    """What a program wrote isn't taken; `href` names what has its UID already."""

    def __init__(self, why: Why, href: str = "") -> None:
        super().__init__(f"refused: {why}")
        self.why = why
        self.href = href
