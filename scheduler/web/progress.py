"""How far something is that is worked out: in server-sent events, or asked for again and again."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator

from fastapi import Response
from fastapi.responses import HTMLResponse, StreamingResponse
from starlette.concurrency import run_in_threadpool

# A stream ends soon and the browser comes back by itself: nothing keeps a server from stopping.
_LOOKS, _EVERY_SECONDS, _BACK_MILLISECONDS = 8, 1.0, 500

Look = Callable[[], str | None]
"""One look, in a session of its own: the part of the page that says how far it is; None is done."""


def stream(look: Look) -> Response:
    """Events named `progress`, with a part of the page, and then one named `done`."""
    return StreamingResponse(
        _events(look),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


def once(look: Look) -> Response:
    """The same for who asks again and again: a part of the page, or no content once it is done."""
    text = look()
    if text is None:
        return Response(status_code=204, headers={"Cache-Control": "no-store"})
    return HTMLResponse(text, headers={"Cache-Control": "no-store"})


async def _events(look: Look) -> AsyncIterator[str]:
    yield f"retry: {_BACK_MILLISECONDS}\n\n"
    last = ""
    for _ in range(_LOOKS):
        text = await run_in_threadpool(look)
        if text is None:
            yield "".join(_event("done", ""))
            return
        if text != last:
            yield "".join(_event("progress", text))
        last = text
        await asyncio.sleep(_EVERY_SECONDS)


def _event(name: str, text: str) -> Iterator[str]:
    """One event: every line of its text is a line of data (WHATWG HTML, section 9.2)."""
    yield f"event: {name}\n"
    yield from (f"data: {line}\n" for line in text.splitlines() or [""])
    yield "\n"
