"""What somebody says who is asked to stand in: the first yes takes the place, and is published."""

from datetime import date, datetime

from sqlalchemy import exists, update
from sqlmodel import Session, col, delete

from scheduler.db import audits, published, stand_ins
from scheduler.db.stand_ins import StandInView
from scheduler.db.tables import Pin, Plan, StandInAsked, StandInRequest
from scheduler.domain.access import SYSTEM, Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.terms import (
    Adjustment,
    Choice,
    MailState,
    MeetingState,
    PlanState,
    Role,
    StandInState,
    Way,
)
from scheduler.domain.times import local
from scheduler.flows.adjusting import Shelf, Wish
from scheduler.flows.adjusting.arrangement import arrangement, write_meeting
from scheduler.flows.adjusting.wishes import wanted
from scheduler.flows.attending.answer_invitation import answer_invitation
from scheduler.flows.publishing.publish_plan import publish_plan
from scheduler.flows.stand_in.ask import open_mails
from scheduler.flows.stand_in.errors import NotNeeded, TakenAlready
from scheduler.flows.stand_in.places import Place, place_of


def step_in(
    session: Session, actor: Actor, shelf: Shelf, request_id: str, *, way: Way, at: datetime
) -> None:
    """Take the place: the published plan changes at once, with its calendars and its mail.

    Of two who say yes at the same moment one gets it. Whoever has it already changes nothing.

    Args:
        session: the session; the caller commits.
        actor: the representative who is asked.
        shelf: the standings that this process keeps, whose policy judges.
        request_id: the request.
        way: how the yes came.
        at: now.

    Raises:
        NotFound: there is no such request, or the actor isn't asked in it.
        TakenAlready: somebody else was first.
        NotNeeded: it was withdrawn, is over, or the plan has changed since.
        AgainstRules: the rule book forbids it by now.
    """
    person = _person(actor)
    asked = stand_ins.request_of(session, person, request_id)
    # Laid out before the claim: while it is built nobody else has to wait for the database.
    place_of(session, shelf, asked.meeting_id, asked.who.id, at=at)
    if not _claim(session, asked.id, person, at):
        _refuse(session, person, request_id)
        return
    meeting = published.published_meeting(session, SYSTEM, asked.meeting_id)
    if meeting.state is MeetingState.CANCELLED or meeting.starts_at <= at:
        raise NotNeeded
    place = place_of(session, shelf, asked.meeting_id, asked.who.id, at=at)
    if place is None:
        raise NotNeeded
    _publish(session, shelf, place, person, at=at)
    for mail in open_mails(session, asked.id):
        mail.state, mail.message = MailState.WITHDRAWN, None
    answer_invitation(session, actor, meeting.id, Choice.YES, way=way, at=at)
    audits.record(
        session,
        actor,
        "step in",
        noun="meeting",
        noun_id=meeting.id,
        at=at,
        detail=f"{person} for {asked.who.id}",
    )


def decline_stand_in(session: Session, actor: Actor, request_id: str, *, at: datetime) -> None:
    """Say no to standing in; no reason is asked for, and a later yes still counts.

    Raises:
        NotFound: there is no such request, or the actor isn't asked in it.
        NotNeeded: nobody is looked for any more.
    """
    person = _person(actor)
    asked = stand_ins.request_of(session, person, request_id)
    if asked.state is not StandInState.OPEN:
        raise NotNeeded
    session.get_one(StandInAsked, (request_id, person)).declined_at = at
    audits.record(
        session, actor, "decline stand-in", noun="meeting", noun_id=asked.meeting_id, at=at
    )


def _person(actor: Actor) -> str:
    if actor.role is not Role.REPRESENTATIVE or actor.subject is None:
        raise NotFound("verzoek")
    return actor.subject


def _claim(session: Session, request_id: str, person: str, at: datetime) -> bool:
    """Take the request; from here until the transaction ends nobody else can."""
    asked = exists().where(
        col(StandInAsked.request_id) == request_id, col(StandInAsked.representative_id) == person
    )
    taken = session.exec(
        update(StandInRequest)
        .where(
            col(StandInRequest.id) == request_id,
            col(StandInRequest.state) == StandInState.OPEN,
            asked,
        )
        .values(state=StandInState.TAKEN, taken_by=person, closed_at=at)
        .execution_options(synchronize_session=False)
    )
    session.expire_all()
    return bool(taken.rowcount == 1)


def _refuse(session: Session, person: str, request_id: str) -> None:
    """Say why it can't be taken; nothing where this person has it already."""
    now: StandInView = stand_ins.request_of(session, person, request_id)
    if now.taken_by is None:
        raise NotNeeded
    if now.taken_by.id != person:
        raise TakenAlready(now.taken_by.name)


def _publish(session: Session, shelf: Shelf, place: Place, person: str, *, at: datetime) -> None:
    """Publish this one meeting with somebody else in the place, judged like every publication."""
    standing, meeting_id = place.standing, place.meeting_id
    before = arrangement(session, standing.planned(meeting_id), standing.question)
    with standing.asking() as position:
        after = wanted(_wish(place, person), before, standing.question, position)
    gone = (
        col(Pin.meeting_id) == meeting_id,
        col(Pin.representative_id) == place.representative_id,
    )
    session.exec(delete(Pin).where(*gone))
    plan = _plan(local(_start(place)).date(), at)
    session.add(plan)
    session.flush()
    write_meeting(session, plan.id, meeting_id, after, standing.position.derived)
    publish_plan(session, SYSTEM, plan.id, at=at, policy=shelf.policy, held=False, alone=True)


def _wish(place: Place, person: str) -> Wish:
    if place.is_deputy:
        act, instead_of = Adjustment.SET_DEPUTY, None
    else:
        act, instead_of = Adjustment.REPLACE, place.representative_id
    return Wish(
        act=act,
        meeting_id=place.meeting_id,
        representative_id=person,
        instead_of=instead_of,
    )


def _start(place: Place) -> datetime:
    slot = place.standing.planned(place.meeting_id).slot or 0
    return place.standing.question.problem.meetings[place.meeting_id].slots[slot].start


def _plan(day: date, at: datetime) -> Plan:
    return Plan(
        first_day=day,
        last_day=day,
        as_of=at.replace(second=0, microsecond=0),
        state=PlanState.DRAFT,
        created_at=at,
        finished_at=at,
        adjusted=True,
        seed=1,
        workers=1,
        time_limit_seconds=0,
    )
