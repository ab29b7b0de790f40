"""Language and colours: kept in a cookie of the browser, and nowhere else."""

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from scheduler.domain.errors import NotFound
from scheduler.web.context import Anyone
from scheduler.web.languages import LANGUAGE_COOKIE, Language
from scheduler.web.rendering import THEME_COOKIE, THEMES

router = APIRouter()

_YEAR = 365 * 24 * 3600
_SYSTEM = "vanzelf"


@router.get("/taal/{code}")
def language(visit: Anyone, code: str, terug: str = "/") -> Response:
    """Read on in another language."""
    if code not in list(Language):
        raise NotFound("taal")
    return _remember(visit.context.secure, LANGUAGE_COOKIE, code, terug)


@router.get("/weergave/{theme}")
def theme(visit: Anyone, theme: str, terug: str = "/") -> Response:
    """Read on in light or dark colours, or in those of the device ("vanzelf")."""
    if theme not in {*THEMES, _SYSTEM}:
        raise NotFound("weergave")
    return _remember(visit.context.secure, THEME_COOKIE, theme, terug)


def _remember(secure: bool, name: str, value: str, back: str) -> Response:
    response = RedirectResponse(_inside(back), status_code=303)
    response.set_cookie(name, value, max_age=_YEAR, httponly=True, samesite="lax", secure=secure)
    return response


def _inside(back: str) -> str:
    """The way back where it stays on this site: two slashes at its start would lead to another."""
    inside = back.startswith("/") and not back.startswith(("//", "/\\"))
    return back if inside and back.isprintable() else "/"
