"""What is around every answer of the API: its version, how often one may ask, and a bound."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from scheduler.web.api.problems import problem
from scheduler.web.api.version import VERSION, VERSION_HEADER

_MOST_BYTES = 256 * 1024
_TOO_LARGE = "The body is larger than 256 kB."


class Envelope:
    """The outermost layer of the API."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                _stamp(MutableHeaders(scope=message), scope)
            await send(message)

        length = Headers(scope=scope).get("content-length", "")
        if length.isdecimal() and int(length) > _MOST_BYTES:
            await problem(413, _TOO_LARGE)(scope, receive, sending)
            return
        await self._app(scope, _bounded(receive), sending)


def _stamp(headers: MutableHeaders, scope: Scope) -> None:
    headers[VERSION_HEADER] = VERSION
    headers.setdefault("Cache-Control", "no-store")
    limit = scope.get("state", {}).get("limit")
    if limit:
        most, left, reset = limit
        headers["RateLimit-Limit"] = str(most)
        headers["RateLimit-Remaining"] = str(left)
        headers["RateLimit-Reset"] = str(reset)


def _bounded(receive: Receive) -> Receive:
    """The body as it comes, broken off where it turns out too large: nobody has to say its size."""
    got = 0

    async def receiving() -> Message:
        nonlocal got
        message = await receive()
        got += len(message.get("body", b""))
        if got > _MOST_BYTES:
            return {"type": "http.disconnect"}
        return message

    return receiving
