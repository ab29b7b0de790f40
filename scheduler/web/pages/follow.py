"""Following a request by its signed link, without an account. Looking never changes anything."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from scheduler.flows.requests.request_link import open_link
from scheduler.web.context import Anyone
from scheduler.web.request_door import Door
from scheduler.web.request_forms import SentForm

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


Opened = Annotated[Door, Depends(_opened, scope="function")]


@router.get("/verzoek/{token}")
def look(door: Opened) -> Response:
    """How the request stands, and what can be done with it."""
    return door.show()


@router.get("/verzoek/{token}/verzetten")
def moving(door: Opened) -> Response:
    """The form for other times."""
    return door.show_moving()


@router.post("/verzoek/{token}/verzetten")
def move(door: Opened, sent: SentForm) -> Response:
    """Name other times."""
    return door.move(sent)


@router.post("/verzoek/{token}/intrekken")
def withdraw(door: Opened) -> Response:
    """Take it back."""
    return door.withdraw()


@router.post("/verzoek/{token}/stukken")
def add_papers(door: Opened, sent: SentForm) -> Response:
    """Add papers."""
    return door.add(sent)


@router.get("/verzoek/{token}/stuk/{paper_id}")
def paper(door: Opened, paper_id: str) -> Response:
    """A file."""
    return door.paper(paper_id)


@router.post("/verzoek/{token}/stuk/{paper_id}/weg")
def remove_paper(door: Opened, paper_id: str) -> Response:
    """Take a file away."""
    return door.take_away(paper_id)


@router.post("/verzoek/{token}/voorstel")
def answer(door: Opened, sent: SentForm) -> Response:
    """Answer a proposal of other times."""
    return door.answer(sent)
