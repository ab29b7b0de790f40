"""Requests of municipalities, corporations and the province that wait for the coordinator."""

from collections.abc import Iterator
from datetime import timedelta

from scheduler.db.attention import OpenRequest, requests_waiting
from scheduler.domain.times import local
from scheduler.web.languages import mark
from scheduler.web.now.line import Desk, Line, Link, Urgency

_MOST = 10
_LATE = timedelta(days=7)
"""Who waited this long, or has to know within it, comes first."""

_WAITS = mark("Uitnodiging wacht")
_CHANGED = mark("Uitnodiging veranderd")
_FROM = mark("%(asker)s vraagt: %(title)s")
_FROM_PROVINCE = mark("De provincie vraagt: %(title)s")
_UNTIL = mark("Graag antwoord uiterlijk %(day)s.")
_SINCE = mark("Gevraagd op %(day)s.")
_SAYS_OTHERWISE = mark("De agenda waar dit uit komt, zegt nu iets anders.")
_ANSWER = mark("Beantwoord")
_LOOK = mark("Bekijk wat er veranderde")
_REST = mark("Nog %(count)s uitnodigingen wachten op antwoord")
_ALL = mark("Bekijk alle uitnodigingen")


def waiting(desk: Desk) -> Iterator[Line]:
    """A line for each, the longest waiting first; one for those beyond the first ten."""
    found = requests_waiting(desk.visit.session, desk.visit.who)
    for request in found[:_MOST]:
        yield _line(desk, request)
    if len(found) > _MOST:
        yield _rest(desk, found[_MOST], len(found) - _MOST)


def _line(desk: Desk, request: OpenRequest) -> Line:
    words = desk.words
    title = words.text(
        _FROM if request.asker else _FROM_PROVINCE, asker=request.asker, title=request.title
    )
    return Line(
        urgency=_urgency(desk, request),
        day=request.answer_until or local(request.created_at).date(),
        tone="wait",
        icon="new",
        kind=words.text(_CHANGED if request.has_changed else _WAITS),
        when=desk.away(request.answer_until or request.created_at),
        title=title,
        detail=_detail(desk, request),
        link=Link(
            f"/uitnodiging/{request.id}", words.text(_LOOK if request.has_changed else _ANSWER)
        ),
    )


def _detail(desk: Desk, request: OpenRequest) -> str:
    words = desk.words
    if request.has_changed:
        return words.text(_SAYS_OTHERWISE)
    if request.answer_until:
        return words.text(_UNTIL, day=words.on(request.answer_until))
    return words.text(_SINCE, day=words.on(request.created_at))


def _urgency(desk: Desk, request: OpenRequest) -> Urgency:
    waited = desk.today - local(request.created_at).date()
    until = request.answer_until
    late = waited >= _LATE or (until is not None and until - desk.today <= _LATE)
    return Urgency.TODAY if late else Urgency.WEEK


def _rest(desk: Desk, first: OpenRequest, number: int) -> Line:
    words = desk.words
    return Line(
        urgency=Urgency.WEEK,
        day=local(first.created_at).date(),
        tone="wait",
        icon="new",
        kind=words.text(_WAITS),
        when=desk.away(first.created_at),
        title=words.text(_REST, count=words.count(number)),
        detail=words.text(_SINCE, day=words.on(first.created_at)),
        link=Link("/uitnodigingen", words.text(_ALL)),
    )
