"""Somebody asked to a meeting, by a mailed link or signed in: the same pages for both."""

from dataclasses import dataclass

from scheduler.db.answers import AnswerView, own_answers
from scheduler.db.views import MeetingView
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.links import Links
from scheduler.domain.terms import Role, Way
from scheduler.flows.attending.answer_invitation import invited_to
from scheduler.flows.attending.mailed_links import open_answer_link
from scheduler.web.context import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """Who is asked, to what, what they said, and the address under which they are served.

    `signed_in` False: the link in a mail says who it is, and opens nothing else.
    """

    actor: Actor
    meeting: MeetingView
    base: str
    way: Way
    signed_in: bool
    said: AnswerView | None

    @property
    def person(self) -> str:
        """The representative's identifier."""
        return self.actor.subject or ""


def by_link(visit: Visit, token: str) -> Invited:
    """The holder of a mailed link; SpentLink or NoLongerAsked where it doesn't work."""
    found = open_answer_link(visit.session, Links(visit.context.key), token, at=visit.at)
    return _invited(visit, found.actor, found.meeting, f"/antwoord/{token}", Way.MAIL)


def as_signed_in(visit: Visit, meeting_id: str) -> Invited:
    """The representative who is signed in; NotFound where they aren't asked to the meeting.

    PlaceTaken where they gave their place up and somebody has it.
    """
    if visit.who.role is not Role.REPRESENTATIVE:
        raise NotFound("overleg", meeting_id)
    meeting = invited_to(visit.session, visit.who.subject or "", meeting_id)
    return _invited(visit, visit.who, meeting, f"/overleg/{meeting_id}", Way.PAGE)


def _invited(visit: Visit, actor: Actor, meeting: MeetingView, base: str, way: Way) -> Invited:
    said = own_answers(visit.session, actor, actor.subject or "")
    return Invited(
        actor=actor,
        meeting=meeting,
        base=base,
        way=way,
        signed_in=way is Way.PAGE,
        said=said.get(meeting.id),
    )
