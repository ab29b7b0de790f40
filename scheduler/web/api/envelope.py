"""What is around every answer of the API: its version, how often one may ask, and a bound."""

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from scheduler.flows.requests.paper_files import MOST_BYTES
from scheduler.web.api.problems import problem
from scheduler.web.api.version import VERSION, VERSION_HEADER

_MOST_BYTES = 256 * 1024
_MOST_WITH_A_FILE = MOST_BYTES + 64 * 1024
_FILES = re.compile(r"/requests/[^/]+/files")
_TOO_LARGE = "The body is larger than {} kB."


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

        most = _most(scope)
        length = Headers(scope=scope).get("content-length", "")
        if length.isdecimal() and int(length) > most:
            await problem(413, _TOO_LARGE.format(most // 1024))(scope, receive, sending)
            return
        await self._app(scope, _bounded(receive, most), sending)


def _most(scope: Scope) -> int:
    """How large a body may be: a file needs more room than a document."""
    path = scope["path"].removeprefix(scope.get("root_path", ""))
    takes_a_file = scope["method"] == "POST" and _FILES.fullmatch(path)
    return _MOST_WITH_A_FILE if takes_a_file else _MOST_BYTES


def _stamp(headers: MutableHeaders, scope: Scope) -> None:
    headers[VERSION_HEADER] = VERSION
    headers.setdefault("Cache-Control", "no-store")
    limit = scope.get("state", {}).get("limit")
    if limit:
        most, left, reset = limit
        headers["RateLimit-Limit"] = str(most)
        headers["RateLimit-Remaining"] = str(left)
        headers["RateLimit-Reset"] = str(reset)


def _bounded(receive: Receive, most: int) -> Receive:
    """The body as it comes, broken off where it turns out too large: nobody has to say its size."""
    got = 0

    async def receiving() -> Message:
        nonlocal got
        message = await receive()
        got += len(message.get("body", b""))
        if got > most:
            return {"type": "http.disconnect"}
        return message

    return receiving
