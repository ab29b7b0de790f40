"""Several provinces behind one socket: the host name that is called says which one answers.

`Host` alone decides. `X-Forwarded-Host` and `Forwarded` are never read: anybody can send them, and
a proxy before us passes `Host` on as it came.
"""

import re
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager

from anyio.to_thread import current_default_thread_limiter
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from scheduler.logs import about
from scheduler.web.middleware import security_headers

_HOST = re.compile(r"([a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:.]+\])\.?(?::[0-9]{0,5})?")
_HEALTH = "/healthz"
_AT_ONCE = 100
"""Requests that one province has under way at most. Each may hold a thread, and there are as many
threads: so a database that doesn't answer holds up its own province's pages and no other's."""


class Gate:
    """The way into one province; shut until its application is there.

    Attributes:
        name: what the log calls the province.
    """

    def __init__(self, name: str) -> None:
        """A gate that is shut."""
        self.name = name
        self._app: ASGIApp | None = None
        self._inside = 0

    @contextmanager
    def open_to(self, app: ASGIApp) -> Iterator[None]:
        """Lead to this application while the block lasts."""
        self._app = app
        try:
            yield
        finally:
            self._app = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or say that it can't be answered now."""
        if self._app is None or self._inside >= _AT_ONCE:
            shut = self._app is None and scope["path"] == _HEALTH
            await (_alive() if shut else _closed())(scope, receive, send)
            return
        self._inside += 1
        try:
            with about(self.name):
                await self._app(scope, receive, send)
        finally:
            self._inside -= 1


class ByHost:
    """One application for all: hands each request to the province that is called."""

    def __init__(self, gates: Iterable[tuple[str, Gate]]) -> None:
        """`gates` by host name, in small letters and ASCII, without a port."""
        self._gates = dict(gates)
        self._life = Starlette(lifespan=self._living)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on one request; whoever calls for nobody we know learns nothing of the others."""
        if scope["type"] == "lifespan":
            await self._life(scope, receive, send)
            return
        gate = self._gates.get(called(scope))
        if gate is not None:
            await gate(scope, receive, send)
        elif scope["path"] == _HEALTH:
            await _alive()(scope, receive, send)
        else:
            await _misdirected()(scope, receive, send)

    @asynccontextmanager
    async def _living(self, _app: Starlette) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = _AT_ONCE * max(1, len(self._gates))
        yield


def called(scope: Scope) -> str:
    """The host name that a request calls, in small letters, without a port.

    Empty where it calls none, more than one, or something that is no host name (RFC 9112, section
    3.2). A dot at the end names the same host.
    """
    given = [value for name, value in scope["headers"] if name == b"host"]
    if len(given) != 1:
        return ""
    found = _HOST.fullmatch(given[0].decode("latin-1").lower())
    return found[1].strip("[]") if found else ""


def _misdirected() -> PlainTextResponse:
    """RFC 9110, section 15.5.20."""
    return _said(421, "Hier is niets.\n\nThere is nothing here.\n")


def _closed() -> PlainTextResponse:
    return _said(
        503,
        "Even niet te bereiken. Er is niets veranderd. Probeer het over een minuut opnieuw.\n\n"
        "Out of reach for a moment. Nothing has changed. Please try again in a minute.\n",
        {"Retry-After": "60"},
    )


def _alive() -> PlainTextResponse:
    """The process lives, whichever province is called; it names none."""
    return _said(200, "ok")


def _said(status: int, text: str, headers: dict[str, str] | None = None) -> PlainTextResponse:
    around = security_headers(secure=False) | {"Cache-Control": "no-store"}
    return PlainTextResponse(text, status_code=status, headers=around | (headers or {}))
