"""What a feed's answer says in HTTP (RFC 9110): whole, packed, unchanged, or later."""

from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Self

from starlette.types import Scope, Send

from scheduler.flows.feeds.read_feed import FeedBody

RawHeaders = tuple[tuple[bytes, bytes], ...]

_PACKED = "-gz"
_SECONDS_FRESH = 300
_TYPE = (b"content-type", b"text/calendar; charset=utf-8")
_GZIP = (b"content-encoding", b"gzip")
_TOO_OFTEN = b"This calendar is read too often. Once an hour is enough.\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a program's request says about what it wants and has."""

    wants_body: bool
    takes_gzip: bool
    user_agent: str
    tags: str | None
    since: str | None

    @classmethod
    def of(cls, scope: Scope) -> Self:
        """The request of an ASGI scope, whose header names are in small letters."""
        headers: dict[bytes, bytes] = dict(scope["headers"])
        tags, since = headers.get(b"if-none-match"), headers.get(b"if-modified-since")
        return cls(
            wants_body=scope["method"] == "GET",
            takes_gzip=b"gzip" in headers.get(b"accept-encoding", b""),
            user_agent=headers.get(b"user-agent", b"").decode("latin-1"),
            tags=None if tags is None else tags.decode("latin-1"),
            since=None if since is None else since.decode("latin-1"),
        )


@dataclass(frozen=True, slots=True)
class ReadyFeed:
    """A feed's bytes with the headers that go with them, plain and packed."""

    body: FeedBody
    plain: RawHeaders
    packed: RawHeaders

    @classmethod
    def of(cls, body: FeedBody) -> Self:
        """Write the headers once."""
        return cls(body, _validators(body, ""), _validators(body, _PACKED))

    def is_known(self, asked: Asked) -> bool:
        """Whether the program has these bytes already (RFC 9110, section 13.2.2).

        Programs that send `Cache-Control: no-cache` beside a condition get their 304 all the same:
        Thunderbird always does.
        """
        if asked.tags is not None:
            known = {tag.strip().removeprefix("W/").strip('"') for tag in asked.tags.split(",")}
            return not known.isdisjoint({"*", self.body.etag, f"{self.body.etag}{_PACKED}"})
        return asked.since is not None and _is_since(asked.since, self.body.modified)

    async def send_nothing(self, asked: Asked, send: Send, around: RawHeaders) -> None:
        """304: what the program has is right."""
        await _send(send, 304, (*self._headers(asked), *around))

    async def send_all(self, asked: Asked, send: Send, around: RawHeaders) -> None:
        """200: the whole feed, packed for who takes that."""
        content = self.body.packed if asked.takes_gzip else self.body.plain
        coding = (_GZIP,) if asked.takes_gzip else ()
        headers = (*self._headers(asked), _TYPE, *coding, _length(content), *around)
        await _send(send, 200, headers, content if asked.wants_body else b"")

    def _headers(self, asked: Asked) -> RawHeaders:
        return self.packed if asked.takes_gzip else self.plain


@dataclass(frozen=True, slots=True)
class TooOften:
    """429: the address is read too often; `wait` is in whole seconds."""

    wait: int

    async def send(self, asked: Asked, send: Send, around: RawHeaders) -> None:
        """Say when it may be read again."""
        headers = (
            (b"retry-after", b"%d" % self.wait),
            (b"content-type", b"text/plain; charset=utf-8"),
            _length(_TOO_OFTEN),
            *around,
        )
        await _send(send, 429, headers, _TOO_OFTEN if asked.wants_body else b"")


def _validators(body: FeedBody, suffix: str) -> RawHeaders:
    return (
        # A strong tag names exact bytes, and packed ones are others.
        (b"etag", f'"{body.etag}{suffix}"'.encode()),
        (b"last-modified", format_datetime(body.modified, usegmt=True).encode()),
        (b"cache-control", f"private, max-age={_SECONDS_FRESH}, must-revalidate".encode()),
        (b"vary", b"Accept-Encoding"),
    )


def _is_since(since: str, modified: datetime) -> bool:
    try:
        return modified <= parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return False


def _length(content: bytes) -> tuple[bytes, bytes]:
    return b"content-length", b"%d" % len(content)


async def _send(send: Send, status: int, headers: RawHeaders, content: bytes = b"") -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})
