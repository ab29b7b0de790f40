"""Publish a plan: number it, freeze what it says, and note what changed since the one before."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
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
from scheduler.domain.errors import AanTafelError, NotFound, NothingToDo, Sentence
from scheduler.domain.terms import ChangeKind, MeetingState, PlanState
from scheduler.flows.facts import FROZEN, Facts, changes
from scheduler.flows.facts_read import facts_in_force, planned_facts
from scheduler.flows.queue_invitations import Revised, queue_invitations
from scheduler.flows.settle_requests import settle_requests
from scheduler.flows.tell_bodies import tell_of_meetings

_Change = tuple[Facts, frozenset[ChangeKind]]


def publish_plan(
    session: Session, actor: Actor, plan_id: int, *, at: datetime, after: int | None = None
) -> PublicationView:
    """Make a draft plan the one in force.

    What lies outside the plan's meetings stays as it was published. Meetings that were called off
    are published as cancelled. Of two who publish at once, one does. Mail about it waits in the
    outbox, in the same commit.

    Args:
        session: the session; the caller commits.
        actor: who publishes; must plan for all.
        plan_id: a plan in state draft.
        at: the instant of publication; moved on where the one before isn't earlier.
        after: the publication whose changes the publisher has seen (0: none); None: whichever.

    Raises:
        NotFound: there is no such draft.
        Overtaken: another publication came in between.
        NothingToDo: the plan says just what is published already.
    """
    actor.must_plan_for_all()
    _claim(session, plan_id)
    newest = published.newest(session)
    if after is not None and after != (newest.number if newest else 0):
        raise Overtaken
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
    settle_requests(session, at=publication.published_at)
    tell_of_meetings(session, (each.facts for each in frozen), at=publication.published_at)
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
    return _changed(before, [*planned_facts(session, plan_id), *called_off(session, before)])


class Overtaken(AanTafelError):
    """Somebody else published since the changes were looked at."""

    def __init__(self) -> None:
        """Say that nothing is lost, and what to do."""
        super().__init__(
            Sentence(
                "Intussen is er iets anders gepubliceerd. Uw concept is bewaard. "
                "Bekijk de wijzigingen opnieuw.",
                "Meanwhile something else was published. Your draft is kept. "
                "Look at the changes again.",
            )
        )


def _claim(session: Session, plan_id: int) -> None:
    """Take the draft. From here on the database lets nobody else take it, nor publish beside us."""
    taken = session.exec(
        update(Plan)
        .where(col(Plan.id) == plan_id, col(Plan.state) == PlanState.DRAFT)
        .values(state=PlanState.PUBLISHED)
    )
    if taken.rowcount != 1:
        raise NotFound("concept", str(plan_id))


def _changed(before: Mapping[str, Facts], after: Iterable[Facts]) -> list[_Change]:
    compared = ((facts, changes(before.get(facts.meeting_id), facts)) for facts in after)
    return [(facts, kinds) for facts, kinds in compared if kinds]


def called_off(session: Session, before: Mapping[str, Facts]) -> list[Facts]:
    """What was published and has been called off since, as publishing would say it."""
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
    try:
        session.flush()
    except IntegrityError as error:  # another draft took the number
        raise Overtaken from error
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
