"""Publish a plan: number it, freeze what it says, and note what changed since the one before."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from scheduler.db import audits, published
from scheduler.db.tables import Plan, PlannedMeeting, Publication, PublicationChange
from scheduler.db.views import PublicationView
from scheduler.domain.access import Actor
from scheduler.domain.errors import AanTafelError, NotFound, NothingToDo, Sentence
from scheduler.domain.terms import PlanState
from scheduler.flows.mail.queue_invitations import Revised, queue_invitations
from scheduler.flows.mail.tell_bodies import tell_of_meetings
from scheduler.flows.publishing.draft_changes import Change, upcoming_changes
from scheduler.flows.publishing.facts import Facts
from scheduler.flows.publishing.facts_read import facts_before
from scheduler.flows.publishing.freeze_facts import freeze
from scheduler.flows.publishing.judge_draft import refuse_broken
from scheduler.flows.requests.settle_requests import settle_requests
from scheduler.policy import PlanningPolicy, read_policy


def publish_plan(
    session: Session,
    actor: Actor,
    plan_id: int,
    *,
    at: datetime,
    after: int | None = None,
    policy: PlanningPolicy | None = None,
    with_past: bool = False,
    held: bool = True,
    alone: bool = False,
) -> PublicationView:
    """Make a draft plan the one in force.

    What lies outside the plan's meetings stays as it was published, and so does what has begun.
    Meetings that were called off are published as cancelled. The draft is judged anew, in the same
    transaction: the world may have moved on since it was made. Of two who publish at once, one
    does. Mail about it waits in the outbox, in the same commit.

    Args:
        session: the session; the caller commits.
        actor: who publishes; must plan for all.
        plan_id: a plan in state draft.
        at: the instant of publication; moved on where the one before isn't earlier.
        after: the publication whose changes the publisher has seen (0: none); None: whichever.
        policy: by which the draft is judged; the configured one where it isn't given.
        with_past: whether what has begun since the plan's own moment goes along: for a made-up
            year, which is shown whole.
        held: whether mail about it waits to be seen first; urgent mail never does.
        alone: whether other meetings that were called off wait for a publication of their own.

    Raises:
        NotFound: there is no such draft.
        Overtaken: another publication came in between.
        AgainstRules: the draft brings what a rule forbids.
        NothingToDo: the plan says just what is published already.
    """
    actor.must_plan_for_all()
    _claim(session, plan_id)
    _refuse_overtaken(session, after)
    seen_at = session.get_one(Plan, plan_id).as_of if with_past else at
    before = facts_before(session, plan_id)
    changed = upcoming_changes(session, plan_id, before, at=seen_at).made
    if alone:
        changed = _of_its_own(session, plan_id, changed)
    if not changed:
        raise NothingToDo(_NOTHING_NEW)
    refuse_broken(session, plan_id, policy or read_policy(), at=seen_at)
    publication = _next(session, plan_id, at)
    frozen = _freeze(session, publication, changed, before)
    settle_requests(session, at=publication.published_at)
    tell_of_meetings(session, (each.facts for each in frozen), at=publication.published_at)
    _note(session, actor, publication, len(changed))
    queue_invitations(
        session, actor, frozen, publication.number, held=held, at=publication.published_at
    )
    return published.publication(session, publication.number)


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


def _refuse_overtaken(session: Session, after: int | None) -> None:
    newest = published.newest(session)
    if after is not None and after != (newest.number if newest else 0):
        raise Overtaken


def _of_its_own(session: Session, plan_id: int, changed: Sequence[Change]) -> tuple[Change, ...]:
    query = select(PlannedMeeting.meeting_id).where(PlannedMeeting.plan_id == plan_id)
    own = set(session.exec(query))
    return tuple(each for each in changed if each[0].meeting_id in own)


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


def _freeze(
    session: Session,
    publication: Publication,
    changed: Sequence[Change],
    before: Mapping[str, Facts],
) -> list[Revised]:
    """Store what is new of each meeting, and in which ways."""
    frozen = []
    for facts, kinds in changed:
        revision = freeze(session, publication, facts)
        frozen.append(Revised(facts, revision, before.get(facts.meeting_id)))
        session.add_all(
            PublicationChange(
                publication_number=publication.number, meeting_id=facts.meeting_id, kind=kind
            )
            for kind in sorted(kinds)
        )
    return frozen


def _note(session: Session, actor: Actor, publication: Publication, number: int) -> None:
    audits.record(
        session,
        actor,
        "publish",
        noun="publication",
        noun_id=str(publication.number),
        at=publication.published_at,
        detail=f"{number} meetings changed",
    )
    session.flush()


_NOTHING_NEW = Sentence(
    "Er is niets veranderd sinds de vorige publicatie.",
    "Nothing has changed since the last publication.",
)
