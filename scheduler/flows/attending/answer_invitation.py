"""Answer an invitation: the one road for a tap on a page, a mail, a reply and a calendar."""

from datetime import datetime

from sqlmodel import Session

from calendars.identity import href
from scheduler.db import answers, audits, calendar_writes, published, stand_ins
from scheduler.db.answers import AnswerView
from scheduler.db.tables import Answer
from scheduler.db.views import MeetingView
from scheduler.domain.access import Actor
from scheduler.domain.errors import BadInput, NotFound, NothingToDo, Sentence
from scheduler.domain.terms import Choice, MeetingState, Role, Way
from scheduler.flows.stand_in.ask import ask_deputy
from scheduler.flows.stand_in.errors import PlaceTaken
from scheduler.flows.stand_in.withdraw import withdraw_stand_in

MEETINGS = "overleggen"
"""The calendar with a representative's meetings, as it is called in an account's address."""

_LONGEST_COMMENT = 1_000


def answer_invitation(
    session: Session,
    actor: Actor,
    meeting_id: str,
    choice: Choice,
    *,
    way: Way,
    at: datetime,
    comment: str = "",
    representative_id: str | None = None,
    could_online: bool = False,
) -> None:
    """Record what a representative answers; the same answer again changes nothing.

    A yes after a no takes the no back: whoever was being asked to stand in isn't any more.

    Args:
        session: the session; the caller commits.
        actor: who says it: the representative, or who plans for all in that person's name.
        meeting_id: a published meeting at which the representative attends or stands by.
        choice: the answer.
        way: how it came.
        at: when.
        comment: whatever the person wants to add; nobody has to give a reason.
        representative_id: whose answer it is; the actor's own where it isn't given.
        could_online: whether who can't come says that they could take part online.

    Raises:
        NotFound: there is no such meeting, or this representative isn't asked to it.
        PlaceTaken: they gave their place up, and somebody else has it by now.
        NothingToDo: it is cancelled or over.
        BadInput: the comment is too long.
    """
    person = _person(actor, representative_id)
    if choice is Choice.YES:
        # Before reading the plan: whoever steps in at this moment has the place, or hasn't.
        withdraw_stand_in(session, person_actor(person), meeting_id, at=at)
    meeting = invited_to(session, person, meeting_id)
    if meeting.state is MeetingState.CANCELLED or meeting.ends_at <= at:
        raise NothingToDo(_TOO_LATE)
    if len(comment) > _LONGEST_COMMENT:
        raise BadInput(_TOO_LONG)
    said = answers.own_answers(session, person_actor(person), person).get(meeting_id)
    if said and (said.choice, said.comment, said.could_online) == (choice, comment, could_online):
        return
    _record(
        session,
        person,
        meeting,
        Answer(
            representative_id=person,
            meeting_id=meeting_id,
            revision=meeting.revision,
            choice=choice,
            comment=comment,
            could_online=could_online,
            after_no=_takes_back(said, choice),
            way=way,
            answered_at=at,
        ),
    )
    audits.record(
        session,
        actor,
        "go after all" if choice is Choice.YES and _takes_back(said, choice) else "answer",
        noun="meeting",
        noun_id=meeting_id,
        at=at,
        detail=f"{person}: {choice}, by {way}",
    )
    if choice is Choice.NO:
        ask_deputy(session, person, meeting, at=at)


def _takes_back(said: AnswerView | None, choice: Choice) -> bool:
    """Whether this person said no before, and doesn't now."""
    earlier = said is not None and (said.choice is Choice.NO or said.after_no)
    return earlier and choice is not Choice.NO


def invited_to(session: Session, representative_id: str, meeting_id: str) -> MeetingView:
    """As `asked_to`; but whoever gave the place up reads who took it (PlaceTaken)."""
    try:
        return asked_to(session, representative_id, meeting_id)
    except NotFound:
        actor = person_actor(representative_id)
        given_up = stand_ins.newest_of(session, actor, representative_id, meeting_id)
        if given_up is None or given_up.taken_by is None:
            raise
        raise PlaceTaken(given_up.taken_by.name) from None


def asked_to(session: Session, representative_id: str, meeting_id: str) -> MeetingView:
    """The meeting, where this representative attends or stands by; NotFound otherwise."""
    meeting = published.published_meeting(session, person_actor(representative_id), meeting_id)
    people = (*meeting.attendees, *filter(None, [meeting.deputy]))
    if all(each.representative_id != representative_id for each in people):
        raise NotFound("overleg", meeting_id)
    return meeting


def person_actor(representative_id: str) -> Actor:
    """The representative as who asks."""
    return Actor(Role.REPRESENTATIVE, representative_id)


def _person(actor: Actor, representative_id: str | None) -> str:
    own = actor.subject if actor.role is Role.REPRESENTATIVE else None
    person = representative_id or own
    if person is None or not (person == own or actor.plans_for_all):
        raise NotFound("uitnodiging")
    return person


def _record(session: Session, person: str, meeting: MeetingView, answer: Answer) -> None:
    number = calendar_writes.begin(session, person, at=answer.answered_at)
    session.merge(answer)
    calendar_writes.note(session, person, MEETINGS, href(meeting.uid), number=number)


_TOO_LATE = Sentence(
    "Dit overleg is al geweest of gaat niet door. U hoeft niets te doen.",
    "This meeting is over or cancelled. You needn't do anything.",
)
_TOO_LONG = Sentence(
    f"Maak uw toelichting korter: hooguit {_LONGEST_COMMENT} tekens.",
    f"Make your comment shorter: at most {_LONGEST_COMMENT} characters.",
)
