"""The feed of publications over HTTP: conditional, and by its secret address alone."""

from email.utils import format_datetime
from hashlib import sha256
from typing import Annotated

from fastapi import APIRouter, Header, Request, Response

from scheduler.domain.clients import kind_of
from scheduler.flows.publishing.publication_feed import read_publications
from scheduler.web.context import DatabaseSession, context_of
from scheduler.web.feeds.atom import ATOM_TYPE, atom_feed
from scheduler.web.feeds.serving import FeedDesk

router = APIRouter()

_TOO_OFTEN = "This feed is read too often. Once an hour is enough.\n"
_SECONDS_FRESH = 300


@router.api_route(
    "/publicaties/{token}/aan-tafel.atom", methods=["GET", "HEAD"], include_in_schema=False
)
def read(
    request: Request,
    session: DatabaseSession,
    token: str,
    user_agent: Annotated[str, Header()] = "",
    if_none_match: Annotated[str, Header()] = "",
) -> Response:
    """The newest publications; 304 where the reader has them already (RFC 9110, 13.1.2)."""
    desk: FeedDesk = request.app.state.feeds
    if wait := desk.pace.seconds_to_wait(token):
        return Response(_TOO_OFTEN, status_code=429, headers={"Retry-After": str(wait)})
    context = context_of(request)
    feed = read_publications(session, token, kind_of(user_agent), at=context.clock())
    body = atom_feed(feed, context.base_url)
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    headers = {
        "ETag": tag,
        "Last-Modified": format_datetime(feed.updated_at, usegmt=True),
        "Cache-Control": f"private, max-age={_SECONDS_FRESH}, must-revalidate",
    }
    known = {each.strip().removeprefix("W/") for each in if_none_match.split(",")}
    if known & {"*", tag}:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=ATOM_TYPE, headers=headers)
