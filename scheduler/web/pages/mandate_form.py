"""Propose a mandate: by the coordinator, or by the board of one of the parties."""

from datetime import date

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from scheduler.db import people
from scheduler.domain.errors import NotFound, Sentence
from scheduler.domain.parsing import Unfit
from scheduler.domain.terms import Level, MandatePower, Role
from scheduler.flows.mandates.errors import BadMandate, FieldFault
from scheduler.flows.mandates.propose import Wanted, propose_mandate, topics_known
from scheduler.flows.records.typed import day_in
from scheduler.web.context import SignedIn, Visit
from scheduler.web.mandate_desk import faults_of, own_hand, words_of
from scheduler.web.rendering import page
from scheduler.web.requests.forms import Sent, SentForm

router = APIRouter()

_NO_DAY = Sentence("Kies een dag.", "Choose a day.")
_CHOOSE = Sentence("Kies een organisatie.", "Choose an organisation.")


@router.get("/mandaten/nieuw")
def new(visit: SignedIn, gever: str = "", houder: str = "", gemeente: str = "") -> Response:
    """The form, with what the address names filled in already."""
    _refuse_others(visit)
    asked = {"gever": (gever or _own(visit),), "houder": (houder,), "gemeenten": (gemeente,)}
    return _form(visit, Sent(texts=asked))


@router.post("/mandaten/nieuw")
def add(visit: SignedIn, sent: SentForm) -> Response:
    """Propose it and ask both boards; a form with a fault comes back as it was typed."""
    _refuse_others(visit)
    try:
        made = propose_mandate(visit.session, own_hand(visit), _wanted(sent))
    except BadMandate as error:
        return _form(visit, sent, error)
    return RedirectResponse(f"/mandaten/{made}?klaar=voorgesteld", status_code=303)


def _refuse_others(visit: Visit) -> None:
    if visit.who.role is not Role.BOARD and not visit.who.plans_for_all:
        raise NotFound


def _own(visit: Visit) -> str:
    return people.organisation_of(visit.session, visit.who) or ""


def _wanted(sent: Sent) -> Wanted:
    """What was typed.

    Raises:
        BadMandate: a choice or a day is missing.
    """
    faults = [FieldFault(each, _CHOOSE) for each in ("gever", "houder") if not sent.text(each)]
    days = {each: _day(sent.text(each), each, faults) for each in ("eerste_dag", "laatste_dag")}
    if faults:
        raise BadMandate(*faults)
    levels = tuple(each for each in Level if each.value in sent.texts.get("niveaus", ()))
    return Wanted(
        giver_id=sent.text("gever"),
        holder_id=sent.text("houder"),
        first_day=days["eerste_dag"],
        last_day=days["laatste_dag"],
        municipalities=_some(sent, "gemeenten"),
        topics=_some(sent, "onderwerpen"),
        levels=levels or None,
        power=_power(sent.text("bevoegdheid")),
        limits=sent.text("grens").strip(),
        ask_each_time=sent.text("telkens_vragen") == "ja",
        note=sent.text("opmerking").strip(),
    )


def _some(sent: Sent, name: str) -> tuple[str, ...] | None:
    """What was ticked; nothing ticked is everything."""
    return tuple(filter(None, sent.texts.get(name, ()))) or None


def _power(typed: str) -> MandatePower:
    return next((each for each in MandatePower if each.value == typed), MandatePower.DECIDES)


def _day(typed: str, field: str, faults: list[FieldFault]) -> date:
    try:
        return day_in(typed.strip())
    except Unfit:
        faults.append(FieldFault(field, _NO_DAY))
        return date.min


def _form(visit: Visit, sent: Sent, error: BadMandate | None = None) -> Response:
    words = words_of(visit)
    towns = people.municipalities(visit.session)
    return page(
        visit,
        "mandate_form.html",
        tab="mandaten",
        status=400 if error else 200,
        sent=sent,
        said=words,
        faults=faults_of(visit, error),
        organisations=people.organisations(visit.session),
        municipalities_options=[(each.id, each.name) for each in towns],
        topic_options=[(each, words.topic(each)) for each in topics_known(visit.session)],
        own=_own(visit),
    )
