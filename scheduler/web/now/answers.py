"""What representatives answered: who says no, with who could come instead, and who is in doubt."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import timedelta

from scheduler.db.answers import AnswerView, answers_among, declines
from scheduler.db.views import Attendance, MeetingView
from scheduler.domain.terms import Choice, MeetingState, Part
from scheduler.domain.times import local
from scheduler.flows.adjusting import Standing
from scheduler.flows.explain_meeting import DEPUTY, Someone, explain_meeting
from scheduler.web.languages import mark
from scheduler.web.now.line import Desk, Line, Link, Press, Urgency
from scheduler.web.now.stand_ins import is_overdue, nobody_came, open_now

_BEST = 3
"""How many who could come instead are one press away."""

_WITH_CANDIDATES = 5
"""For how many noes it is worked out who could come; the meeting's own page always tells."""

_SOON, _DOUBT = timedelta(days=14), timedelta(days=7)

_NO = mark("Zei nee")
_TITLE = mark("%(name)s kan niet naar %(title)s, %(day)s")
_TITLE_DEPUTY = mark("%(name)s kan geen vervanger zijn bij %(title)s, %(day)s")
_SAID = mark("“%(comment)s”")
_COULD_ONLINE = mark("Zou wel online kunnen.")
_NOBODY = mark("Niemand anders kan.")
_ONE = mark("Eén ander kan wel.")
_MORE = mark("%(count)s anderen kunnen wel.")
_PUT = mark("Zet %(name)s in")
_MAKE = mark("Maak %(name)s vervanger")
_LOOK = mark("Bekijk wie kan")
_DOUBTFUL = mark("Twijfelt")
_DOUBT_ONE = mark("Bij één overleg binnen een week zegt iemand misschien")
_DOUBT_MORE = mark("Bij %(count)s overleggen binnen een week zegt iemand misschien")
_DOUBT_DETAIL = mark("Het eerste is %(title)s, %(day)s: %(name)s.")
_DOUBT_LINK = mark("Bekijk de overleggen van deze week")


def declined(desk: Desk) -> Iterator[Line]:
    """A line for each who is planned at a meeting to come, said no, and whom nobody follows yet.

    While colleagues still have time to step in, the line is theirs.
    """
    if desk.standing is None:
        return
    said = {
        (each.meeting_id, each.representative_id): each
        for each in declines(desk.visit.session, desk.visit.who)
    }
    asked = open_now(desk)
    to_solve = _WITH_CANDIDATES
    for view, person in _planned(desk, desk.standing, {meeting for meeting, _ in said}):
        answer = said.get((view.id, person.representative_id))
        request = asked.get((view.id, person.representative_id))
        if answer is None or (request and not is_overdue(desk, request)):
            continue
        able = _able(desk.standing, view, person) if to_solve else None
        to_solve = max(0, to_solve - 1)
        line = _declined(desk, view, person, answer, able)
        in_vain = f"{nobody_came(desk, request)} " if request else ""
        yield replace(line, detail=f"{in_vain}{line.detail}")


def _planned(
    desk: Desk, standing: Standing, noes: Collection[str]
) -> Iterator[tuple[MeetingView, Attendance]]:
    """Everybody at the open meetings to come among these."""
    for view in standing.views:
        if view.id in noes and view.starts_at > desk.visit.at and standing.is_open(view.id):
            for person in (*view.attendees, *filter(None, [view.deputy])):
                yield view, person


def _able(standing: Standing, view: MeetingView, person: Attendance) -> tuple[Someone, ...]:
    place = DEPUTY if person.part is Part.DEPUTY else person.representative_id
    return explain_meeting(standing, view.id, place).able


def _declined(
    desk: Desk,
    view: MeetingView,
    person: Attendance,
    answer: AnswerView,
    able: tuple[Someone, ...] | None,
) -> Line:
    words = desk.words
    deputy = person.part is Part.DEPUTY
    place = DEPUTY if deputy else person.representative_id
    return Line(
        urgency=_urgency(desk, view),
        day=local(view.starts_at).date(),
        tone="gap",
        icon="off",
        kind=words.text(_NO),
        when=desk.away(view.starts_at),
        title=words.text(
            _TITLE_DEPUTY if deputy else _TITLE,
            name=person.label,
            title=view.title,
            day=words.day(view.starts_at),
        ),
        detail=" ".join(_detail(desk, answer, able)),
        link=Link(f"/rooster/{view.id}?plaats={place}#wie", words.text(_LOOK)),
        presses=tuple(_press(desk, view, person, each) for each in (able or ())[:_BEST]),
    )


def _detail(desk: Desk, answer: AnswerView, able: tuple[Someone, ...] | None) -> Iterator[str]:
    words = desk.words
    if answer.comment:
        yield words.text(_SAID, comment=answer.comment)
    if answer.could_online:
        yield words.text(_COULD_ONLINE)
    if able is not None:
        text = {0: _NOBODY, 1: _ONE}.get(len(able), _MORE)
        yield words.text(text, count=words.count(len(able)).capitalize())


def _press(desk: Desk, view: MeetingView, gone: Attendance, best: Someone) -> Press:
    deputy = gone.part is Part.DEPUTY
    deed = (("daad", "set_deputy"),) if deputy else (("daad", "replace"),)
    instead = () if deputy else (("van", gone.representative_id),)
    version = str(desk.standing.version) if desk.standing else "0"
    return Press(
        f"/rooster/{view.id}",
        desk.words.text(_MAKE if deputy else _PUT, name=best.label),
        (*deed, ("wie", best.id), *instead, ("versie", version)),
    )


def _urgency(desk: Desk, view: MeetingView) -> Urgency:
    """Whoever said no waits for a word, however far off the meeting is."""
    left = local(view.starts_at).date() - desk.today
    return Urgency.TODAY if left <= _SOON else Urgency.WEEK


def in_doubt(desk: Desk) -> Iterator[Line]:
    """One line for all who said perhaps to a meeting within a week."""
    found = _doubts(desk)
    if not found:
        return
    words, number = desk.words, len({view.id for view, _ in found})
    view, person = found[0]
    until = desk.today + _DOUBT
    yield Line(
        urgency=Urgency.WEEK,
        day=local(view.starts_at).date(),
        tone="wait",
        icon="wait",
        kind=words.text(_DOUBTFUL),
        when=desk.away(view.starts_at),
        title=words.text(_DOUBT_ONE if number == 1 else _DOUBT_MORE, count=words.count(number)),
        detail=words.text(
            _DOUBT_DETAIL, title=view.title, day=words.day(view.starts_at), name=person.label
        ),
        link=Link(
            f"/rooster/{view.id}#overleg"
            if number == 1
            else f"/rooster?van={desk.today}&tot={until}",
            words.text(_LOOK if number == 1 else _DOUBT_LINK),
        ),
    )


def _doubts(desk: Desk) -> list[tuple[MeetingView, Attendance]]:
    views = [
        view
        for view in (desk.standing.views if desk.standing else ())
        if view.state is MeetingState.PLANNED
        and desk.visit.at < view.starts_at
        and local(view.starts_at).date() <= desk.today + _DOUBT
    ]
    said = answers_among(desk.visit.session, desk.visit.who, [view.id for view in views])
    doubts = {
        (each.meeting_id, each.representative_id) for each in said if each.choice is Choice.PERHAPS
    }
    return [
        (view, person)
        for view in views
        for person in (*view.attendees, *filter(None, [view.deputy]))
        if (view.id, person.representative_id) in doubts
    ]
