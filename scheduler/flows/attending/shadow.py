"""Coming along to learn: work for whoever does it, seen by the table, and no presence."""

from datetime import datetime

from sqlmodel import Session, col, select

from scheduler.db import audits, published
from scheduler.db.tables import Plan, PublishedAttendance, PublishedMeeting, Representative, Shadow
from scheduler.db.views import MeetingView
from scheduler.domain.access import SYSTEM, Actor
from scheduler.domain.errors import BadInput, NotFound, NothingToDo, Sentence
from scheduler.domain.terms import MeetingState, PlanState
from scheduler.domain.times import local
from scheduler.flows.attending.answer_invitation import person_actor
from scheduler.flows.planning.draft_rows import write_facts
from scheduler.flows.publishing.facts_read import facts_in_force
from scheduler.flows.publishing.publish_plan import publish_plan
from scheduler.policy import PlanningPolicy

_TOO_LATE = Sentence(
    "Dit overleg is al begonnen, gaat niet door of verandert net. Er is niets veranderd.",
    "This meeting has begun, is cancelled or is being changed. Nothing has changed.",
)
_THERE = Sentence("Deze persoon is hier al bij.", "This person is at this meeting already.")
_ELSEWHERE = Sentence(
    "Op dit moment is er al een ander overleg.", "There is another meeting at this time already."
)


def come_along(
    session: Session,
    actor: Actor,
    meeting_id: str,
    representative_id: str,
    *,
    at: datetime,
    policy: PlanningPolicy | None = None,
) -> None:
    """Let somebody come along; it is published at once. Once more changes nothing.

    `policy` is what the plan is judged by; None: the configured one.

    Raises:
        NotFound: the meeting isn't this person's to see, or somebody else is meant.
        NothingToDo: it has begun, or is cancelled.
        BadInput: the person attends or stands by here, or is elsewhere then.
    """
    meeting = _meeting(session, actor, meeting_id, representative_id, at)
    if session.get(Shadow, (meeting_id, representative_id)) is not None:
        return
    everybody = (*meeting.attendees, *filter(None, [meeting.deputy]))
    if any(each.representative_id == representative_id for each in everybody):
        raise BadInput(_THERE)
    if _is_elsewhere(session, representative_id, meeting):
        raise BadInput(_ELSEWHERE)
    session.add(Shadow(meeting_id=meeting_id, representative_id=representative_id, added_at=at))
    session.flush()
    _publish(session, meeting, at, policy)
    audits.record(
        session,
        actor,
        "come along",
        noun="meeting",
        noun_id=meeting_id,
        at=at,
        detail=representative_id,
    )


def stay_away(
    session: Session,
    actor: Actor,
    meeting_id: str,
    representative_id: str,
    *,
    at: datetime,
    policy: PlanningPolicy | None = None,
) -> None:
    """Let somebody come along no more; it is published at once. Errors as above."""
    meeting = _meeting(session, actor, meeting_id, representative_id, at)
    found = session.get(Shadow, (meeting_id, representative_id))
    if found is None:
        return
    session.delete(found)
    session.flush()
    _publish(session, meeting, at, policy)
    audits.record(
        session,
        actor,
        "stay away",
        noun="meeting",
        noun_id=meeting_id,
        at=at,
        detail=representative_id,
    )


def _meeting(
    session: Session, actor: Actor, meeting_id: str, representative_id: str, at: datetime
) -> MeetingView:
    if actor != person_actor(representative_id) and not actor.plans_for_all:
        raise NotFound("overleg", meeting_id)
    if session.get(Representative, representative_id) is None:
        raise NotFound("afgevaardigde", representative_id)
    meeting = published.published_meeting(session, actor, meeting_id)
    if meeting.state is MeetingState.CANCELLED or meeting.starts_at <= at:
        raise NothingToDo(_TOO_LATE)
    return meeting


def _is_elsewhere(session: Session, person: str, meeting: MeetingView) -> bool:
    there, other = PublishedAttendance, PublishedMeeting
    query = (
        select(other.id)
        .join(there, col(there.published_meeting_id) == col(other.id))
        .where(
            there.representative_id == person,
            col(other.last_publication).is_(None),
            other.state == MeetingState.PLANNED,
            other.starts_at < meeting.ends_at,
            other.ends_at > meeting.starts_at,
        )
    )
    return session.exec(query).first() is not None


def _publish(
    session: Session, meeting: MeetingView, at: datetime, policy: PlanningPolicy | None
) -> None:
    """The same plan for this meeting; who comes along is added to it from its own rows."""
    day = local(meeting.starts_at).date()
    plan = Plan(
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
    session.add(plan)
    session.flush()
    if not write_facts(session, plan.id, facts_in_force(session)[meeting.id]):
        raise NothingToDo(_TOO_LATE)
    publish_plan(session, SYSTEM, plan.id, at=at, policy=policy, held=False, alone=True)
