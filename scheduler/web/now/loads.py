"""Organisations and representatives who carry more than they can."""

from collections.abc import Iterator

from scheduler.flows.adjusting.loads import Burden, organisations_over, people_over
from scheduler.web.languages import mark
from scheduler.web.now.line import Desk, Line, Link, Urgency

_MOST = 5

_HEAVY = mark("Te zwaar belast")
_YEAR = mark("heel het rooster")
_TITLE = mark("%(name)s: %(hours)s uur werk bij %(bearable)s uur draagkracht")
_DETAIL = mark("Dat is %(percent)s procent van wat deze organisatie kan dragen.")
_LOOK = mark("Bekijk de overleggen")
_PEOPLE_ONE = mark("Eén afgevaardigde doet meer dan afgesproken")
_PEOPLE_MORE = mark("%(count)s afgevaardigden doen meer dan afgesproken")
_FARTHEST = mark("Het verst gaat %(name)s: %(hours)s uur bij %(bearable)s uur.")
_WHO = mark("Bekijk de afgevaardigden")


def too_heavy(desk: Desk) -> Iterator[Line]:
    """A line for each organisation that carries most too much, and one for all the people."""
    if desk.standing is None:
        return
    for burden in organisations_over(desk.standing)[:_MOST]:
        yield _organisation(desk, burden)
    if people := people_over(desk.standing):
        yield _people(desk, people)


def _organisation(desk: Desk, burden: Burden) -> Line:
    words = desk.words
    return Line(
        urgency=Urgency.WATCH,
        day=desk.today,
        tone="gap",
        icon="load",
        kind=words.text(_HEAVY),
        when=words.text(_YEAR),
        title=words.text(_TITLE, **_hours(desk, burden)),
        detail=words.text(
            _DETAIL, percent=words.number(round(100 * burden.minutes / burden.bearable))
        ),
        link=Link(f"/rooster?organisatie={burden.who.id}", words.text(_LOOK)),
    )


def _people(desk: Desk, people: tuple[Burden, ...]) -> Line:
    words, number = desk.words, len(people)
    text = _PEOPLE_ONE if number == 1 else _PEOPLE_MORE
    return Line(
        urgency=Urgency.WATCH,
        day=desk.today,
        tone="wait",
        icon="load",
        kind=words.text(_HEAVY),
        when=words.text(_YEAR),
        title=words.text(text, count=words.count(number).capitalize()),
        detail=words.text(_FARTHEST, **_hours(desk, people[0])),
        link=Link("/afgevaardigden", words.text(_WHO)),
    )


def _hours(desk: Desk, burden: Burden) -> dict[str, str]:
    return {
        "name": burden.who.name,
        "hours": desk.words.hours(burden.minutes),
        "bearable": desk.words.hours(burden.bearable),
    }
