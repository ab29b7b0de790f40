"""Mail that didn't go, that waits to be seen, and what was mailed back."""

from collections.abc import Iterator

from scheduler.db import outbox
from scheduler.db.outbox import OutgoingView, ReplyView
from scheduler.domain.terms import MailState
from scheduler.domain.times import local
from scheduler.web.languages import mark
from scheduler.web.now.line import Desk, Line, Link, Press, Urgency
from scheduler.web.words.failures import failure

_MOST = 5

_FAILED = mark("Mail mislukt")
_TO = mark("%(name)s kreeg geen mail over %(title)s")
_TO_FORGOTTEN = mark("Een mail over %(title)s kwam niet aan")
_AGAIN = mark("Probeer opnieuw")
_LOOK = mark("Bekijk de mail")
_MORE_FAILED = mark("Meer mails kwamen niet aan")
_MORE_DETAIL = mark("Dit zijn de nieuwste %(count)s; in de postbus staan ze allemaal.")
_POST = mark("Naar de postbus")
_ANSWERED = mark("Mail terug")
_SAYS = mark("%(name)s %(what)s: %(title)s")
_CLOSE = mark("Leg weg")
_HELD = mark("Mail wacht")
_HELD_ONE = mark("Eén mail wacht tot u hem verstuurt")
_HELD_MORE = mark("%(count)s mails wachten tot u ze verstuurt")
_HELD_DETAIL = mark("Na de wachttijd gaan zij vanzelf.")
_SEND = mark("Verstuur nu")


def failed(desk: Desk) -> Iterator[Line]:
    """A line for each of the newest that failed for good."""
    found = outbox.outgoing(desk.visit.session, desk.visit.who, (MailState.FAILED,), most=_MOST + 1)
    for mail in found[:_MOST]:
        yield _failed(desk, mail)
    if len(found) > _MOST:
        yield _more(desk, found[_MOST])


def _failed(desk: Desk, mail: OutgoingView) -> Line:
    words = desk.words
    title = words.text(
        _TO if mail.recipient else _TO_FORGOTTEN, name=mail.recipient, title=mail.meeting_title
    )
    return Line(
        urgency=Urgency.TODAY,
        day=local(mail.created_at).date(),
        tone="gap",
        icon="off",
        kind=words.text(_FAILED),
        when=desk.away(mail.created_at),
        title=title,
        detail=words.said(failure(mail.failure)),
        link=Link(f"/postbus/{mail.id}", words.text(_LOOK)),
        presses=(Press(f"/postbus/{mail.id}/opnieuw", words.text(_AGAIN), ()),),
    )


def _more(desk: Desk, mail: OutgoingView) -> Line:
    words = desk.words
    return Line(
        urgency=Urgency.TODAY,
        day=local(mail.created_at).date(),
        tone="gap",
        icon="off",
        kind=words.text(_FAILED),
        when=desk.away(mail.created_at),
        title=words.text(_MORE_FAILED),
        detail=words.text(_MORE_DETAIL, count=words.count(_MOST)),
        link=Link("/postbus", words.text(_POST)),
    )


def came_back(desk: Desk) -> Iterator[Line]:
    """A line for each reply that waits for somebody."""
    for reply in outbox.replies(desk.visit.session, desk.visit.who, most=_MOST):
        yield _reply(desk, reply)


def _reply(desk: Desk, reply: ReplyView) -> Line:
    words = desk.words
    return Line(
        urgency=Urgency.WEEK,
        day=local(reply.received_at).date(),
        tone="new",
        icon="new",
        kind=words.text(_ANSWERED),
        when=desk.away(reply.received_at),
        title=words.text(
            _SAYS, name=reply.sender, what=words.term(reply.kind), title=reply.meeting_title
        ),
        detail=" ".join(_words_of(desk, reply)),
        link=Link("/postbus", words.text(_POST)),
        presses=(Press(f"/postbus/antwoord/{reply.id}/klaar", words.text(_CLOSE), ()),),
    )


def _words_of(desk: Desk, reply: ReplyView) -> Iterator[str]:
    words = desk.words
    if reply.starts_at and reply.ends_at:
        yield f"{words.day(reply.starts_at)}, {words.span(reply.starts_at, reply.ends_at)}."
    if reply.comment:
        yield f"“{reply.comment}”"


def held(desk: Desk) -> Iterator[Line]:
    """One line for all that wait to be seen."""
    number, first = outbox.held(desk.visit.session, desk.visit.who)
    if first is None:
        return
    words = desk.words
    yield Line(
        urgency=Urgency.WEEK,
        day=local(first).date(),
        tone="wait",
        icon="wait",
        kind=words.text(_HELD),
        when=desk.away(first),
        title=words.text(_HELD_ONE if number == 1 else _HELD_MORE, count=words.number(number)),
        detail=words.text(_HELD_DETAIL),
        link=Link("/postbus", words.text(_POST)),
        presses=(Press("/postbus/versturen", words.text(_SEND), ()),),
    )
