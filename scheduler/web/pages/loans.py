"""Hours that organisations lend each other: the list, the form, and each board's answer."""

from datetime import date

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from scheduler.db import people
from scheduler.db.loans import loans
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound, Sentence
from scheduler.domain.parsing import Unfit
from scheduler.domain.terms import LoanPace, MandateState, Role
from scheduler.flows.lending.lend import (
    WantedLoan,
    agree_to_loan,
    propose_loan,
    refuse_loan,
    stop_loan,
)
from scheduler.flows.lending.letter import open_loan_link
from scheduler.flows.mandates.errors import BadMandate, FieldFault
from scheduler.flows.mandates.hand import Hand
from scheduler.flows.records.typed import day_in
from scheduler.web.context import Anyone, SignedIn, Visit
from scheduler.web.mandate_desk import faults_of, office_of, own_hand
from scheduler.web.rendering import page
from scheduler.web.requests.forms import Sent, SentForm

router = APIRouter()

_NO_DAY = Sentence("Kies een dag.", "Choose a day.")
_ACTS = {"akkoord": agree_to_loan, "weigeren": refuse_loan, "stoppen": stop_loan}


@router.get("/uren-lenen")
def look(visit: SignedIn, klaar: str = "") -> Response:
    """All for the coordinator, a board's own; and the form."""
    return _page(visit, visit.who, Sent(texts={}), base="/uren-lenen", done=bool(klaar))


@router.post("/uren-lenen")
def propose(visit: SignedIn, sent: SentForm) -> Response:
    """Propose one; a form with a fault comes back as it was typed."""
    try:
        propose_loan(visit.session, own_hand(visit), _wanted(sent))
    except BadMandate as error:
        return _page(visit, visit.who, sent, base="/uren-lenen", error=error)
    return RedirectResponse("/uren-lenen?klaar=ja", status_code=303)


@router.post("/uren-lenen/antwoord/{loan_id}/{act}")
def answer(visit: SignedIn, loan_id: str, act: str) -> Response:
    """Agree, refuse or stop; NotFound for another word."""
    return _act(visit, own_hand(visit), loan_id, act, "/uren-lenen")


@router.get("/uren-lenen/{token}")
def look_by_link(visit: Anyone, token: str, klaar: str = "") -> Response:
    """The one loan that a mail is about. Looking changes nothing: link scanners look too."""
    mailed = open_loan_link(visit.session, office_of(visit).links, token, at=visit.at)
    base = f"/uren-lenen/{token}"
    return _page(
        visit,
        mailed.hand.actor,
        Sent(texts={}),
        base=base,
        done=bool(klaar),
        only=mailed.loan.id,
    )


@router.post("/uren-lenen/{token}/{act}")
def answer_by_link(visit: Anyone, token: str, act: str) -> Response:
    """Answer as this board member, whoever is signed in."""
    mailed = open_loan_link(visit.session, office_of(visit).links, token, at=visit.at)
    return _act(visit, mailed.hand, mailed.loan.id, act, f"/uren-lenen/{token}")


def _act(visit: Visit, hand: Hand, loan_id: str, act: str, base: str) -> Response:
    if act not in _ACTS:
        raise NotFound("knop", act)
    _ACTS[act](visit.session, hand, loan_id)
    return RedirectResponse(f"{base}?klaar=ja", status_code=303)


def _wanted(sent: Sent) -> WantedLoan:
    faults: list[FieldFault] = []
    first, last = (_day(sent, name, faults) for name in ("eerste_dag", "laatste_dag"))
    if first is None or last is None:
        raise BadMandate(*faults)
    hours = sent.text("uren").strip()
    return WantedLoan(
        giver_id=sent.text("gever"),
        holder_id=sent.text("houder"),
        minutes=60 * int(hours) if hours.isascii() and hours.isdigit() and len(hours) < 6 else 0,  # noqa: PLR2004 — more digits are no hours
        pace=LoanPace.QUARTER if sent.text("per") == LoanPace.QUARTER else LoanPace.YEAR,
        first_day=first,
        last_day=last,
        note=sent.text("opmerking").strip(),
    )


def _day(sent: Sent, name: str, faults: list[FieldFault]) -> date | None:
    try:
        return day_in(sent.text(name).strip())
    except Unfit:
        faults.append(FieldFault(name, _NO_DAY))
        return None


def _page(
    visit: Visit,
    actor: Actor,
    sent: Sent,
    *,
    base: str,
    error: BadMandate | None = None,
    done: bool = False,
    only: str = "",
) -> Response:
    found = [each for each in loans(visit.session, actor) if only in {"", each.id}]
    own = actor.subject if actor.role is Role.BOARD else ""
    return page(
        visit,
        "loans.html",
        tab="mandaten",
        status=400 if error else 200,
        loans=found,
        waiting=[each for each in found if each.term.state is MandateState.PROPOSED],
        running=[
            each
            for each in found
            if each.term.ever_counts and each.term.last_in_force >= visit.today
        ],
        organisations=people.organisations(visit.session),
        own=own,
        acts=actor.plans_for_all or actor.role is Role.BOARD,
        by_link=bool(only),
        base=base,
        act_base=base if only else f"{base}/antwoord",
        sent=sent,
        faults=faults_of(visit, error),
        done=done,
        paces=LoanPace,
        today=visit.today,
    )
