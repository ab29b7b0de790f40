"""What a signed link in a mail is about: one person and one meeting, until that is over."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from scheduler.db import published, stand_ins
from scheduler.db.stand_ins import StandInView
from scheduler.db.views import MeetingView
from scheduler.domain.access import SYSTEM, Actor
from scheduler.domain.errors import AanTafelError, NotFound, Sentence, SpentLink
from scheduler.domain.links import Links, Purpose
from scheduler.domain.terms import MeetingState, Role
from scheduler.flows.attending.answer_invitation import invited_to


class NoLongerAsked(AanTafelError):
    """The link is real, but its owner isn't expected at the meeting any more."""

    def __init__(self) -> None:
        """Say that there is nothing to do."""
        super().__init__(
            Sentence(
                "U wordt niet meer verwacht bij dit overleg. U hoeft niets te doen.",
                "You are no longer expected at this meeting. You needn't do anything.",
            )
        )


@dataclass(frozen=True, slots=True)
class Mailed:
    """Who holds a link, and the meeting that it is about."""

    actor: Actor
    meeting: MeetingView


@dataclass(frozen=True, slots=True)
class MailedRequest:
    """Who is asked to stand in, the request, and its meeting."""

    actor: Actor
    request: StandInView
    meeting: MeetingView


def answer_link(links: Links, base_url: str, representative_id: str, meeting_id: str) -> str:
    """The address at which one person answers about one meeting, without signing in."""
    token = links.token(Purpose.ANSWER, representative_id, meeting_id)
    return f"{base_url}/antwoord/{token}"


def open_answer_link(session: Session, links: Links, token: str, *, at: datetime) -> Mailed:
    """Who may answer by this link, and about what; looking changes nothing.

    Raises:
        SpentLink: it isn't ours, or the meeting is over.
        PlaceTaken: its owner gave the place up, and somebody has it.
        NoLongerAsked: its owner isn't expected there any more, or the meeting is off.
    """
    person, meeting_id = links.read(Purpose.ANSWER, token)
    try:
        meeting = invited_to(session, person, meeting_id)
    except NotFound as error:
        raise NoLongerAsked from error
    if meeting.ends_at <= at:
        raise SpentLink
    if meeting.state is MeetingState.CANCELLED:
        raise NoLongerAsked
    return Mailed(Actor(Role.REPRESENTATIVE, person), meeting)


def stand_in_link(links: Links, base_url: str, request_id: str, representative_id: str) -> str:
    """The address at which one person says whether they stand in, without signing in."""
    token = links.token(Purpose.STAND_IN, request_id, representative_id)
    return f"{base_url}/invallen/{token}"


def open_stand_in_link(
    session: Session, links: Links, token: str, *, at: datetime
) -> MailedRequest:
    """What somebody is asked to take over; looking changes nothing.

    Raises:
        SpentLink: it isn't ours, or the meeting is over.
    """
    request_id, person = links.read(Purpose.STAND_IN, token)
    try:
        request = stand_ins.request_of(session, person, request_id)
        meeting = published.published_meeting(session, SYSTEM, request.meeting_id)
    except NotFound as error:
        raise SpentLink from error
    if meeting.ends_at <= at:
        raise SpentLink
    return MailedRequest(Actor(Role.REPRESENTATIVE, person), request, meeting)
