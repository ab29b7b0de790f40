"""Meetings that can't go on as planned, or lack somebody."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from scheduler.db.views import MeetingView
from scheduler.domain.terms import MeetingState
from scheduler.domain.times import local
from scheduler.flows.adjusting import Standing
from scheduler.flows.adjusting.standing import Broken
from scheduler.flows.explain_meeting import FREE, Someone, explain_meeting
from scheduler.flows.mandates.uses import Lapse, lapses
from scheduler.web.languages import mark
from scheduler.web.now.line import Desk, Line, Link, Press, Urgency

_SOON, _LATER, _LAST = timedelta(days=14), timedelta(days=30), timedelta(days=60)
_WITH_CANDIDATES = 3
"""For how many gaps it is worked out who could fill them; the meeting's own page always tells."""

_GAP = mark("Gat")
_BROKEN = mark("Kan niet meer")
_WHERE = mark("%(title)s, %(day)s")
_EMPTY_ONE = mark("Eén plaats is leeg.")
_EMPTY_MORE = mark("%(count)s plaatsen zijn leeg.")
_UNHEARD_ONE = mark("%(names)s wordt niet gehoord.")
_UNHEARD_MORE = mark("%(names)s worden niet gehoord.")
_NOBODY = mark("Niemand kan.")
_ONE = mark("Eén mens kan wel.")
_MORE = mark("%(count)s mensen kunnen wel.")
_PUT = mark("Zet %(name)s in")
_LOOK = mark("Bekijk wie kan")
_WHY = mark("Bekijk waarom")
_SOLVE = mark("Bekijk het overleg")


def broken(desk: Desk) -> Iterator[Line]:
    """Who is planned and can't come any more: the world moved on under the plan."""
    if desk.standing is None:
        return
    fallen = lapses(desk.visit.session, desk.standing.views, at=desk.visit.at)
    for violation in desk.standing.violations:
        if desk.standing.comes_from_a_no(violation):
            continue  # a line of its own tells who said no, and who could come instead
        view = desk.standing.view(violation.meeting) if violation.meeting else None
        if view is None or not desk.standing.is_open(view.id):
            continue
        urgency = _urgency(desk, view)
        yield Line(
            urgency=Urgency.WATCH if urgency is None else urgency,
            day=local(view.starts_at).date(),
            tone="gap",
            icon="off",
            kind=desk.words.text(_BROKEN),
            when=desk.away(view.starts_at),
            title=_title(desk, view),
            detail=_fact(desk, violation, fallen.get(view.id, ())),
            link=Link(f"/rooster/{view.id}", desk.words.text(_SOLVE)),
        )


def _fact(desk: Desk, violation: Broken, fallen: Iterable[Lapse]) -> str:
    """What doesn't fit; where a mandate fell away, when that was."""
    told = [violation.sentence]
    if violation.speaks_of_voices:
        told += [each.reason for each in fallen]
    return " ".join(map(desk.words.sentence, told))


def missing(desk: Desk) -> Iterator[Line]:
    """The meetings of the next two months with an empty seat, or somebody who isn't heard."""
    if desk.standing is None:
        return
    to_solve = _WITH_CANDIDATES
    for view in _ahead(desk, desk.standing):
        urgency = _urgency(desk, view)
        if urgency is None:
            return
        able: tuple[Someone, ...] | None = None
        if view.empty_seats and to_solve and desk.standing.is_open(view.id):
            able, to_solve = explain_meeting(desk.standing, view.id, FREE).able, to_solve - 1
        yield _line(desk, view, urgency, able, desk.standing.version)


def _ahead(desk: Desk, standing: Standing) -> Iterable[MeetingView]:
    on = MeetingState.PLANNED
    return (
        view
        for view in standing.views
        if view.starts_at > desk.visit.at and view.state is on and view.has_gap
    )


def _urgency(desk: Desk, view: MeetingView) -> Urgency | None:
    left = local(view.starts_at).date() - desk.today
    for until, urgency in ((_SOON, Urgency.TODAY), (_LATER, Urgency.WEEK), (_LAST, Urgency.WATCH)):
        if left <= until:
            return urgency
    return None


def _line(
    desk: Desk,
    view: MeetingView,
    urgency: Urgency,
    able: tuple[Someone, ...] | None,
    version: int,
) -> Line:
    words = desk.words
    return Line(
        urgency=urgency,
        day=local(view.starts_at).date(),
        tone="gap",
        icon="gap",
        kind=words.text(_GAP),
        when=desk.away(view.starts_at),
        title=_title(desk, view),
        detail=" ".join(_reasons(desk, view, able)),
        link=Link(f"/rooster/{view.id}#wie", words.text(_WHY if able == () else _LOOK)),
        presses=tuple(_press(desk, view, each, version) for each in (able or ())[:1]),
    )


def _title(desk: Desk, view: MeetingView) -> str:
    return desk.words.text(_WHERE, title=view.title, day=desk.words.day(view.starts_at))


def _reasons(desk: Desk, view: MeetingView, able: tuple[Someone, ...] | None) -> Iterator[str]:
    words, empty, unheard = desk.words, view.empty_seats, view.unheard
    if empty:
        text = _EMPTY_ONE if empty == 1 else _EMPTY_MORE
        yield words.text(text, count=words.count(empty).capitalize())
    if unheard:
        text = _UNHEARD_ONE if len(unheard) == 1 else _UNHEARD_MORE
        yield words.text(text, names=words.names([each.name for each in unheard]))
    if able is not None:
        text = {0: _NOBODY, 1: _ONE}.get(len(able), _MORE)
        yield words.text(text, count=words.count(len(able)).capitalize())


def _press(desk: Desk, view: MeetingView, best: Someone, version: int) -> Press:
    slot = () if best.slot is None else (("moment", str(best.slot)),)
    fields = (("daad", "assign"), ("wie", best.id), ("versie", str(version)), *slot)
    return Press(f"/rooster/{view.id}", desk.words.text(_PUT, name=best.label), fields)
