"""Bring an earlier publication back: as a draft, which can be looked at and published anew."""

from datetime import datetime

from sqlmodel import Session, select

from scheduler.db import audits
from scheduler.db.tables import Meeting, Plan, Publication
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound, NothingToDo, Sentence
from scheduler.domain.terms import MeetingState, PlanState
from scheduler.flows.planning.draft_rows import write_facts
from scheduler.flows.publishing.facts import Facts
from scheduler.flows.publishing.facts_read import facts_at, facts_in_force


def restore_publication(session: Session, actor: Actor, number: int, *, at: datetime) -> int:
    """Make a draft of who went where and when in an earlier publication; gives the draft's number.

    What can't come back stays as it is now: meetings that have begun, that are called off, or that
    no longer have the time they had. A meeting's own facts, such as its place, aren't turned back.

    Raises:
        NotFound: there is no such publication.
        NothingToDo: all of it is in force already.
    """
    actor.must_plan_for_all()
    publication = session.get(Publication, number)
    if publication is None:
        raise NotFound("publicatie", str(number))
    wanted = _wanted(session, number, at)
    if not wanted:
        raise NothingToDo(
            Sentence(
                "Wat die publicatie zegt, geldt nu al.",
                "What that publication says is in force already.",
            )
        )
    draft = _draft(session, publication, at)
    for facts in wanted:
        write_facts(session, draft.id, facts)
    audits.record(
        session,
        actor,
        "restore",
        noun="publication",
        noun_id=str(number),
        at=at,
        detail=f"plan {draft.id}",
    )
    return draft.id


def _wanted(session: Session, number: int, at: datetime) -> list[Facts]:
    """What was said then otherwise than now, of meetings still to come."""
    now = facts_in_force(session)
    on = set(session.exec(select(Meeting.id).where(Meeting.state == MeetingState.PLANNED)))
    return [
        facts
        for identifier, facts in sorted(facts_at(session, number).items())
        if identifier in on
        and min(facts.starts_at, now[identifier].starts_at) > at
        and _arrangement(facts) != _arrangement(now[identifier])
    ]


def _arrangement(facts: Facts) -> tuple[object, ...]:
    return facts.starts_at, facts.ends_at, facts.people, facts.voices


def _draft(session: Session, publication: Publication, at: datetime) -> Plan:
    was = session.get_one(Plan, publication.plan_id)
    draft = Plan(
        first_day=was.first_day,
        last_day=was.last_day,
        as_of=at.replace(second=0, microsecond=0),
        state=PlanState.DRAFT,
        created_at=at,
        finished_at=at,
        seed=was.seed,
        workers=was.workers,
        time_limit_seconds=was.time_limit_seconds,
        restores_number=publication.number,
    )
    session.add(draft)
    session.flush()
    return draft
