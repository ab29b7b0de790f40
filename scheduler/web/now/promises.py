"""Tables that one person alone keeps going."""

from collections.abc import Iterator

from scheduler.flows.adjusting.loads import hanging_on_one
from scheduler.web.languages import mark
from scheduler.web.now.line import Desk, Line, Link, Urgency

_MOST = 5

_ONE = mark("Hangt aan één persoon")
_TABLE = mark("1 overlegtafel")
_TABLES = mark("%(count)s overlegtafels")
_TITLE = mark("Alleen %(name)s gaat naar %(tables)s")
_DETAIL = mark("Bij geen van de komende overleggen is er een ander bij, of een vervanger.")
_LOOK = mark("Zoek een vervanger of meeloper")


def on_one_person(desk: Desk) -> Iterator[Line]:
    """A line for each such person, those with most tables first."""
    if desk.standing is None:
        return
    words = desk.words
    found = hanging_on_one(desk.standing, desk.visit.at)
    for person, names in sorted(found.items(), key=lambda each: -len(each[1]))[:_MOST]:
        yield Line(
            urgency=Urgency.WATCH,
            day=desk.today,
            tone="wait",
            icon="one",
            kind=words.text(_ONE),
            when=words.text(_TABLE if len(names) == 1 else _TABLES, count=len(names)),
            title=words.text(_TITLE, name=desk.standing.label(person), tables=words.names(names)),
            detail=words.text(_DETAIL),
            link=Link(f"/rooster?afgevaardigde={person}", words.text(_LOOK)),
        )
