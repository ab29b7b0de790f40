"""The working draft: which plan it is, how far it has come, and the steps taken in it."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from scheduler.db.answers import declines
from scheduler.db.tables import (
    Audit,
    Busy,
    DraftStep,
    Plan,
    Publication,
    Representative,
    WorkingDraft,
)
from scheduler.domain.access import SYSTEM, Actor
from scheduler.domain.terms import PlanState, Role, StepState

_WITHOUT_EFFECT = (
    "account",
    "feed",
    "connection",
    "contact",
    "mail",
    "reply",
    "supposition",
    "reminder",
)
"""Nouns whose acts change nothing that a plan depends on."""

_OF_PLANS = ("meeting", "plan", "request")
"""Nouns whose acts change nothing about what is published already."""

_ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Draft:
    """The working draft as it stands. `plan_id` None: nothing differs from the publication."""

    plan_id: int | None
    version: int


def working_draft(session: Session) -> Draft:
    """The working draft; version 0 before the first."""
    found = session.exec(
        select(WorkingDraft, Plan.state).join(
            Plan, col(Plan.id) == col(WorkingDraft.plan_id), isouter=True
        )
    ).first()
    if found is None:
        return Draft(None, 0)
    row, state = found
    return Draft(row.plan_id if state is PlanState.DRAFT else None, row.version)


def take_draft(session: Session) -> Draft:
    """Count one version on, and give the draft with that version.

    From here until the transaction ends nobody else can change the draft: they wait, and then see
    what was done. Where the transaction is given up, the version is as it was.
    """
    _make_sure_of_the_row(session)
    session.exec(update(WorkingDraft).values(version=WorkingDraft.version + 1))
    session.expire_all()
    return working_draft(session)


def _make_sure_of_the_row(session: Session) -> None:
    if session.get(WorkingDraft, 1) is not None:
        return
    try:
        with session.begin_nested():
            session.add(WorkingDraft())
    except IntegrityError:
        pass  # two began at the same moment, and the other was first


def point_to(session: Session, plan_id: int) -> None:
    """Make a plan the working draft; the caller has taken the draft."""
    session.get_one(WorkingDraft, 1).plan_id = plan_id
    session.flush()


def steps_since(session: Session, meeting_id: str, version: int) -> tuple[DraftStep, ...]:
    """What was done, or undone, at a meeting after a version; the oldest first."""
    query = select(DraftStep).where(DraftStep.meeting_id == meeting_id, DraftStep.version > version)
    return tuple(session.exec(query.order_by(col(DraftStep.version))))


def last_done(session: Session, plan_id: int) -> DraftStep | None:
    """The step that can be undone."""
    done = select(DraftStep).where(DraftStep.plan_id == plan_id, DraftStep.state == StepState.DONE)
    return session.exec(done.order_by(col(DraftStep.id).desc())).first()


def first_undone(session: Session, plan_id: int) -> DraftStep | None:
    """The step that can be done again."""
    undone = select(DraftStep).where(
        DraftStep.plan_id == plan_id, DraftStep.state == StepState.UNDONE
    )
    return session.exec(undone.order_by(col(DraftStep.id))).first()


def drop_undone(session: Session, plan_id: int) -> None:
    """After a new step what was undone before can't be done again."""
    session.exec(
        update(DraftStep)
        .where(col(DraftStep.plan_id) == plan_id, col(DraftStep.state) == StepState.UNDONE)
        .values(state=StepState.DROPPED)
    )


def recent_steps(session: Session, actor: Actor, *, most: int = 20) -> tuple[DraftStep, ...]:
    """The steps that stand in the working draft, the newest first."""
    actor.must_see_all()
    plan_id = working_draft(session).plan_id
    done = select(DraftStep).where(DraftStep.plan_id == plan_id, DraftStep.state == StepState.DONE)
    return tuple(session.exec(done.order_by(col(DraftStep.id).desc()).limit(most)))


@dataclass(frozen=True, slots=True)
class Stamp:
    """Tells two states of everything that a plan depends on apart, the draft's own rows aside.

    Every act that changes them is in the log; what outside calendars say is counted. Of answers
    only a no changes anything. `own_acts` counts those of who plans alone.
    """

    acts: int
    own_acts: int
    busy: int
    last_busy: int
    people: int
    publication: int
    declined: frozenset[tuple[str, str]]


def stamp(session: Session) -> Stamp:
    """The present stamp."""
    with_effect = and_(col(Audit.noun).not_in(_WITHOUT_EFFECT), col(Audit.act) != _ANSWER)
    by_planners = and_(with_effect, col(Audit.role) == Role.COORDINATOR)
    return Stamp(
        acts=_newest_act(session, with_effect),
        own_acts=_newest_act(session, by_planners),
        busy=session.exec(select(func.count(col(Busy.id)))).one(),
        last_busy=session.exec(select(func.max(Busy.id))).one() or 0,
        people=session.exec(select(func.count(col(Representative.id)))).one(),
        publication=session.exec(select(func.max(Publication.number))).one() or 0,
        declined=frozenset(
            (each.meeting_id, each.representative_id) for each in declines(session, SYSTEM)
        ),
    )


def names_stamp(session: Session) -> int:
    """The newest act by which something that was published may be called otherwise."""
    return _newest_act(session, col(Audit.noun).not_in((*_WITHOUT_EFFECT, *_OF_PLANS)))


def _newest_act(session: Session, condition: ColumnElement[bool]) -> int:
    newest = select(Audit.id).where(condition).order_by(col(Audit.id).desc()).limit(1)
    return session.exec(newest).first() or 0
