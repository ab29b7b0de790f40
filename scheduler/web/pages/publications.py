"""What a publication changed."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from scheduler.db import published
from scheduler.web.context import Coordinating
from scheduler.web.rendering import page

router = APIRouter()

Number = Annotated[int, Path(ge=1, lt=2**31)]
"""What the database can hold as a number."""


@router.get("/publicatie/{number}")
def publication(visit: Coordinating, number: Number) -> Response:
    """The publication with its changes, and the way to the ones around it."""
    found = published.publication(visit.session, number)
    newest = published.latest_publication(visit.session)
    return page(
        visit,
        "publication.html",
        publication=found,
        changed=published.publication_changes(visit.session, visit.who, number),
        latest=newest.number if newest else number,
    )
