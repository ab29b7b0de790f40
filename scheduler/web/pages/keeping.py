"""The administrator's page: who works here, and who can come in no more."""

from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse

from scheduler.domain.errors import BadInput
from scheduler.domain.terms import Role
from scheduler.flows.access.staff import add_colleague, colleagues, end_colleague, lock_out
from scheduler.mail import Office
from scheduler.web.context import SignedIn, Visit
from scheduler.web.rendering import language_of, page

router = APIRouter(prefix="/beheer")

_ROLES = (Role.COORDINATOR, Role.AUDITOR, Role.ADMINISTRATOR)
Text = Annotated[str, Form()]


@router.get("")
def look(visit: SignedIn, melding: str = "") -> Response:
    """Who works here."""
    return _page(visit, said=melding)


@router.post("/medewerkers")
def add(visit: SignedIn, naam: Text = "", adres: Text = "", rol: Text = "") -> Response:
    """Let somebody sign in from now on."""
    try:
        add_colleague(
            visit.session,
            visit.who,
            _office(visit),
            Role(rol) if rol in _ROLES else Role.SYSTEM,
            name=naam,
            typed=adres,
            at=visit.at,
        )
    except BadInput as error:
        visit.session.rollback()
        return _page(visit, error=error, typed=(naam, adres, rol))
    return RedirectResponse("/beheer?melding=erbij", status_code=303)


@router.post("/medewerkers/{staff_id}/sluit")
def shut(visit: SignedIn, staff_id: str) -> Response:
    """End all sessions of somebody who lost a phone."""
    lock_out(visit.session, visit.who, staff_id, at=visit.at)
    return RedirectResponse("/beheer?melding=gesloten", status_code=303)


@router.post("/medewerkers/{staff_id}/einde")
def end(visit: SignedIn, staff_id: str) -> Response:
    """Let somebody in no more."""
    try:
        end_colleague(visit.session, visit.who, staff_id, at=visit.at)
    except BadInput as error:
        visit.session.rollback()
        return _page(visit, error=error)
    return RedirectResponse("/beheer?melding=einde", status_code=303)


def _page(
    visit: Visit,
    *,
    error: BadInput | None = None,
    typed: tuple[str, str, str] = ("", "", ""),
    said: str = "",
) -> Response:
    language = language_of(visit.request).value
    faults = [getattr(each, language) for each in error.sentences] if error else []
    return page(
        visit,
        "keeping.html",
        tab="nu",
        status=400 if error else 200,
        colleagues=colleagues(visit.session, visit.who, _office(visit), at=visit.at),
        roles=_ROLES,
        faults={"naam": " ".join(faults)} if faults else {},
        typed=typed,
        said=said,
    )


def _office(visit: Visit) -> Office:
    return Office.of(visit.context.settings, visit.context.key)
