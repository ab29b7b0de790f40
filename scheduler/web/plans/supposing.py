"""Suppositions on screen: what each kind asks for, and how it is said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from scheduler.db.suppositions import SuppositionView
from scheduler.domain.terms import PlanMode, SuppositionKind
from scheduler.flows.planning.figures import Bars
from scheduler.flows.what_if import Carried, Outcome
from scheduler.web.languages import mark
from scheduler.web.words.terms import Words


@dataclass(frozen=True, slots=True)
class Choice:
    """One kind as it is offered: its place in the address, what it is, and what it is good for.

    `usual` is how freely the plan follows, unless somebody chooses otherwise; `fields` are asked.
    """

    kind: SuppositionKind
    slug: str
    title: str
    hint: str
    usual: PlanMode
    fields: tuple[str, ...]


CHOICES = (
    Choice(
        SuppositionKind.STOPS,
        "stopt",
        mark("Iemand stopt"),
        mark("Welke gaten vallen er, en wie kan ze dichten?"),
        PlanMode.REPAIR,
        ("afgevaardigde", "vanaf"),
    ),
    Choice(
        SuppositionKind.JOINS,
        "erbij",
        mark("Er komt iemand bij"),
        mark("Wat scheelt één afgevaardigde meer?"),
        PlanMode.REBALANCE,
        ("organisatie", "woonplaats", "ervaren", "baan"),
    ),
    Choice(
        SuppositionKind.GIVES_MANDATE,
        "mandaat",
        mark("Een organisatie geeft een ander mandaat"),
        mark("Wie wordt dan beter gehoord, en wie krijgt het drukker?"),
        PlanMode.REBALANCE,
        ("gever", "houder"),
    ),
    Choice(
        SuppositionKind.MANDATES_EVERYWHERE,
        "elkaar",
        mark("Alle organisaties vertegenwoordigen elkaar"),
        mark("De vraag uit het onderzoek: wat zou dat aan werk schelen?"),
        PlanMode.REPLAN,
        (),
    ),
    Choice(
        SuppositionKind.EVENINGS,
        "avond",
        mark("Een gemeente vergadert in de avond"),
        mark("Kunnen mensen met een baan dan vaker?"),
        PlanMode.REPLAN,
        ("gemeente",),
    ),
    Choice(
        SuppositionKind.FEWER_HOURS,
        "uren",
        mark("Een organisatie heeft minder uren"),
        mark("Wie neemt het werk over, en waar knelt het?"),
        PlanMode.REBALANCE,
        ("organisatie", "uren"),
    ),
)
_SAID: Mapping[SuppositionKind, str] = {
    SuppositionKind.STOPS: mark("Stel dat %(representative)s stopt vanaf %(first_day)s"),
    SuppositionKind.JOINS: mark("Stel dat er bij %(organisation)s iemand bij komt"),
    SuppositionKind.GIVES_MANDATE: mark("Stel dat %(giver)s mandaat geeft aan %(holder)s"),
    SuppositionKind.MANDATES_EVERYWHERE: mark(
        "Stel dat alle organisaties elkaar vertegenwoordigen"
    ),
    SuppositionKind.EVENINGS: mark("Stel dat gemeente %(municipality)s in de avond vergadert"),
    SuppositionKind.FEWER_HOURS: mark(
        "Stel dat %(organisation)s %(hours_a_week)s uur per week minder heeft"
    ),
}
_NEWCOMER = mark("Wie erbij komt")


def choice_of(slug: str) -> Choice | None:
    """The kind at an address."""
    return next((each for each in CHOICES if each.slug == slug), None)


def said(view: SuppositionView, names: Mapping[str, str], words: Words) -> str:
    """What is supposed, in one sentence without its full stop; `names` are by identifier."""
    given = {name: _word(value, names, words) for name, value in view.given.items()}
    if "first_day" in given:
        given["first_day"] = words.on(date.fromisoformat(view.given["first_day"]), year=True)
    return words.text(_SAID[view.kind], **given)


def _word(value: object, names: Mapping[str, str], words: Words) -> object:
    if isinstance(value, float):
        return words.number(value)
    return names.get(str(value), value)


def organisations(outcomes: Sequence[Outcome]) -> tuple[Bars, ...]:
    """Each organisation's load in each of these, who carries most now first."""
    return _bars([each.organisations for each in outcomes], "")


def representatives(outcomes: Sequence[Outcome], words: Words) -> tuple[Bars, ...]:
    """Each representative's load in each of these; who is supposed to join stands among them."""
    return _bars([each.representatives for each in outcomes], words.said(_NEWCOMER))


def _bars(sides: Sequence[Mapping[str, Carried]], newcomer: str) -> tuple[Bars, ...]:
    everybody = {key: each.name for side in sides for key, each in side.items()}
    bars = [
        Bars(
            name=name if key in sides[0] else newcomer,
            loads=tuple(side[key].load if key in side else 0 for side in sides),
        )
        for key, name in everybody.items()
    ]
    return tuple(sorted(bars, key=lambda bar: (-bar.loads[0], bar.name)))
