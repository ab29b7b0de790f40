"""Whether an organisation takes part: by itself, through another, or not at all."""

from datetime import date

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from scheduler.db import people
from scheduler.db.participation import ChoiceView, choices
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound, Sentence
from scheduler.domain.parsing import Unfit
from scheduler.domain.terms import Level, Participation, Role
from scheduler.flows.mandates.ask_again import keep_choice
from scheduler.flows.mandates.errors import BadMandate, FieldFault
from scheduler.flows.mandates.hand import Hand
from scheduler.flows.mandates.propose import topics_known
from scheduler.flows.mandates.take_part import WantedChoice, choose_participation
from scheduler.flows.records.typed import day_in
from scheduler.web.context import SignedIn, Visit
from scheduler.web.mandate_desk import faults_of, own_hand, words_of
from scheduler.web.rendering import page
from scheduler.web.requests.forms import Sent, SentForm

router = APIRouter()

_NO_DAY = Sentence("Kies een dag.", "Choose a day.")
_CHOOSE = Sentence("Kies een van de drie.", "Choose one of the three.")


@router.get("/meedoen/{organisation_id}")
def look(visit: SignedIn, organisation_id: str, klaar: str = "") -> Response:
    """What one organisation chose, and the form to choose anew; a board sees only its own."""
    _refuse_others(visit, organisation_id)
    empty, base = Sent(texts={}), f"/meedoen/{organisation_id}"
    return choices_page(visit, visit.who, organisation_id, empty, base=base, done=bool(klaar))


@router.post("/meedoen/{organisation_id}")
def choose(visit: SignedIn, organisation_id: str, sent: SentForm) -> Response:
    """Choose; a form with a fault comes back as it was typed."""
    _refuse_others(visit, organisation_id)
    return choose_by(visit, own_hand(visit), organisation_id, sent, f"/meedoen/{organisation_id}")


def choose_by(visit: Visit, hand: Hand, organisation_id: str, sent: Sent, base: str) -> Response:
    """Choose by a hand, or say that a choice still holds; the page is at `base`."""
    try:
        if sent.text("blijft"):
            keep_choice(visit.session, hand, sent.text("blijft"))
        else:
            choose_participation(visit.session, hand, _wanted(organisation_id, sent))
    except BadMandate as error:
        return choices_page(visit, hand.actor, organisation_id, sent, base=base, error=error)
    return RedirectResponse(f"{base}?klaar=ja", status_code=303)


def _refuse_others(visit: Visit, organisation_id: str) -> None:
    own = visit.who.role is Role.BOARD and visit.who.subject == organisation_id
    if not (own or visit.who.plans_for_all):
        raise NotFound("huurdersorganisatie", organisation_id)


def _wanted(organisation_id: str, sent: Sent) -> WantedChoice:
    faults: list[FieldFault] = []
    chosen = next((each for each in Participation if each.value == sent.text("keuze")), None)
    if chosen is None:
        faults.append(FieldFault("keuze", _CHOOSE))
    day = _day(sent.text("eerste_dag"), faults)
    if chosen is None or day is None:
        raise BadMandate(*faults)
    kind, _, name = sent.text("waarover").partition(":")
    return WantedChoice(
        organisation_id=organisation_id,
        choice=chosen,
        reason=sent.text("reden"),
        first_day=day,
        table_id=name if kind == "table" else None,
        topic=name if kind == "topic" else None,
        level=next((each for each in Level if kind == "level" and each.value == name), None),
    )


def _day(typed: str, faults: list[FieldFault]) -> date | None:
    try:
        return day_in(typed.strip())
    except Unfit:
        faults.append(FieldFault("eerste_dag", _NO_DAY))
        return None


def choices_page(
    visit: Visit,
    actor: Actor,
    organisation_id: str,
    sent: Sent,
    *,
    base: str,
    error: BadMandate | None = None,
    done: bool = False,
) -> Response:
    """The page as one actor may see it, whose form goes to `base`."""
    organisation = people.organisation(visit.session, organisation_id)
    made = [
        each for each in choices(visit.session, actor) if each.organisation.id == organisation_id
    ]
    return page(
        visit,
        "taking_part.html",
        tab="mandaten",
        status=400 if error else 200,
        organisation=organisation,
        base=base,
        now=[each for each in made if _goes_on(each, visit.today)],
        before=[each for each in made if not _goes_on(each, visit.today)],
        said=words_of(visit),
        sent=sent,
        faults=faults_of(visit, error),
        done=done,
        tables=people.tables(visit.session),
        topics=topics_known(visit.session),
        levels=Level,
        today=visit.today,
    )


def _goes_on(choice: ChoiceView, today: date) -> bool:
    return choice.last_day is None or choice.last_day >= today
