"""What has a last day: terms of the law, mandates, and people who stop."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from scheduler.db import attention
from scheduler.db.attention import EndingMandate
from scheduler.domain.times import local
from scheduler.legal import LegalClock, Measure, read_legal
from scheduler.web.languages import mark
from scheduler.web.now.line import Desk, Line, Link, Press, Urgency
from scheduler.web.words.terms import Words

_SOON, _LATER, _LAST = 14, 30, 90

_LAW = mark("Wettelijke termijn")
_LAW_TITLE = mark("Vóór %(day)s: %(law)s, artikel %(article)s")
_LAW_LINK = mark("Bekijk de overleggen tot dan")
_MANDATE = mark("Mandaat loopt af")
_MANDATE_TITLE = mark("%(giver)s gaf mandaat aan %(holder)s tot en met %(day)s")
_SPOKEN_NONE = mark("Daarna staat er geen overleg meer waar %(holder)s voor %(giver)s spreekt.")
_SPOKEN_ONE = mark("Daarna spreekt bij één overleg niemand meer namens %(giver)s.")
_SPOKEN_MORE = mark("Daarna spreekt bij %(count)s overleggen niemand meer namens %(giver)s.")
_MANDATE_LINK = mark("Bekijk de overleggen van %(giver)s")
_RENEW = mark("Vraag om verlenging")
_STOPS = mark("Stopt")
_STOPS_TITLE = mark("%(name)s stopt na %(day)s")
_STOPS_DETAIL = mark("Wie stopt, wordt daarna niet meer ingezet.")
_STOPS_LINK = mark("Bekijk de overleggen van %(name)s")


@cache
def _clocks() -> tuple[LegalClock, ...]:
    return read_legal()


def of_the_law(desk: Desk) -> Iterator[Line]:
    """The terms that the law sets before a day of the year, from three months ahead on."""
    for clock in _clocks():
        if clock.measure is not Measure.BEFORE or clock.month_day is None:
            continue
        day = _next(clock, desk.today)
        if (day - desk.today).days <= _LAST and clock.holds_on(day):
            yield _law(desk, clock, day)


def _next(clock: LegalClock, today: date) -> date:
    month, number = clock.month_day or (1, 1)
    this_year = date(today.year, month, number)
    return this_year if this_year > today else date(today.year + 1, month, number)


def _law(desk: Desk, clock: LegalClock, day: date) -> Line:
    words = desk.words
    title = words.text(_LAW_TITLE, day=words.day(day), law=clock.law, article=clock.article)
    until = day - timedelta(days=1)
    return Line(
        urgency=_urgency(desk, day),
        day=day,
        tone="wait",
        icon="law",
        kind=words.text(_LAW),
        when=desk.away(day),
        title=title,
        detail=words.sentence(clock.sentence),
        link=Link(f"/rooster?van={desk.today}&tot={until}", words.text(_LAW_LINK)),
    )


def of_mandates(desk: Desk) -> Iterator[Line]:
    """The mandates that end within three months, and how many meetings that leaves unheard."""
    for each in attention.mandates_ending(
        desk.visit.session,
        desk.visit.who,
        first_day=desk.today,
        last_day=desk.today + timedelta(days=_LAST),
    ):
        yield _mandate(desk, each)


def _mandate(desk: Desk, ending: EndingMandate) -> Line:
    words, giver, holder = desk.words, ending.giver.name, ending.holder.name
    number = _spoken_after(desk, ending)
    text = {0: _SPOKEN_NONE, 1: _SPOKEN_ONE}.get(number, _SPOKEN_MORE)
    after = ending.last_day + timedelta(days=1)
    return Line(
        urgency=Urgency.WATCH,
        day=ending.last_day,
        tone="wait",
        icon="wait",
        kind=words.text(_MANDATE),
        when=desk.away(ending.last_day),
        title=words.text(_MANDATE_TITLE, giver=giver, holder=holder, day=words.on(ending.last_day)),
        detail=words.text(text, giver=giver, holder=holder, count=words.count(number)),
        link=Link(
            f"/rooster?organisatie={ending.giver.id}&van={after}",
            words.text(_MANDATE_LINK, giver=giver),
        ),
        presses=() if ending.withdrawn else (_renewing(words, ending),),
    )


def _renewing(words: Words, ending: EndingMandate) -> Press:
    return Press(f"/mandaten/{ending.id}/verlengen", words.text(_RENEW), ())


def _spoken_after(desk: Desk, ending: EndingMandate) -> int:
    """At how many meetings after its last day the holder was to speak for the giver."""
    views = desk.standing.views if desk.standing else ()
    return sum(
        any(each.id == ending.giver.id for each in view.spoken_for(ending.holder.id))
        for view in views
        if local(view.starts_at).date() > ending.last_day
    )


def of_people(desk: Desk) -> Iterator[Line]:
    """The representatives who stop within three months."""
    words = desk.words
    for who, day in attention.people_stopping(
        desk.visit.session,
        desk.visit.who,
        first_day=desk.today,
        last_day=desk.today + timedelta(days=_LAST),
    ):
        yield Line(
            urgency=Urgency.WATCH,
            day=day,
            tone="wait",
            icon="one",
            kind=words.text(_STOPS),
            when=desk.away(day),
            title=words.text(_STOPS_TITLE, name=who.name, day=words.on(day)),
            detail=words.text(_STOPS_DETAIL),
            link=Link(f"/rooster?afgevaardigde={who.id}", words.text(_STOPS_LINK, name=who.name)),
        )


def _urgency(desk: Desk, day: date) -> Urgency:
    left = (day - desk.today).days
    if left <= _SOON:
        return Urgency.TODAY
    return Urgency.WEEK if left <= _LATER else Urgency.WATCH
