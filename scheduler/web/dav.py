"""The CalDAV account under `/dav/`, and where programs look for it."""

from typing import Any, cast

from a2wsgi import WSGIMiddleware
from fastapi import APIRouter, FastAPI
from fastapi.responses import RedirectResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from calendars.account import account_app
from scheduler.flows.calendar_builder import Publisher
from scheduler.flows.feeds.calendar_source import PublishedCalendars
from scheduler.web.context import Context

PREFIX = "/dav"
_WORKERS = 8

router = APIRouter()


def mount(app: FastAPI, context: Context) -> None:
    """Put the account under `PREFIX`, with and without a slash at the end."""
    account = _account(context)
    app.router.routes.append(Route(PREFIX, account))
    app.mount(PREFIX, account)


def _account(context: Context) -> ASGIApp:
    publisher = Publisher.of(context.settings)
    source = PublishedCalendars(context.database, publisher, context.key, context.clock)
    # The three libraries each have types of their own for what the standards leave untyped.
    wsgi: Any = account_app(source, prefix=PREFIX)
    asgi: Any = WSGIMiddleware(wsgi, workers=_WORKERS)
    return cast("ASGIApp", asgi)


@router.api_route(
    "/.well-known/caldav",
    methods=["GET", "HEAD", "PROPFIND", "OPTIONS", "REPORT"],
    include_in_schema=False,
)
def well_known() -> RedirectResponse:
    """Where the account is, for a program that knows only the host (RFC 6764, section 5)."""
    return RedirectResponse(f"{PREFIX}/", status_code=301)
