"""The second step of signing in: a code or a passkey, and setting one up the first time."""

from datetime import timedelta
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Form, Response
from fastapi.responses import RedirectResponse

from scheduler.db import people
from scheduler.domain.access import PROVE_TWICE
from scheduler.domain.errors import NotYourPage, SecondFactorNeeded, SignInAgain, SignInNeeded
from scheduler.domain.sealing import Seal
from scheduler.domain.terms import FactorKind
from scheduler.flows.access.second import (
    Relying,
    add_passkey,
    begin_program,
    confirm_program,
    factors_of,
    has_factor,
    offer_passkey,
    passkey_question,
    program_address,
    prove_by_code,
    prove_by_passkey,
    renew_recovery_codes,
)
from scheduler.flows.access.second.program import SEALED_FOR
from scheduler.flows.access.sessions import SignedIn as SignedInSession
from scheduler.flows.access.sessions import confirmed
from scheduler.logs import log
from scheduler.web.context import Anyone, Context, Visit
from scheduler.web.cookies import remember_session
from scheduler.web.languages import mark
from scheduler.web.qr import qr_code
from scheduler.web.rendering import language_of, page
from scheduler.web.words.terms import Words

router = APIRouter(prefix="/inlog")

_FRESH = timedelta(minutes=30)

_WRONG = mark(
    "Deze code klopt niet, of is al gebruikt. Wacht op de volgende en probeer het nog eens."
)


def relying_on(context: Context) -> Relying:
    """Who passkeys are for: the host that pages are reached by."""
    return Relying(host=urlsplit(context.base_url).hostname or "", origin=context.base_url)


def _signed_in(visit: Anyone) -> SignedInSession:
    if visit.signed_in is None:
        raise SignInNeeded
    return visit.signed_in


Half = Annotated[SignedInSession, Depends(_signed_in, scope="function")]


def _may_set_up(visit: Anyone, half: Half) -> SignedInSession:
    """Who proved it twice, and who never had anything to prove it with."""
    if half.actor.role not in PROVE_TWICE:
        raise NotYourPage
    if half.second_needed and has_factor(visit.session, half.actor):
        raise SecondFactorNeeded
    must_be_fresh(visit, half)
    return half


def must_be_fresh(visit: Visit, signed_in: SignedInSession) -> None:
    """SignInAgain where it was long ago that the visitor proved who they are."""
    if visit.at - signed_in.since >= _FRESH:
        raise SignInAgain


SettingUp = Annotated[SignedInSession, Depends(_may_set_up, scope="function")]


@router.get("/tweede-stap")
def ask(visit: Anyone, half: Half) -> Response:
    """Ask for the code; who has nothing to make one with sets that up first."""
    if not half.second_needed:
        return RedirectResponse("/", status_code=303)
    if not has_factor(visit.session, half.actor):
        return RedirectResponse("/inlog/codes", status_code=303)
    return _asked(visit, half)


@router.post("/tweede-stap")
def prove(visit: Anyone, half: Half, code: Annotated[str, Form()] = "") -> Response:
    """Look at the code; a wrong one is counted."""
    if not half.second_needed:
        return RedirectResponse("/", status_code=303)
    opened = prove_by_code(visit.session, half, _seal(visit), code, at=visit.at)
    if opened is None:
        log.warning("second factor refused: %s, session %s", half.actor.role, half.id)
        return _asked(visit, half, wrong=True)
    return _open(visit, opened)


def _asked(visit: Visit, half: SignedInSession, *, wrong: bool = False) -> Response:
    kinds = {each.kind for each in factors_of(visit.session, half.actor)}
    return page(
        visit,
        "second_step.html",
        status=400 if wrong else 200,
        faults={"code": _said(visit, _WRONG)} if wrong else {},
        by_code=FactorKind.TOTP in kinds,
        by_passkey=FactorKind.PASSKEY in kinds and relying_on(visit.context).is_possible,
    )


@router.get("/tweede-stap/passkey")
def question(visit: Anyone, half: Half) -> Response:
    """What the browser asks a passkey to sign."""
    if not half.second_needed:
        raise NotYourPage
    return _json(passkey_question(visit.session, half, relying_on(visit.context)))


@router.post("/tweede-stap/passkey")
def prove_with_passkey(visit: Anyone, half: Half, antwoord: Annotated[str, Form()]) -> Response:
    """Look at what the passkey signed."""
    if not half.second_needed:
        return RedirectResponse("/", status_code=303)
    relying = relying_on(visit.context)
    opened = prove_by_passkey(visit.session, half, relying, antwoord, at=visit.at)
    return _open(visit, opened) if opened else _asked(visit, half, wrong=True)


@router.get("/codes")
def show_key(visit: Anyone, half: SettingUp) -> Response:
    """The key to scan, and a field for the first code made with it."""
    return _key_page(visit, half)


@router.post("/codes")
def confirm_key(visit: Anyone, half: SettingUp, code: Annotated[str, Form()] = "") -> Response:
    """Begin to use the program; recovery codes are shown this once."""
    if not confirm_program(visit.session, half, _seal(visit), code, at=visit.at):
        return _key_page(visit, half, wrong=True)
    return _set_up(visit, half)


@router.get("/passkey")
def offer(visit: Anyone, half: SettingUp) -> Response:
    """What the browser needs to make a passkey."""
    relying = relying_on(visit.context)
    name = people.province_name(visit.session) or "Aan Tafel"
    return _json(offer_passkey(visit.session, half, relying, f"Aan Tafel, {name}"))


@router.post("/passkey")
def keep(
    visit: Anyone,
    half: SettingUp,
    antwoord: Annotated[str, Form()],
    naam: Annotated[str, Form()] = "",
) -> Response:
    """Keep the passkey that the browser made."""
    relying = relying_on(visit.context)
    if not add_passkey(visit.session, half, relying, antwoord, naam, at=visit.at):
        raise NotYourPage
    return _set_up(visit, half)


def _key_page(visit: Visit, half: SignedInSession, *, wrong: bool = False) -> Response:
    key = begin_program(visit.session, half, _seal(visit))
    name = people.province_name(visit.session) or "Aan Tafel"
    return page(
        visit,
        "second_set_up.html",
        status=400 if wrong else 200,
        faults={"code": _said(visit, _WRONG)} if wrong else {},
        key=" ".join(key[at : at + 4] for at in range(0, len(key), 4)),
        qr=qr_code(program_address(key, name)),
        demanded=half.second_needed,
        passkeys=relying_on(visit.context).is_possible,
    )


def _set_up(visit: Visit, half: SignedInSession) -> Response:
    """Show the recovery codes; who had to set it up first is in from here on."""
    opened = confirmed(visit.session, half, at=visit.at) if half.second_needed else half
    shown = renew_recovery_codes(visit.session, half.actor, at=visit.at)
    answer = page(visit, "second_codes.html", codes=shown.codes)
    answer.headers["Cache-Control"] = "no-store"
    remember_session(answer, visit.context, opened.token)
    return answer


def _open(visit: Visit, opened: SignedInSession) -> Response:
    response = RedirectResponse("/", status_code=303)
    remember_session(response, visit.context, opened.token)
    return response


def _seal(visit: Visit) -> Seal:
    return Seal(visit.context.key, SEALED_FOR)


def _said(visit: Visit, text: str) -> str:
    return Words(language_of(visit.request), visit.today).text(text)


def _json(text: str) -> Response:
    return Response(text, media_type="application/json", headers={"Cache-Control": "no-store"})
