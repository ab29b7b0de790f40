"""Colleagues who were asked to step in: while they may still say yes, and when nobody did."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from scheduler.db.stand_ins import StandInView, open_requests
from scheduler.domain.times import local
from scheduler.flows.stand_in.ask import deadline
from scheduler.web.languages import mark
from scheduler.web.now.line import Desk, Line, Link, Urgency

_ASKED = mark("Inval gevraagd")
_TITLE = mark("%(name)s zoekt iemand voor %(title)s, %(day)s")
_DETAIL = mark("Gevraagd: %(names)s. Tot %(day)s, %(time)s uur hoeft u niets te doen.")
_NONE = mark("Gevraagd: %(names)s. Niemand zei op tijd ja.")
_LOOK = mark("Bekijk wie kan")

Key = tuple[str, str]


def pending(desk: Desk) -> Iterator[Line]:
    """A line for each request that colleagues have time for still."""
    for request in open_now(desk).values():
        view = desk.standing.view(request.meeting_id) if desk.standing else None
        if view is None or is_overdue(desk, request):
            continue
        words = desk.words
        until = _until(desk, request)
        yield Line(
            urgency=Urgency.WATCH,
            day=local(until).date(),
            tone="wait",
            icon="wait",
            kind=words.text(_ASKED),
            when=desk.away(view.starts_at),
            title=words.text(
                _TITLE, name=request.who.name, title=view.title, day=words.day(view.starts_at)
            ),
            detail=words.text(
                _DETAIL, names=_names(desk, request), day=words.day(until), time=words.clock(until)
            ),
            link=Link(f"/rooster/{view.id}?plaats={request.who.id}#wie", words.text(_LOOK)),
        )


def open_now(desk: Desk) -> Mapping[Key, StandInView]:
    """The open requests about meetings to come, by meeting and by who can't."""
    found = open_requests(desk.visit.session, desk.visit.who, at=desk.visit.at)
    return {(each.meeting_id, each.who.id): each for each in found}


def is_overdue(desk: Desk, request: StandInView) -> bool:
    """Whether nobody said yes in time, or everybody who was asked can't either."""
    return _until(desk, request) <= desk.visit.at or all(each.declined for each in request.asked)


def nobody_came(desk: Desk, request: StandInView) -> str:
    """Who was asked in vain, in a sentence."""
    return desk.words.text(_NONE, names=_names(desk, request))


def _names(desk: Desk, request: StandInView) -> str:
    return desk.words.names([each.who.name for each in request.asked])


def _until(desk: Desk, request: StandInView) -> datetime:
    view = desk.standing.view(request.meeting_id) if desk.standing else None
    hours = desk.visit.context.settings.planning.stand_in_hours
    return deadline(request.asked_at, view.starts_at if view else request.asked_at, hours=hours)
