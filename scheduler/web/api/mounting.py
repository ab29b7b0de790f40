"""The API beside the pages: everything under its address is its own to answer."""

from starlette.types import ASGIApp, Receive, Scope, Send

from scheduler.web.api.version import PREFIX


class ApiFirst:
    """Hands the API what is the API's, before pages are looked through.

    A mount would do, but for addresses with a line break in them: those it passes on to the pages,
    whose answer is no problem document.
    """

    def __init__(self, app: ASGIApp, *, api: ASGIApp) -> None:
        """Wrap `app`, the pages, with `api` beside them."""
        self._app, self._api = app, api

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http" and f"{scope['path']}/".startswith(f"{PREFIX}/"):
            root = scope.get("root_path", "") + PREFIX
            await self._api({**scope, "root_path": root}, receive, send)
        else:
            await self._app(scope, receive, send)
