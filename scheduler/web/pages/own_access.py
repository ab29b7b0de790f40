"""One's own sign-in: where one is signed in, and with what one proves it twice."""

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from scheduler.domain.access import PROVE_TWICE
from scheduler.flows.access.second import (
    factors_of,
    recovery_codes_left,
    remove_factor,
    renew_recovery_codes,
)
from scheduler.flows.access.sessions import browsers_of, end_browser, end_browsers
from scheduler.web.context import SignedIn
from scheduler.web.cookies import forget_session
from scheduler.web.pages.second_step import must_be_fresh, relying_on
from scheduler.web.rendering import page

router = APIRouter(prefix="/inlog")


@router.get("")
def look(visit: SignedIn, melding: str = "") -> Response:
    """Where this account is signed in, and its second factors."""
    proves_twice = visit.who.role in PROVE_TWICE
    return page(
        visit,
        "own_access.html",
        tab="inlog",
        browsers=browsers_of(visit.session, visit.who, at=visit.at),
        this=visit.signed_in.id if visit.signed_in else "",
        proves_twice=proves_twice,
        factors=factors_of(visit.session, visit.who) if proves_twice else (),
        codes_left=recovery_codes_left(visit.session, visit.who),
        passkeys=relying_on(visit.context).is_possible,
        said=melding,
    )


@router.post("/browser/{session_id}/einde")
def end(visit: SignedIn, session_id: str) -> Response:
    """End one session; a browser that ends its own is signed out."""
    end_browser(visit.session, visit.who, session_id, at=visit.at)
    if visit.signed_in and visit.signed_in.id == session_id:
        return _out(visit)
    return RedirectResponse("/inlog?melding=einde", status_code=303)


@router.post("/overal-uit")
def end_all(visit: SignedIn) -> Response:
    """End every session, this one too."""
    end_browsers(visit.session, visit.who, at=visit.at)
    return _out(visit)


@router.post("/herstelcodes")
def renew_codes(visit: SignedIn) -> Response:
    """Make new recovery codes; they stand in this one answer, and nowhere else."""
    _must_be_fresh(visit)
    shown = renew_recovery_codes(visit.session, visit.who, at=visit.at)
    return page(visit, "second_codes.html", codes=shown.codes)


@router.post("/tweede/{factor_id}/weg")
def remove(visit: SignedIn, factor_id: str) -> Response:
    """Take a second factor away."""
    _must_be_fresh(visit)
    remove_factor(visit.session, visit.who, factor_id, at=visit.at)
    return RedirectResponse("/inlog?melding=weg", status_code=303)


def _must_be_fresh(visit: SignedIn) -> None:
    if visit.signed_in is not None:
        must_be_fresh(visit, visit.signed_in)


def _out(visit: SignedIn) -> Response:
    response = RedirectResponse("/inloggen?uit=ja", status_code=303)
    forget_session(response, visit.context)
    return response
