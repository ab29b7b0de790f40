"""Meetings to which somebody goes without who should be beside them."""

from collections.abc import Iterator
from datetime import timedelta

from scheduler.domain.times import local
from scheduler.flows.continuity import Company, Lack, lacking_company
from scheduler.web.languages import mark
from scheduler.web.now.line import Desk, Line, Link, Urgency

_SOON, _LAST = timedelta(days=14), timedelta(days=60)

_KIND = mark("Niet samen")
_WHERE = mark("%(title)s, %(day)s")
_NO_VOLUNTEER = mark(
    "Deze tafel vraagt om een vrijwilliger en een beroepskracht. De vrijwilliger ontbreekt."
)
_NO_PROFESSIONAL = mark(
    "Deze tafel vraagt om een vrijwilliger en een beroepskracht. De beroepskracht ontbreekt."
)
_ALONE = mark("%(names)s is op proef en gaat zonder ervaren iemand ernaast.")
_LOOK = mark("Bekijk wie mee kan")


def missing_beside(desk: Desk) -> Iterator[Line]:
    """A line for each such meeting of the next two months."""
    if desk.standing is None:
        return
    visit = desk.visit
    ahead = [
        each
        for each in desk.standing.views
        if each.starts_at > visit.at and local(each.starts_at).date() - desk.today <= _LAST
    ]
    for each in lacking_company(visit.session, visit.who, ahead):
        yield _line(desk, each)


def _line(desk: Desk, found: Company) -> Line:
    words, view = desk.words, found.meeting
    day = local(view.starts_at).date()
    said = {
        Lack.VOLUNTEER: words.text(_NO_VOLUNTEER),
        Lack.PROFESSIONAL: words.text(_NO_PROFESSIONAL),
        Lack.EXPERIENCED: words.text(_ALONE, names=words.names(list(found.on_trial))),
    }
    return Line(
        urgency=Urgency.WEEK if day - desk.today <= _SOON else Urgency.WATCH,
        day=day,
        tone="wait",
        icon="one",
        kind=words.text(_KIND),
        when=desk.away(view.starts_at),
        title=words.text(_WHERE, title=view.title, day=words.day(view.starts_at)),
        detail=" ".join(said[each] for each in found.lacks),
        link=Link(f"/rooster/{view.id}#wie", words.text(_LOOK)),
    )
