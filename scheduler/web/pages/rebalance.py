"""Planning again: why, when, what may move, and how long the solver may think about it."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel

from scheduler.db import people, plans, published
from scheduler.db.views import Named
from scheduler.domain.errors import BadInput, NothingToDo, Sentence
from scheduler.domain.terms import PlanMode
from scheduler.flows.planning.rebalance import Rebalance, queue_rebalance
from scheduler.web.context import Coordinating, Visit
from scheduler.web.plans.filters import day_in
from scheduler.web.rendering import language_of, page

router = APIRouter()

_NO_MODE = Sentence("Kies waarom u herverdeelt.", "Choose why you plan again.")
_NO_DAYS = Sentence("Kies een eerste en een laatste dag.", "Choose a first day and a last day.")
_NO_NUMBER = Sentence(
    "Vul de rekentijd in als een getal.", "Give the seconds to reckon as a number."
)


class Wish(BaseModel, frozen=True):
    """The form as it was sent; what isn't ticked limits nothing."""

    doel: str = PlanMode.REPAIR
    van: str = ""
    tot: str = ""
    uitval: str = ""
    seconden: str = ""
    tafel: Sequence[str] = ()
    organisatie: Sequence[str] = ()

    def read(self, *, seed: int) -> Rebalance:
        """What it asks for; BadInput with every fault at once."""
        faults: list[Sentence] = []
        if self.doel not in list(PlanMode):
            faults.append(_NO_MODE)
        first, last = _day(self.van, faults), _day(self.tot, faults)
        if not (self.van and self.tot):
            faults.append(_NO_DAYS)
        seconds = _seconds(self.seconden, faults)
        if faults or first is None or last is None or seconds is None:
            raise BadInput(*faults)
        return Rebalance(
            mode=PlanMode(self.doel),
            first_day=first,
            last_day=last,
            tables=frozenset(self.tafel) or None,
            organisations=frozenset(self.organisatie) or None,
            absent=frozenset({self.uitval} if self.uitval else ()),
            time_limit_seconds=seconds,
            seed=seed,
        )


def _day(text: str, faults: list[Sentence]) -> date | None:
    try:
        return day_in(text)
    except BadInput as fault:
        faults.extend(fault.sentences)
        return None


def _seconds(text: str, faults: list[Sentence]) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        faults.append(_NO_NUMBER)
        return None


@router.get("/herverdelen")
def ask(
    visit: Coordinating, uitval: str = "", van: str = "", tot: str = "", melding: str = ""
) -> Response:
    """The form, from today to the end of what is published, or for the days that are named."""
    publication = published.latest_publication(visit.session)
    until = max(publication.last_day, visit.today) if publication else visit.today
    seconds = visit.context.settings.planning.time_limit_seconds
    wish = Wish(
        van=van or visit.today.isoformat(),
        tot=tot or until.isoformat(),
        uitval=uitval,
        seconden=f"{seconds:.0f}",
    )
    return _form(visit, wish, notice=melding)


@router.post("/herverdelen")
def queue(visit: Coordinating, wish: Annotated[Wish, Form()]) -> Response:
    """Put it in the queue, and go and see how far it is."""
    try:
        asked = wish.read(seed=visit.context.settings.planning.seed)
        plan_id = queue_rebalance(visit.session, visit.who, asked, at=visit.at)
    except (BadInput, NothingToDo) as refusal:
        return _form(visit, wish, refusal.sentences)
    return RedirectResponse(f"/herverdelen/{plan_id}", status_code=303)


def _form(
    visit: Visit, wish: Wish, faults: Sequence[Sentence] = (), *, notice: str = ""
) -> Response:
    session, language = visit.session, language_of(visit.request)
    return page(
        visit,
        "rebalance.html",
        status=400 if faults else 200,
        tab="herverdelen",
        notice=notice,
        wish=wish,
        faults=[getattr(each, language.value) for each in faults],
        modes=list(PlanMode),
        publication=published.latest_publication(session),
        organisations=people.organisations(session),
        tables=people.tables(session),
        representatives=[
            Named(each.id, f"{each.label}, {each.organisation.name}")
            for each in people.representatives(session, visit.who)
        ],
        plans=plans.open_plans(session, visit.who),
    )
