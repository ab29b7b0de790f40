"""The pages that everybody may read."""

from fastapi import APIRouter, Response

from scheduler.web.context import Anyone
from scheduler.web.rendering import page

router = APIRouter()


@router.get("/hulp")
def help_and_contact(visit: Anyone) -> Response:
    """Who helps, and what words and signs mean."""
    return page(visit, "help.html")


@router.get("/toegankelijkheid")
def accessibility(visit: Anyone) -> Response:
    """What is done for accessibility, and what isn't known yet."""
    return page(visit, "accessibility.html")


@router.get("/privacy")
def privacy(visit: Anyone) -> Response:
    """What is kept of people, and who sees it."""
    return page(visit, "privacy.html")
