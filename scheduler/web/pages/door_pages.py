"""What can be done with one request, the same for who is signed in and for who holds its link."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from scheduler.web.request_door import Door
from scheduler.web.request_forms import SentForm

_routes = APIRouter()


def doors(prefix: str, opened: Callable[..., Door]) -> APIRouter:
    """The pages under a prefix of their own; `opened` is the dependency that opens the door."""

    def keep(request: Request, door: Annotated[Door, Depends(opened, scope="function")]) -> None:
        request.state.door = door

    router = APIRouter()
    here = Depends(keep, scope="function")
    router.include_router(_routes, prefix=prefix, dependencies=[here])
    return router


def _door(request: Request) -> Door:
    door: Door = request.state.door
    return door


Opened = Annotated[Door, Depends(_door, scope="function")]


@_routes.get("")
def look(door: Opened, nieuw: str = "") -> Response:
    """How the request stands, and what can be done with it."""
    return door.show(is_new=bool(nieuw))


@_routes.get("/verzetten")
def moving(door: Opened) -> Response:
    """The form for other times, with the present ones in it."""
    return door.show_moving()


@_routes.post("/verzetten")
def move(door: Opened, sent: SentForm) -> Response:
    """Name other times."""
    return door.move(sent)


@_routes.post("/intrekken")
def withdraw(door: Opened) -> Response:
    """Take it back."""
    return door.withdraw()


@_routes.post("/stukken")
def add_papers(door: Opened, sent: SentForm) -> Response:
    """Add papers."""
    return door.add(sent)


@_routes.get("/stuk/{paper_id}")
def paper(door: Opened, paper_id: str) -> Response:
    """A file."""
    return door.paper(paper_id)


@_routes.post("/stuk/{paper_id}/weg")
def remove_paper(door: Opened, paper_id: str) -> Response:
    """Take a file away."""
    return door.take_away(paper_id)


@_routes.post("/voorstel")
def answer(door: Opened, sent: SentForm) -> Response:
    """Answer a proposal of other times."""
    return door.answer(sent)
