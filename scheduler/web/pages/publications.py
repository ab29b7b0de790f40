"""What a publication changed."""

from fastapi import APIRouter, Response

from scheduler.db import published
from scheduler.web.context import Coordinating
from scheduler.web.rendering import page

router = APIRouter()


@router.get("/publicatie/{number}")
def publication(visit: Coordinating, number: int) -> Response:
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
