"""How far something is that is worked out: in server-sent events, or asked for again and again."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse, StreamingResponse
from starlette.concurrency import run_in_threadpool

from scheduler.web.context import Coordinating, Visit
from scheduler.web.sizes import Number

# A stream ends soon and the browser comes back by itself: nothing keeps a server from stopping.
_LOOKS, _EVERY_SECONDS, _BACK_MILLISECONDS = 8, 1.0, 500

Look = Callable[[Visit, int], str | None]
"""One look, in a session of its own, at what bears a number: the part of the page that says how far
it is; None once it is done. NotFound where nothing bears it."""


def add_progress(router: APIRouter, page: str, look: Look) -> None:
    """Add how far something is, under the path of its page; that path holds a `{number}`."""

    @router.get(f"{page}/voortgang")
    def stream(visit: Coordinating, number: Number) -> Response:
        """How far it is, in server-sent events."""
        return _stream(partial(look, visit, number))

    @router.get(f"{page}/stand")
    def now(visit: Coordinating, number: Number) -> Response:
        """How far it is at this moment; no content once it is there."""
        return _once(look(visit, number))


def _stream(look: Callable[[], str | None]) -> Response:
    """Events named `progress`, with a part of the page, and then one named `done`."""
    first = look()  # before the answer begins: what isn't there is not found
    return StreamingResponse(
        _events(look, first),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


def _once(text: str | None) -> Response:
    """The same for who asks again and again: a part of the page, or no content once it is done."""
    if text is None:
        return Response(status_code=204, headers={"Cache-Control": "no-store"})
    return HTMLResponse(text, headers={"Cache-Control": "no-store"})


async def _events(look: Callable[[], str | None], text: str | None) -> AsyncIterator[str]:
    yield f"retry: {_BACK_MILLISECONDS}\n\n"
    last = ""
    for _ in range(_LOOKS):
        if text is None:
            yield "".join(_event("done", ""))
            return
        if text != last:
            yield "".join(_event("progress", text))
        last = text
        await asyncio.sleep(_EVERY_SECONDS)
        text = await run_in_threadpool(look)


def _event(name: str, text: str) -> Iterator[str]:
    """One event: every line of its text is a line of data (WHATWG HTML, section 9.2)."""
    yield f"event: {name}\n"
    yield from (f"data: {line}\n" for line in text.splitlines() or [""])
    yield "\n"
