"""What can be done with one request, the same for who is signed in and for who holds its link."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from scheduler.web.requests.door import Door
from scheduler.web.requests.forms import SentForm


def add_doors(router: APIRouter, prefix: str, opened: Callable[..., Door]) -> None:
    """Add the pages under a prefix of their own; `opened` is the dependency that opens the door."""

    def keep(request: Request, door: Annotated[Door, Depends(opened, scope="function")]) -> None:
        request.state.door = door

    for method, path, page in _PAGES:
        first = Depends(keep, scope="function")
        router.add_api_route(f"{prefix}{path}", page, methods=[method], dependencies=[first])


def _door(request: Request) -> Door:
    door: Door = request.state.door
    return door


Opened = Annotated[Door, Depends(_door, scope="function")]


def _look(door: Opened, nieuw: str = "") -> Response:
    """How the request stands, and what can be done with it."""
    return door.show(is_new=bool(nieuw))


def _moving(door: Opened) -> Response:
    """The form for other times, with the present ones in it."""
    return door.show_moving()


def _move(door: Opened, sent: SentForm) -> Response:
    """Name other times."""
    return door.move(sent)


def _withdraw(door: Opened) -> Response:
    """Take it back."""
    return door.withdraw()


def _add_papers(door: Opened, sent: SentForm) -> Response:
    """Add papers."""
    return door.add(sent)


def _paper(door: Opened, paper_id: str) -> Response:
    """A file."""
    return door.paper(paper_id)


def _remove_paper(door: Opened, paper_id: str) -> Response:
    """Take a file away."""
    return door.take_away(paper_id)


def _answer(door: Opened, sent: SentForm) -> Response:
    """Answer a proposal of other times."""
    return door.answer(sent)


_PAGES: tuple[tuple[str, str, Callable[..., Response]], ...] = (
    ("GET", "", _look),
    ("GET", "/verzetten", _moving),
    ("POST", "/verzetten", _move),
    ("POST", "/intrekken", _withdraw),
    ("POST", "/stukken", _add_papers),
    ("GET", "/stuk/{paper_id}", _paper),
    ("POST", "/stuk/{paper_id}/weg", _remove_paper),
    ("POST", "/voorstel", _answer),
)
