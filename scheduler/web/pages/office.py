"""Signing in through one's own organisation: there, and back."""

from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from scheduler.domain.errors import NotFound
from scheduler.domain.sealing import Seal
from scheduler.flows.access.office import (
    Asking,
    OfficeRefused,
    Provider,
    begin,
    finish,
    holder_of_claims,
    read_members,
)
from scheduler.flows.access.office.asking import SEALED_FOR
from scheduler.flows.access.second import second_needed
from scheduler.flows.outside.means import guard_of
from scheduler.logs import log
from scheduler.web.context import Anyone, Context, Visit
from scheduler.web.cookies import forget_office, remember_office
from scheduler.web.pages.sign_in import let_in, not_too_often

router = APIRouter(prefix="/inloggen/kantoor")


@router.get("")
def go(visit: Anyone) -> Response:
    """To the office's own page, with a question that only this browser can finish."""
    not_too_often(visit)
    context = visit.context
    address, asking = begin(_provider(context), _back(context), at=visit.at)
    response = RedirectResponse(address, status_code=303, headers={"Cache-Control": "no-store"})
    remember_office(response, context, asking.sealed(_seal(context)))
    return response


@router.get("/terug")
def come_back(visit: Anyone, request: Request) -> Response:
    """With the office's answer: in, or an explanation."""
    context = visit.context
    try:
        response = _let_in(visit, request)
    except OfficeRefused as error:
        log.warning("office sign-in refused at %s: %s", _host(context), error.why)
        raise
    forget_office(response, context)
    return response


def _let_in(visit: Visit, request: Request) -> Response:
    context, office = visit.context, visit.context.settings.office
    cookie = request.cookies.get(context.office_cookie, "")
    asking = Asking.opened(_seal(context), cookie, at=visit.at)
    claims = finish(
        _provider(context), asking, dict(request.query_params), _back(context), at=visit.at
    )
    members = read_members(office.members)
    holder = holder_of_claims(visit.session, claims, members, office.claim, at=visit.at)
    needed = second_needed(
        visit.session,
        holder,
        on_this_computer=False,
        demanded=bool(context.settings.web.second_factor),
    )
    return let_in(visit, holder, second_needed=needed)


def _provider(context: Context) -> Provider:
    office = context.settings.office
    if not office.is_there:
        raise NotFound
    return Provider.discover(office, guard_of(context.settings))


def _back(context: Context) -> str:
    return f"{context.base_url}/inloggen/kantoor/terug"


def _host(context: Context) -> str:
    return urlsplit(context.settings.office.issuer).hostname or ""


def _seal(context: Context) -> Seal:
    return Seal(context.key, SEALED_FOR)
