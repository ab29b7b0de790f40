"""Feeds over HTTP: conditional, packed, and without anything that could keep a program out."""

from email.utils import format_datetime, parsedate_to_datetime
from typing import Annotated

from fastapi import APIRouter, Header, Request, Response

from scheduler.flows.read_feed import FeedBody, FeedShelf
from scheduler.web.clients import kind_of
from scheduler.web.context import DatabaseSession, context_of
from scheduler.web.pace import Pace

router = APIRouter()

_PACKED = "-gz"
_SECONDS_FRESH = 300
_TOO_OFTEN = "This calendar is read too often. Once an hour is enough.\n"


@router.api_route("/feeds/{token}/{name}.ics", methods=["GET", "HEAD"], include_in_schema=False)
def read_feed(
    request: Request,
    session: DatabaseSession,
    token: str,
    user_agent: Annotated[str, Header()] = "",
    accept_encoding: Annotated[str, Header()] = "",
) -> Response:
    """One feed by its secret address; the name behind it is for people.

    Programs that send `Cache-Control: no-cache` beside a condition get their 304 all the same:
    Thunderbird always does.
    """
    context = context_of(request)
    shelf = _shelf_of(request)
    feed = shelf.read(session, token, kind_of(user_agent), at=context.clock())
    packed = "gzip" in accept_encoding
    headers = _headers(feed, packed=packed)
    if _is_known(request, feed):
        return Response(status_code=304, headers=headers)
    # Only whole answers count: who asks whether anything changed costs next to nothing.
    if wait := _pace_of(request).seconds_to_wait(token):
        return Response(_TOO_OFTEN, status_code=429, headers={"Retry-After": str(wait)})
    if packed:
        headers["Content-Encoding"] = "gzip"
    return Response(
        feed.packed if packed else feed.plain,
        media_type="text/calendar; charset=utf-8",
        headers=headers,
    )


def _shelf_of(request: Request) -> FeedShelf:
    shelf = request.app.state.feed_shelf
    if not isinstance(shelf, FeedShelf):
        raise TypeError("the application was made without its feeds")
    return shelf


def _pace_of(request: Request) -> Pace:
    pace = request.app.state.feed_pace
    if not isinstance(pace, Pace):
        raise TypeError("the application was made without its pace")
    return pace


def _headers(feed: FeedBody, *, packed: bool) -> dict[str, str]:
    return {
        # A strong tag names exact bytes, and packed ones are others.
        "ETag": f'"{feed.etag}{_PACKED if packed else ""}"',
        "Last-Modified": format_datetime(feed.modified, usegmt=True),
        "Cache-Control": f"private, max-age={_SECONDS_FRESH}, must-revalidate",
        "Vary": "Accept-Encoding",
    }


def _is_known(request: Request, feed: FeedBody) -> bool:
    """Whether the program has these bytes already (RFC 9110, section 13.2.2)."""
    tags = request.headers.get("if-none-match")
    if tags is not None:
        known = {tag.strip().removeprefix("W/").strip('"') for tag in tags.split(",")}
        return bool(known & {"*", feed.etag, f"{feed.etag}{_PACKED}"})
    since = request.headers.get("if-modified-since")
    return since is not None and _is_since(since, feed)


def _is_since(since: str, feed: FeedBody) -> bool:
    try:
        return feed.modified <= parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return False
