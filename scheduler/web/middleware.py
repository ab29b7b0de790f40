"""What surrounds every answer: security headers, one line in the log, and a calm last resort."""

import re
from time import monotonic

from starlette.datastructures import MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from scheduler.logs import begin_request, log, log_request, scrubbed, where
from scheduler.web.meters import Answered

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; object-src 'none'; script-src 'self'; connect-src 'self';"
        " style-src 'self'; font-src 'self'; img-src 'self' data:;"
        " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
_YEAR = 365 * 24 * 3600
# Calendars and feeds set their own validators over their own bytes.
_UNCOMPRESSED = ("/dav", "/feeds", "/.well-known")


def security_headers(*, secure: bool) -> dict[str, str]:
    """What every answer tells browsers; `secure` says that we are reached over TLS."""
    strict = {"Strict-Transport-Security": f"max-age={_YEAR}; includeSubDomains"}
    return _HEADERS | (strict if secure else {})


class Edge:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, *, secure: bool, answered: Answered) -> None:
        """Wrap `app`; `secure` says that we are reached over TLS; `answered` counts."""
        self._app = app
        self._headers = security_headers(secure=secure)
        self._answered = answered

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = monotonic(), 0
        name = begin_request(_named(scope))

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for header, value in self._headers.items():
                    headers.setdefault(header, value)
                headers.setdefault("X-Request-Id", name)
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except Exception as error:  # noqa: BLE001 - the last resort before the server's own
            log.error("%s %s: %s", scope["method"], scrubbed(scope["path"]), where(error))
            if not status:
                await _sorry()(scope, receive, sending)
        seconds = monotonic() - started
        self._answered(scope["path"], status, seconds)
        log_request(scope["method"], scrubbed(scope["path"]), status, seconds)


def _named(scope: Scope) -> str:
    """What a proxy before us calls this request, where it says so in plain signs."""
    given = dict(scope["headers"]).get(b"x-request-id", b"").decode("latin-1")
    return given if _REQUEST_ID.fullmatch(given) else ""


def _sorry() -> PlainTextResponse:
    text = (
        "Er ging iets mis bij ons. Er is niets veranderd. Probeer het over een minuut opnieuw.\n\n"
        "Something went wrong on our side. Nothing has changed. Please try again in a minute.\n"
    )
    return PlainTextResponse(text, status_code=500)


class GzipPages(GZipMiddleware):
    """Compression for pages and styles only."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass calendars by untouched."""
        if scope["type"] == "http" and scope["path"].startswith(_UNCOMPRESSED):
            await self.app(scope, receive, send)
            return
        await super().__call__(scope, receive, send)
