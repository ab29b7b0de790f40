"""Following a request by its signed link, without an account. Looking never changes anything."""

from fastapi import APIRouter

from scheduler.flows.requests.request_link import open_link
from scheduler.web.context import Anyone
from scheduler.web.pages.door_pages import add_doors
from scheduler.web.requests.door import Door

router = APIRouter()


def _opened(visit: Anyone, token: str) -> Door:
    followed = open_link(visit.session, visit.context.key, token, at=visit.at)
    return Door(
        visit=visit,
        actor=followed.actor,
        request_id=followed.request_id,
        address=f"/verzoek/{token}",
        by_link=True,
    )


add_doors(router, "/verzoek/{token}", _opened)
