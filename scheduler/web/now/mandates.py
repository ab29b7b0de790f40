"""Mandates that wait for a board's yes, and choices that a year has passed over."""

from collections.abc import Iterator
from datetime import timedelta

from scheduler.db import mandates
from scheduler.db.mandates import MandateView
from scheduler.domain.terms import MandateSide, MandateState
from scheduler.flows.mandates.ask_again import to_ask_again
from scheduler.flows.mandates.consent import missing
from scheduler.web.languages import mark
from scheduler.web.now.line import Desk, Line, Link, Urgency

_WEEK = timedelta(days=7)

_WAITS = mark("Mandaat wacht")
_TITLE = mark("%(giver)s aan %(holder)s, vanaf %(day)s")
_WHO = mark("Nog geen akkoord van %(names)s. Tot dan geldt het niet.")
_LOOK = mark("Bekijk het mandaat")
_AGAIN = mark("Vraag opnieuw")
_AGAIN_TITLE = mark("%(name)s koos meer dan een jaar geleden hoe het meedoet")
_AGAIN_DETAIL = mark("Deze keuze wordt elk jaar opnieuw gevraagd. Tot dan blijft zij gelden.")
_AGAIN_LINK = mark("Bekijk de keuze")


def waiting(desk: Desk) -> Iterator[Line]:
    """The proposals to which a board hasn't agreed yet."""
    for each in mandates.mandates(desk.visit.session, desk.visit.who):
        if each.term.state is MandateState.PROPOSED:
            yield _line(desk, each)


def _line(desk: Desk, view: MandateView) -> Line:
    words, day = desk.words, view.term.first_day
    names = {MandateSide.GIVER: view.giver.name, MandateSide.HOLDER: view.holder.name}
    left = [names[side] for side in missing(desk.visit.session, view)]
    return Line(
        urgency=Urgency.WEEK if day - desk.today <= _WEEK else Urgency.WATCH,
        day=day,
        tone="wait",
        icon="wait",
        kind=words.text(_WAITS),
        when=desk.away(day),
        title=words.text(_TITLE, giver=view.giver.name, holder=view.holder.name, day=words.on(day)),
        detail=words.text(_WHO, names=words.names(left)),
        link=Link(f"/mandaten/{view.id}", words.text(_LOOK)),
    )


def asked_again(desk: Desk) -> Iterator[Line]:
    """The choices about taking part that are a year old."""
    words, session = desk.words, desk.visit.session
    for each in to_ask_again(session, desk.visit.who, today=desk.today):
        name = each.organisation.name
        yield Line(
            urgency=Urgency.WATCH,
            day=each.ask_on,
            tone="wait",
            icon="wait",
            kind=words.text(_AGAIN),
            when=desk.away(each.ask_on),
            title=words.text(_AGAIN_TITLE, name=name),
            detail=words.text(_AGAIN_DETAIL),
            link=Link(f"/meedoen/{each.organisation.id}", words.text(_AGAIN_LINK)),
        )
