"""Publish a plan: number it, freeze what it says, and note what changed since the one before."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from scheduler.db import audits, published
from scheduler.db.tables import (
    Meeting,
    Plan,
    Publication,
    PublicationChange,
    PublishedAttendance,
    PublishedMeeting,
    PublishedVoice,
)
from scheduler.db.views import PublicationView
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound, NothingToDo, Sentence
from scheduler.domain.terms import ChangeKind, MeetingState, PlanState
from scheduler.flows.facts import FROZEN, Facts, changes
from scheduler.flows.facts_read import facts_in_force, planned_facts
from scheduler.flows.queue_invitations import Revised, queue_invitations

_Change = tuple[Facts, frozenset[ChangeKind]]


def publish_plan(session: Session, actor: Actor, plan_id: int, *, at: datetime) -> PublicationView:
    """Make a draft plan the one in force.

    What lies outside the plan's meetings stays as it was published. Meetings that were called off
    are published as cancelled. Mail about it waits in the outbox, in the same commit.

    Args:
        session: the session; the caller commits.
        actor: who publishes; must plan for all.
        plan_id: a plan in state draft.
        at: the instant of publication; moved on where the one before isn't earlier.

    Raises:
        NotFound: there is no such draft.
        NothingToDo: the plan says just what is published already.
    """
    actor.must_plan_for_all()
    plan = session.get(Plan, plan_id)
    if plan is None or plan.state is not PlanState.DRAFT:
        raise NotFound("concept", str(plan_id))
    before = facts_in_force(session)
    changed = draft_changes(session, plan_id, before)
    if not changed:
        raise NothingToDo(
            Sentence(
                "Er is niets veranderd sinds de vorige publicatie.",
                "Nothing has changed since the last publication.",
            )
        )
    publication = _next(session, plan_id, at)
    frozen = []
    for facts, kinds in changed:
        revision = _freeze(session, publication, facts)
        frozen.append(Revised(facts, revision, before.get(facts.meeting_id)))
        session.add_all(
            PublicationChange(
                publication_number=publication.number, meeting_id=facts.meeting_id, kind=kind
            )
            for kind in sorted(kinds)
        )
    plan.state = PlanState.PUBLISHED
    audits.record(
        session,
        actor,
        "publish",
        noun="publication",
        noun_id=str(publication.number),
        at=publication.published_at,
        detail=f"{len(changed)} meetings changed",
    )
    session.flush()
    queue_invitations(
        session, actor, frozen, publication.number, held=True, at=publication.published_at
    )
    return published.publication(session, publication.number)


def draft_changes(session: Session, plan_id: int, before: Mapping[str, Facts]) -> list[_Change]:
    """What publishing a plan now would change, compared with what is in force."""
    return _changed(before, [*planned_facts(session, plan_id), *_called_off(session, before)])


def _changed(before: Mapping[str, Facts], after: Iterable[Facts]) -> list[_Change]:
    compared = ((facts, changes(before.get(facts.meeting_id), facts)) for facts in after)
    return [(facts, kinds) for facts, kinds in compared if kinds]


def _called_off(session: Session, before: Mapping[str, Facts]) -> list[Facts]:
    off = set(session.exec(select(Meeting.id).where(Meeting.state == MeetingState.CANCELLED)))
    return [facts.cancelled() for facts in before.values() if facts.meeting_id in off]


def _next(session: Session, plan_id: int, at: datetime) -> Publication:
    newest = published.newest(session)
    if newest is None:
        publication = Publication(number=1, plan_id=plan_id, published_at=at)
    else:
        # Calendar programs compare whole seconds: two publications never share one.
        later = max(at, newest.published_at + timedelta(seconds=1))
        publication = Publication(number=newest.number + 1, plan_id=plan_id, published_at=later)
    session.add(publication)
    session.flush()
    return publication


def _freeze(session: Session, publication: Publication, facts: Facts) -> int:
    """Store what a publication says of a meeting; gives the revision's number."""
    revision = _close(session, facts.meeting_id, publication.number)
    row = PublishedMeeting(
        **{name: getattr(facts, name) for name in FROZEN},
        revision=revision,
        first_publication=publication.number,
        revised_at=publication.published_at,
    )
    session.add(row)
    session.flush()
    session.add_all(
        PublishedAttendance(published_meeting_id=row.id, **asdict(presence))
        for presence in sorted(facts.people)
    )
    session.add_all(
        PublishedVoice(published_meeting_id=row.id, **asdict(hearing)) for hearing in facts.voices
    )
    return revision


def _close(session: Session, meeting_id: str, number: int) -> int:
    """End the revision in force, and give the next one's number."""
    row = session.exec(
        select(PublishedMeeting).where(
            PublishedMeeting.meeting_id == meeting_id,
            col(PublishedMeeting.last_publication).is_(None),
        )
    ).first()
    if row is None:
        return 0
    row.last_publication = number - 1
    return row.revision + 1
