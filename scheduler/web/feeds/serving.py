"""Feeds over HTTP: conditional, packed, and without anything that could keep a program out.

Programs ask for feeds more often than for anything else, and nearly always for what they have. So
who asks again within half a second is answered before the layers that pages need.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from cachetools import TTLCache
from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from scheduler.domain.clients import kind_of
from scheduler.flows.calendar_builder import Publisher
from scheduler.flows.feeds.read_feed import FeedBody, FeedShelf
from scheduler.web.context import Context
from scheduler.web.feeds.answer import Asked, RawHeaders, ReadyFeed, TooOften
from scheduler.web.meters import Meters
from scheduler.web.middleware import security_headers
from scheduler.web.pace import Pace

_ADDRESS = re.compile(r"/feeds/([^/]+)/[^/]+\.ics")
_READING = {"GET", "HEAD"}
_SECONDS_REMEMBERED = 0.5
_FEEDS_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class _Read:
    """A feed as it was in one edition of the database."""

    edition: int
    ready: ReadyFeed


class FeedDesk:
    """Reads feeds, and remembers for half a second which ones; all of it for one process.

    What this process writes is seen at once, as the database's edition rises with it; what
    another one writes half a second later at most. So a withdrawn address is closed at once.
    """

    def __init__(
        self,
        context: Context,
        *,
        meters: Meters | None = None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """`clock` gives seconds, and only moves forward; `meters` count what was read."""
        settings = context.settings
        self._context = context
        self._shelf = FeedShelf(settings.feeds, Publisher.of(settings))
        self._memory: TTLCache[tuple[str, str], _Read] = TTLCache(
            _FEEDS_REMEMBERED, _SECONDS_REMEMBERED, clock
        )
        reads = (meters or Meters()).feeds
        self._unchanged, self._whole = reads.labels("unchanged"), reads.labels("whole")
        self._refused = reads.labels("refused")
        self.pace = Pace(a_minute=settings.feeds.reads_a_minute)

    def mount(self, app: FastAPI) -> None:
        """Put the feeds under `/feeds`."""
        app.router.routes.append(Route("/feeds/{token}/{name}.ics", self))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read one feed by its secret address; the name behind it is for people.

        Raises:
            HTTPException: something else than reading was asked.
            NotFound: no feed ever had this token.
            Gone: the token has been withdrawn.
        """
        if scope["method"] not in _READING:
            raise HTTPException(405, headers={"Allow": "GET, HEAD"})
        token, asked = scope["path_params"]["token"], Asked.of(scope)
        kind = kind_of(asked.user_agent)
        edition = self._context.database.edition
        body = await run_in_threadpool(self._body, token, kind)
        ready = ReadyFeed.of(body)
        self._memory[token, kind] = _Read(edition, ready)
        await self.answer(ready, token, asked, send)

    def remembered(self, token: str, kind: str) -> ReadyFeed | None:
        """The feed as it was just read for this kind of program, where that still holds."""
        found = self._memory.get((token, kind))
        holds = found is not None and found.edition == self._context.database.edition
        return found.ready if found and holds else None

    async def answer(
        self, ready: ReadyFeed, token: str, asked: Asked, send: Send, around: RawHeaders = ()
    ) -> None:
        """Give it out, with the headers `around` every answer; to who asks too often, a wait."""
        if ready.is_known(asked):
            # Doesn't count: who asks whether anything changed costs next to nothing.
            self._unchanged.inc()
            await ready.send_nothing(asked, send, around)
        elif wait := self.pace.seconds_to_wait(token):
            self._refused.inc()
            await TooOften(wait).send(asked, send, around)
        else:
            self._whole.inc()
            await ready.send_all(asked, send, around)

    def _body(self, token: str, kind: str) -> FeedBody:
        with self._context.database.session() as session:
            return self._shelf.read(session, token, kind, at=self._context.clock())


class FeedsFirst:
    """The outermost layer: answers at once what the desk remembers, and passes on the rest.

    These answers have no line in the log: there are thousands, and all say the same.
    """

    def __init__(self, app: ASGIApp, *, desk: FeedDesk, secure: bool) -> None:
        """Wrap `app`; `secure` says that we are reached over TLS."""
        self._app = app
        self._desk = desk
        headers = security_headers(secure=secure)
        self._around = tuple((k.lower().encode(), v.encode()) for k, v in headers.items())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        found = scope["type"] == "http" and _ADDRESS.fullmatch(scope["path"])
        if not found or scope["method"] not in _READING:
            await self._app(scope, receive, send)
            return
        asked = Asked.of(scope)
        ready = self._desk.remembered(found[1], kind_of(asked.user_agent))
        if ready is None:
            await self._app(scope, receive, send)
        else:
            await self._desk.answer(ready, found[1], asked, send, self._around)
