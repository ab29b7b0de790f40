"""Representatives' own calendars elsewhere that don't hear from us any more."""

from collections.abc import Iterator
from datetime import timedelta

from scheduler.db.attention import StuckCalendar, calendars_stuck
from scheduler.domain.times import local
from scheduler.web.languages import mark
from scheduler.web.now.line import Desk, Line, Link, Press, Urgency

_MOST = 10
_PATIENCE = timedelta(days=1)
"""How long a server may be away before somebody is asked to look."""

_STUCK = mark("Agenda hapert")
_TITLE = mark("De agenda van %(name)s wordt niet bijgewerkt")
_AGAIN = mark("Probeer opnieuw")
_LOOK = mark("Bekijk de koppeling")


def stuck(desk: Desk) -> Iterator[Line]:
    """A line for each account that waits until somebody acts, or failed for a day."""
    before = desk.visit.at - _PATIENCE
    for each in calendars_stuck(desk.visit.session, desk.visit.who, before=before)[:_MOST]:
        yield _line(desk, each)


def _line(desk: Desk, stuck: StuckCalendar) -> Line:
    words = desk.words
    since = stuck.since or desk.visit.at
    return Line(
        urgency=Urgency.WEEK,
        day=local(since).date(),
        tone="wait",
        icon="off",
        kind=words.text(_STUCK),
        when=desk.away(since),
        title=words.text(_TITLE, name=stuck.owner.name),
        detail=words.sentence(stuck.said),
        link=Link(f"/agenda/afgevaardigde/{stuck.owner.id}", words.text(_LOOK)),
        presses=(
            Press(f"/agenda/koppeling/{stuck.connection_id}/opnieuw", words.text(_AGAIN), ()),
        ),
    )
