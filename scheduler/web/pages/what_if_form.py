"""The form of one kind of supposition, with what is wrong beside its field."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel

from scheduler.db import people
from scheduler.db.views import Named
from scheduler.domain.errors import BadInput, NotFound, NothingToDo, Sentence
from scheduler.domain.terms import PlanMode, SuppositionKind
from scheduler.flows.what_if import (
    Evenings,
    FewerHours,
    GivesMandate,
    Joins,
    MandatesEverywhere,
    Question,
    Stops,
    Supposition,
    suppose,
)
from scheduler.web.context import Coordinating, Visit
from scheduler.web.plans.filters import day_in
from scheduler.web.plans.supposing import Choice, choice_of
from scheduler.web.rendering import language_of, page

router = APIRouter()

_MISSING = Sentence("Maak hier een keuze.", "Please choose.")
_NUMBER = Sentence("Vul dit in als een getal.", "Give this as a number.")


class Typed(BaseModel, frozen=True):
    """The form as it was sent, whichever kind it is of."""

    afgevaardigde: str = ""
    vanaf: str = ""
    organisatie: str = ""
    woonplaats: str = ""
    ervaren: str = ""
    baan: str = ""
    gever: str = ""
    houder: str = ""
    gemeente: str = ""
    uren: str = ""
    vrijheid: str = ""
    seconden: str = ""


class _Reading:
    """Reads fields, and gathers what is wrong by field."""

    def __init__(self, visit: Visit, typed: Typed) -> None:
        self.faults: dict[str, Sentence] = {}
        self._visit = visit
        self._typed = typed

    def text(self, name: str) -> str:
        return str(getattr(self._typed, name)).strip()

    def chosen(self, name: str) -> str:
        value = self.text(name)
        if not value:
            self.faults[name] = _MISSING
        return value

    def day(self, name: str) -> date:
        found = None
        try:
            found = day_in(self.text(name))
        except BadInput as fault:
            self.faults[name] = fault.sentences[0]
        if found is None:
            self.faults.setdefault(name, _MISSING)
        return found or self._visit.today

    def number(self, name: str) -> float:
        try:
            return float(self.text(name).replace(",", "."))
        except ValueError:
            self.faults[name] = _NUMBER
            return 0.0

    def home(self, name: str) -> str:
        """The place of a municipality: where somebody lives is known no closer."""
        return people.place_of(self._visit.session, self.chosen(name)) or ""


def _stops(read: _Reading) -> Supposition:
    return Stops(read.chosen("afgevaardigde"), read.day("vanaf"))


def _joins(read: _Reading) -> Supposition:
    return Joins(
        read.chosen("organisatie"),
        read.home("woonplaats"),
        experienced=bool(read.text("ervaren")),
        paid_job=bool(read.text("baan")),
    )


def _mandate(read: _Reading) -> Supposition:
    return GivesMandate(read.chosen("gever"), read.chosen("houder"))


def _everywhere(_read: _Reading) -> Supposition:
    return MandatesEverywhere()


def _evenings(read: _Reading) -> Supposition:
    return Evenings(read.chosen("gemeente"))


def _hours(read: _Reading) -> Supposition:
    return FewerHours(read.chosen("organisatie"), read.number("uren"))


_READ: Mapping[SuppositionKind, Callable[[_Reading], Supposition]] = {
    SuppositionKind.STOPS: _stops,
    SuppositionKind.JOINS: _joins,
    SuppositionKind.GIVES_MANDATE: _mandate,
    SuppositionKind.MANDATES_EVERYWHERE: _everywhere,
    SuppositionKind.EVENINGS: _evenings,
    SuppositionKind.FEWER_HOURS: _hours,
}


@router.get("/wat-als/nieuw/{slug}")
def form(visit: Coordinating, slug: str, wie: str = "") -> Response:
    """The form of one kind; `wie` fills in who it is about."""
    choice = _choice(slug)
    typed = Typed(
        afgevaardigde=wie,
        organisatie=wie,
        gemeente=wie,
        gever=wie,
        ervaren="ja",
        vanaf=_next_month(visit.today).isoformat(),
        uren="4",
        vrijheid=choice.usual,
        seconden=f"{visit.context.settings.planning.time_limit_seconds:.0f}",
    )
    return _page(visit, choice, typed, {})


@router.post("/wat-als/nieuw/{slug}")
def ask(visit: Coordinating, slug: str, typed: Annotated[Typed, Form()]) -> Response:
    """Put it in the queue, and go and see how far it is."""
    choice = _choice(slug)
    read = _Reading(visit, typed)
    asked = Question(
        supposition=_READ[choice.kind](read),
        mode=PlanMode(typed.vrijheid) if typed.vrijheid in list(PlanMode) else choice.usual,
        time_limit_seconds=read.number("seconden"),
        seed=visit.context.settings.planning.seed,
    )
    if read.faults:
        return _page(visit, choice, typed, read.faults)
    try:
        number = suppose(visit.session, visit.who, asked, at=visit.at)
    except (BadInput, NothingToDo) as refusal:
        first = next(iter([*choice.fields, "seconden"]))
        return _page(visit, choice, typed, {first: refusal.sentences[0]})
    return RedirectResponse(f"/wat-als/{number}", status_code=303)


def _choice(slug: str) -> Choice:
    choice = choice_of(slug)
    if choice is None:
        raise NotFound("aanname", slug)
    return choice


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _page(visit: Visit, choice: Choice, typed: Typed, faults: Mapping[str, Sentence]) -> Response:
    session, language = visit.session, language_of(visit.request)
    return page(
        visit,
        "what_if_form.html",
        status=400 if faults else 200,
        tab="herverdelen",
        choice=choice,
        typed=typed,
        faults={name: getattr(said, language.value) for name, said in faults.items()},
        modes=list(PlanMode),
        organisations=people.organisations(session),
        municipalities=people.municipalities(session),
        representatives=[
            Named(each.id, f"{each.label}, {each.organisation.name}")
            for each in people.representatives(session, visit.who)
        ],
    )
