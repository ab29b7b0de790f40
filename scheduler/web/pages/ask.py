"""Asking tenants to the table: the form, and what its times cost."""

from dataclasses import replace
from secrets import token_urlsafe

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from scheduler.db import people
from scheduler.domain.errors import NotAllowed
from scheduler.domain.terms import Character, Level, Mode, Role
from scheduler.domain.times import local
from scheduler.flows.notice import ShortNotice, short_notice
from scheduler.flows.request_form import TypedRequest
from scheduler.flows.request_meeting import request_meeting
from scheduler.flows.request_reading import BadRequest
from scheduler.flows.request_times import MOST_TIMES, TypedTime, read_moved_times
from scheduler.flows.requesting import Asker, Time
from scheduler.flows.time_cost import Cost, time_costs
from scheduler.legal import read_legal
from scheduler.policy import read_policy
from scheduler.web.context import SignedIn, Visit
from scheduler.web.rendering import language_of, page
from scheduler.web.request_forms import Sent, SentForm, faults_by_field, typed_request

router = APIRouter()

_KEY_LETTERS = 100


@router.get("/uitnodigen")
def empty_form(visit: SignedIn) -> Response:
    """The form, filled in as far as is known."""
    asker = _asker(visit)
    concerned = people.dwellings_in(visit.session, asker.municipality_id or "")
    typed = TypedRequest(
        times=(TypedTime(),),
        mode=Mode.IN_PERSON,
        organisations=tuple(dict.fromkeys(each.organisation.id for each in concerned)),
    )
    return _form(visit, typed, token_urlsafe(16))


@router.post("/uitnodigen")
def send(visit: SignedIn, sent: SentForm) -> Response:
    """Look at the costs, take another time, or send; the button says which."""
    asker, typed = _asker(visit), _pressed(sent)
    key = sent.text("key")[:_KEY_LETTERS] or token_urlsafe(16)
    if sent.text("knop") != "stuur":
        return _form(visit, typed, key, looked=True)
    try:
        identifier = request_meeting(
            visit.session,
            visit.who,
            asker,
            typed,
            form_key=f"{asker.municipality_id}/{key}",
            legal=read_legal(),
            at=visit.at,
        )
    except BadRequest as error:
        return _form(visit, typed, key, looked=True, error=error)
    return RedirectResponse(f"/uitnodiging/{identifier}?nieuw=ja", status_code=303)


def _asker(visit: Visit) -> Asker:
    if visit.who.role is not Role.MUNICIPALITY:
        raise NotAllowed
    return Asker(Level.MUNICIPALITY, visit.who.subject)


def _pressed(sent: Sent) -> TypedRequest:
    """What was typed, with what the pressed button does to it."""
    typed = typed_request(sent)
    act, _, rest = sent.text("knop").partition(":")
    if act == "nog":
        return replace(typed, times=(*typed.times, TypedTime())[:MOST_TIMES])
    if act == "online":
        return replace(typed, mode=Mode.ONLINE)
    if act not in {"neem", "voeg"}:
        return typed
    number, _, words = rest.partition(":")
    offered = TypedTime(*[*words.split("|"), "", "", ""][:3])
    if act == "voeg":
        return replace(typed, times=(*typed.times, offered)[:MOST_TIMES])
    times = [offered if str(n) == number else each for n, each in enumerate(typed.times)]
    return replace(typed, times=tuple(times))


def _form(
    visit: Visit,
    typed: TypedRequest,
    key: str,
    *,
    looked: bool = False,
    error: BadRequest | None = None,
) -> Response:
    asker = _asker(visit)
    times = [_readable(each, visit) for each in typed.times]
    code = asker.municipality_id or ""
    language = language_of(visit.request)
    notice = _notice(visit, typed, times) if looked else None
    return page(
        visit,
        "ask.html",
        tab="uitnodigingen",
        status=400 if error else 200,
        typed=typed,
        key=key,
        faults=faults_by_field(error, language),
        costs=_costs(visit, asker, typed, times) if looked else [None] * len(times),
        looked=looked,
        notice=getattr(notice.sentence, language.value) if notice else "",
        organisations=people.organisations(visit.session),
        dwellings=_dwellings(visit, code),
        tables=people.tables(visit.session, code),
        town=people.municipality(visit.session, code),
        most=MOST_TIMES,
    )


def _readable(typed: TypedTime, visit: Visit) -> Time | None:
    try:
        return read_moved_times((typed,), at=visit.at)[0]
    except BadRequest:
        return None


def _costs(
    visit: Visit, asker: Asker, typed: TypedRequest, times: list[Time | None]
) -> tuple[Cost | None, ...]:
    mode = Mode(typed.mode) if typed.mode in list(Mode) else Mode.IN_PERSON
    return time_costs(
        visit.session,
        asker,
        times,
        organisations=typed.organisations,
        mode=mode,
        policy=read_policy(),
        at=visit.at,
    )


def _notice(visit: Visit, typed: TypedRequest, times: list[Time | None]) -> ShortNotice | None:
    days = [time.day for time in times if time]
    if not days or typed.character not in list(Character):
        return None
    today = local(visit.at).date()
    return short_notice(read_legal(), Character(typed.character), min(days), today)


def _dwellings(visit: Visit, code: str) -> dict[str, int]:
    """How many dwellings each organisation has here, as planning counts them."""
    found: dict[str, int] = {}
    for each in people.dwellings_in(visit.session, code):
        number = found.get(each.organisation.id, 0) + each.planned_as
        found[each.organisation.id] = number
    return found
