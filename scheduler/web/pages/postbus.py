"""The outbox: what will go out, to whom and why; and what came back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Form, Path, Response
from fastapi.responses import RedirectResponse

from scheduler.db import outbox
from scheduler.db.outbox import OutgoingView
from scheduler.domain.terms import MailState, Role
from scheduler.flows.mail.board_members import add_board_member
from scheduler.flows.mail.contact_persons import add_contact, contact_persons, remove_contact
from scheduler.flows.mail.outbox import close_reply, release_mail, retry_mail, withdraw_mail
from scheduler.flows.mail.show_letter import show_letter
from scheduler.mail import Office
from scheduler.web.bodies import boards, bodies, body_named
from scheduler.web.context import Coordinating, Visit
from scheduler.web.rendering import page
from scheduler.web.sizes import PageNumber

router = APIRouter()

Number = Annotated[int, Path(ge=1, lt=2**31)]
"""What the database can hold as a number."""

_FEW = 25
_DONE = (MailState.SENT, MailState.WITHDRAWN)
_SIZE = 50
"""How many mails of a pile stand on one page."""
_PILES = {
    "mislukt": MailState.FAILED,
    "wacht": MailState.HELD,
    "gaat": MailState.WAITING,
}


@dataclass(frozen=True, slots=True)
class Pile:
    """The mails in one state, as far as they stand on this page, and how many there are."""

    number: int
    sheet: int
    mails: Sequence[OutgoingView]


@router.get("/postbus")
def post(visit: Coordinating, stapel: str = "", blad: PageNumber = 1) -> Response:
    """What waits, what failed, what came back, and what went last; or more of one pile."""
    office, whole = _office(visit), stapel not in _PILES
    piles = {
        name: _pile(visit, state, blad if name == stapel else 1)
        for name, state in _PILES.items()
        if whole or name == stapel
    }
    return page(
        visit,
        "postbus.html",
        tab="postbus",
        piles=piles,
        held=outbox.number_in(visit.session, visit.who, MailState.HELD),
        done=outbox.outgoing(visit.session, visit.who, _DONE, most=_FEW) if whole else (),
        replies=outbox.replies(visit.session, visit.who) if whole else (),
        size=_SIZE,
        hold=office.hold,
        folder="" if office.mail.smtp_host else office.folder,
    )


def _pile(visit: Visit, state: MailState, sheet: int) -> Pile:
    session, who = visit.session, visit.who
    number = outbox.number_in(session, who, state)
    if not number:
        return Pile(0, sheet, ())
    mails = outbox.outgoing(session, who, (state,), skip=(sheet - 1) * _SIZE, most=_SIZE)
    return Pile(number, sheet, mails)


@router.post("/postbus/versturen")
def release_all(visit: Coordinating) -> Response:
    """Let everything that is held go."""
    release_mail(visit.session, visit.who, at=visit.at)
    return _back()


@router.get("/postbus/adressen")
def addresses(visit: Coordinating) -> Response:
    """The contact persons of bodies that ask, and the board members of the organisations."""
    return page(
        visit,
        "postbus_addresses.html",
        tab="postbus",
        contacts=contact_persons(visit.session, visit.who, _office(visit)),
        bodies=bodies(visit.session),
        boards=boards(visit.session),
    )


@router.post("/postbus/adressen")
def add(
    visit: Coordinating,
    van: Annotated[str, Form()] = "",
    functie: Annotated[str, Form()] = "",
    adres: Annotated[str, Form()] = "",
) -> Response:
    """Mail a contact person or board member from now on."""
    body = body_named(visit.session, van)
    if body.role is Role.BOARD and body.subject:
        add_board_member(
            visit.session,
            visit.who,
            _office(visit),
            body.subject,
            function=functie,
            typed=adres,
            at=visit.at,
        )
    else:
        add_contact(
            visit.session,
            visit.who,
            _office(visit),
            body,
            function=functie,
            typed=adres,
            at=visit.at,
        )
    return RedirectResponse("/postbus/adressen", status_code=303)


@router.post("/postbus/adressen/{address_id}/stoppen")
def remove(visit: Coordinating, address_id: str) -> Response:
    """Stop mailing a contact person or a board member."""
    remove_contact(visit.session, visit.who, address_id, at=visit.at)
    return RedirectResponse("/postbus/adressen", status_code=303)


@router.post("/postbus/antwoord/{reply_id}/klaar")
def close(visit: Coordinating, reply_id: Number) -> Response:
    """Lay aside something that came back."""
    close_reply(visit.session, visit.who, reply_id, at=visit.at)
    return _back()


@router.get("/postbus/{mail_id}")
def mail(visit: Coordinating, mail_id: Number) -> Response:
    """One mail: why it goes, to whom, and what it says."""
    return page(visit, "postbus_mail.html", tab="postbus", **_shown(visit, mail_id))


@router.post("/postbus/{mail_id}/versturen")
def release(visit: Coordinating, mail_id: Number) -> Response:
    """Let one held mail go."""
    release_mail(visit.session, visit.who, [mail_id], at=visit.at)
    return _back()


@router.post("/postbus/{mail_id}/intrekken")
def withdraw(visit: Coordinating, mail_id: Number) -> Response:
    """Don't send one mail after all."""
    withdraw_mail(visit.session, visit.who, mail_id, at=visit.at)
    return _back()


@router.post("/postbus/{mail_id}/opnieuw")
def retry(visit: Coordinating, mail_id: Number) -> Response:
    """Try a mail again that failed."""
    retry_mail(visit.session, visit.who, mail_id, at=visit.at)
    return _back()


def _shown(visit: Visit, mail_id: int) -> dict[str, Any]:
    return {
        "m": outbox.outgoing_mail(visit.session, visit.who, mail_id),
        "letter": show_letter(visit.session, visit.who, _office(visit), mail_id),
    }


def _office(visit: Visit) -> Office:
    return Office.of(visit.context.settings, visit.context.key)


def _back() -> Response:
    return RedirectResponse("/postbus", status_code=303)
