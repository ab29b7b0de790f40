"""Meetings of which nobody has told in time, and what organisations said back in vain."""

from collections.abc import Iterator

from scheduler.db import reports
from scheduler.domain.terms import ReactionKind
from scheduler.domain.times import local
from scheduler.flows.report_back.agreements import agreements
from scheduler.flows.report_back.due import Terms
from scheduler.web.languages import mark
from scheduler.web.now.line import Desk, Line, Link, Urgency

_MISSING = mark("Geen terugkoppeling")
_MISSING_TITLE = mark("Niemand vertelde wat er is besproken: %(title)s, %(day)s")
_MISSING_DETAIL = mark("%(names)s was erbij. De laatste dag om te vertellen was %(last)s.")
_MISSING_MANY = mark("%(names)s waren erbij. De laatste dag om te vertellen was %(last)s.")
_LOOK = mark("Bekijk het overleg")
_QUESTION = mark("Vraag bij een terugkoppeling")
_NOT_ASKED = mark("Niet wat zij vroegen")
_REACTION_TITLE = mark("%(name)s wacht op antwoord over %(title)s")
_REACTION_DETAIL = mark("De schrijver, %(writer)s, antwoordt.")
_READ = mark("Lees de reactie")
_NOT_DONE = mark("Afspraak over de dag heen")
_NOT_DONE_DETAIL = mark("Afgesproken bij %(title)s. De laatste dag was %(last)s.")
_AGREED = mark("Bekijk de afspraken")


def overdue(desk: Desk) -> Iterator[Line]:
    """A line for each meeting whose report should have come by now."""
    visit, words = desk.visit, desk.words
    terms = Terms.of(visit.context.settings)
    held = reports.waiting_reports(
        visit.session, visit.who, since=terms.asked_since(visit.at), at=visit.at
    )
    for meeting in held:
        last = terms.last_day(meeting)
        if last >= desk.today:
            continue
        names = [each.label for each in meeting.attendees]
        yield Line(
            urgency=Urgency.WEEK,
            day=last,
            tone="wait",
            icon="wait",
            kind=words.text(_MISSING),
            when=desk.away(last),
            title=words.text(_MISSING_TITLE, title=meeting.title, day=words.day(meeting.starts_at)),
            detail=words.text(
                _MISSING_DETAIL if len(names) == 1 else _MISSING_MANY,
                names=words.names(names),
                last=words.day(last),
            ),
            link=Link(f"/overleg/{meeting.id}", words.text(_LOOK)),
        )


def unanswered(desk: Desk) -> Iterator[Line]:
    """A line for each reaction that its writer hasn't answered."""
    session, who, words = desk.visit.session, desk.visit.who, desk.words
    for each in reports.waiting_reactions(session, who):
        told = reports.report_of(session, who, each.meeting_id)
        objects = each.kind is ReactionKind.NOT_ASKED
        yield Line(
            urgency=Urgency.WEEK,
            day=local(each.said_at).date(),
            tone="gap" if objects else "wait",
            icon="gap" if objects else "wait",
            kind=words.text(_NOT_ASKED if objects else _QUESTION),
            when=desk.away(each.said_at),
            title=words.text(
                _REACTION_TITLE, name=each.organisation.name, title=told.meeting.title
            ),
            detail=words.text(_REACTION_DETAIL, writer=told.report.writer.name),
            link=Link(f"/overleg/{each.meeting_id}/terugkoppeling#reacties", words.text(_READ)),
        )


def not_done(desk: Desk) -> Iterator[Line]:
    """A line for each thing that was agreed, should have been done by now, and isn't."""
    words = desk.words
    for each in agreements(desk.visit.session, desk.visit.who):
        last = each.action.due_on
        if each.is_done or last is None or last >= desk.today:
            continue
        yield Line(
            urgency=Urgency.WEEK,
            day=last,
            tone="wait",
            icon="wait",
            kind=words.text(_NOT_DONE),
            when=desk.away(last),
            title=each.action.what,
            detail=words.text(_NOT_DONE_DETAIL, title=each.meeting.title, last=words.day(last)),
            link=Link("/afspraken", words.text(_AGREED)),
        )
