"""Votes that wait for ballots, for closing, or for their result to be confirmed."""

from collections.abc import Iterator

from scheduler.db.votes import VoteView, unfinished
from scheduler.domain.terms import VoteState
from scheduler.domain.times import local
from scheduler.web.languages import mark
from scheduler.web.now.line import Desk, Line, Link, Urgency

_CONFIRM = (
    mark("Uitslag wacht"),
    mark("Stel de uitslag vast: %(title)s"),
    mark("De stemming bij %(meeting)s is gesloten. De organisaties zien de uitslag nog niet."),
)
_CLOSE = (
    mark("Stemming staat open"),
    mark("Sluit de stemming: %(title)s"),
    mark("Het overleg %(meeting)s is voorbij."),
)
_ASKED = (
    mark("Stem gevraagd"),
    mark("Nog niet iedereen stemde: %(title)s"),
    mark("%(cast)s van %(all)s stemmen zijn binnen. Gevraagd: %(names)s."),
)
"""In each: what sort of thing it is, what it is, and the reason."""

_LOOK = mark("Bekijk de stemming")


def unsettled(desk: Desk) -> Iterator[Line]:
    """A line for each vote that isn't final, with what it waits for."""
    for vote in unfinished(desk.visit.session, desk.visit.who):
        if vote.state is VoteState.CLOSED:
            yield _line(desk, vote, Urgency.WEEK, _CONFIRM)
        elif vote.meeting.ends_at <= desk.visit.at:
            yield _line(desk, vote, Urgency.WEEK, _CLOSE)
        elif len(vote.cast) < len(vote.voters):
            yield _line(desk, vote, Urgency.WATCH, _ASKED)


def _line(desk: Desk, vote: VoteView, urgency: Urgency, said: tuple[str, str, str]) -> Line:
    kind, title, detail = said
    words = desk.words
    asked = {each.caster.name for each in vote.voters if each.organisation.id not in vote.cast}
    return Line(
        urgency=urgency,
        day=local(vote.meeting.starts_at).date(),
        tone="wait",
        icon="wait",
        kind=words.text(kind),
        when=desk.away(vote.meeting.starts_at),
        title=words.text(title, title=vote.title),
        detail=words.text(
            detail,
            meeting=vote.meeting.title,
            cast=len(vote.cast),
            all=len(vote.voters),
            names=words.names(sorted(asked)),
        ),
        link=Link(f"/stemming/{vote.id}", words.text(_LOOK)),
    )
