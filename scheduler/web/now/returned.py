"""Who comes after all, while somebody else stands in that place in the draft."""

from collections.abc import Iterator

from scheduler.db.answers import answers_among
from scheduler.db.views import MeetingView
from scheduler.domain.terms import Choice
from scheduler.domain.times import local
from scheduler.web.coming import people_at
from scheduler.web.languages import mark
from scheduler.web.now.line import Desk, Line, Link, Urgency

_KIND = mark("Gaat toch")
_TITLE = mark("%(name)s gaat toch naar %(title)s, %(day)s")
_DETAIL = mark("In uw concept staat %(name)s daar niet meer. Kies wie er gaat.")
_LOOK = mark("Bekijk het overleg")


def after_all(desk: Desk) -> Iterator[Line]:
    """A line for each who took a no back too late for the draft; without a draft there is none."""
    if desk.standing is None or desk.standing.plan_id is None:
        return
    words = desk.words
    for view, person in _returned(desk):
        name = desk.standing.label(person)
        yield Line(
            urgency=Urgency.TODAY,
            day=local(view.starts_at).date(),
            tone="wait",
            icon="wait",
            kind=words.text(_KIND),
            when=desk.away(view.starts_at),
            title=words.text(_TITLE, name=name, title=view.title, day=words.day(view.starts_at)),
            detail=words.text(_DETAIL, name=name),
            link=Link(f"/rooster/{view.id}#overleg", words.text(_LOOK)),
        )


def _returned(desk: Desk) -> Iterator[tuple[MeetingView, str]]:
    """Whom the publication has at a meeting to come, and the draft hasn't."""
    standing = desk.standing
    if standing is None:
        return
    for said in answers_among(desk.visit.session, desk.visit.who, list(standing.new)):
        if not (said.after_no and said.choice is Choice.YES):
            continue
        view = standing.view(said.meeting_id)
        if view is None or view.starts_at <= desk.visit.at or not standing.is_open(view.id):
            continue
        below = standing.below[view.id]
        was_there = said.representative_id in (*below.attendees, below.deputy)
        if was_there and said.representative_id not in people_at(view):
            yield view, said.representative_id
