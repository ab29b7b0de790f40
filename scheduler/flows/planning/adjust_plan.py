"""Change the plan by hand, in a draft: one act at one meeting, with undo and redo.

What is published never changes. Each change carries the version of the draft that its maker was
looking at; where somebody else changed the same meeting since, nothing is done and both are shown.
"""

from datetime import datetime

from sqlmodel import Session

from scheduler.db import drafts
from scheduler.db.tables import DraftStep, Plan
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound, NothingToDo, Sentence
from scheduler.domain.terms import PlanState, StepState
from scheduler.flows.adjusting.arrangement import Arrangement
from scheduler.flows.adjusting.change import Desk, Turn, finish, rearrange, sit_down
from scheduler.flows.adjusting.errors import ChangedMeanwhile
from scheduler.flows.adjusting.shelf import Shelf
from scheduler.flows.adjusting.standing import Known
from scheduler.flows.adjusting.wishes import Wish, wanted

_NOTHING = Sentence(
    "Deze stap is er niet meer. Er is niets veranderd.",
    "This step isn't there any more. Nothing has changed.",
)


def adjust_plan(
    session: Session, actor: Actor, shelf: Shelf, wish: Wish, *, made_on: int, at: datetime
) -> DraftStep:
    """Do what is wished in the working draft, which is made where there is none.

    The same wish, made on the same version, is done once however often it is sent.

    Args:
        session: the session; the caller commits.
        actor: who wishes; must plan for all.
        shelf: the standings that this process keeps.
        wish: the change.
        made_on: the draft's version that the actor was looking at.
        at: now.

    Raises:
        AgainstRules: the rule book forbids it.
        BadInput: it makes no sense at this meeting as it stands, or the meeting has begun.
        NotFound: there is no such meeting.
        NothingToDo: there is no plan to change yet.
        ChangedMeanwhile: somebody else changed the meeting since that version.
    """
    actor.must_plan_for_all()
    if done := _done_already(session, wish, made_on):
        return done
    desk = sit_down(session, actor, shelf, at=at)
    # Two at the very same moment: the second one waited for the first, and looks again.
    if done := _done_already(session, wish, made_on):
        return done
    if others := drafts.steps_since(session, wish.meeting_id, made_on):
        raise ChangedMeanwhile(wish.meeting_id, others)
    before = desk.meeting(wish.meeting_id)
    with desk.standing.asking() as position:
        after = wanted(wish, before, desk.standing.question, position)
    turn = Turn(wish.meeting_id, before, after)
    made = rearrange(desk, turn)
    step = _step_of(desk, wish, made_on, turn)
    step.plan_id = made.plan_id or 0
    drafts.drop_undone(session, step.plan_id)
    session.add(step)
    session.flush()
    finish(desk, turn, wish.act, made)
    return step


def take_up(session: Session, actor: Actor, plan_id: int) -> None:
    """Make another draft, such as one that was solved, the one that is changed by hand.

    Raises:
        NotAllowed: the actor doesn't plan for all.
        NotFound: there is no such draft.
    """
    actor.must_plan_for_all()
    plan = session.get(Plan, plan_id)
    if plan is None or plan.state is not PlanState.DRAFT:
        raise NotFound("concept", str(plan_id))
    drafts.take_draft(session)
    drafts.point_to(session, plan_id)


def undo(session: Session, actor: Actor, shelf: Shelf, step_id: int, *, at: datetime) -> DraftStep:
    """Take the last step back; the meeting stands as before.

    Raises:
        AgainstRules: the world moved on, and the rule book forbids how it stood.
        NothingToDo: there is no such step.
        ChangedMeanwhile: it isn't the last one any more.
    """
    actor.must_plan_for_all()
    desk = sit_down(session, actor, shelf, at=at)
    step = _step(session, step_id, desk.draft.plan_id)
    if step.state is not StepState.DONE:
        return step
    last = drafts.last_done(session, step.plan_id)
    if last is None or last.id != step.id:
        raise ChangedMeanwhile(step.meeting_id, [last] if last else [])
    return _turned(desk, step, StepState.UNDONE)


def redo(session: Session, actor: Actor, shelf: Shelf, step_id: int, *, at: datetime) -> DraftStep:
    """Do the step that was taken back last once more.

    Raises:
        AgainstRules: the world moved on, and the rule book forbids it now.
        NothingToDo: there is no such step, or another one came in its place.
    """
    actor.must_plan_for_all()
    desk = sit_down(session, actor, shelf, at=at)
    step = _step(session, step_id, desk.draft.plan_id)
    if step.state is StepState.DONE:
        return step
    first = drafts.first_undone(session, step.plan_id)
    if first is None or first.id != step.id:
        raise NothingToDo(_NOTHING)
    return _turned(desk, step, StepState.DONE)


def _done_already(session: Session, wish: Wish, made_on: int) -> DraftStep | None:
    """The one step since that version at that meeting, where it is just what is wished."""
    steps = drafts.steps_since(session, wish.meeting_id, made_on)
    if len(steps) != 1:
        return None
    same = (steps[0].asked, steps[0].made_on, steps[0].state) == (
        wish.asked,
        made_on,
        StepState.DONE,
    )
    return steps[0] if same else None


def _step(session: Session, step_id: int, plan_id: int | None) -> DraftStep:
    step = session.get(DraftStep, step_id)
    if step is None or step.plan_id != plan_id or step.state is StepState.DROPPED:
        raise NothingToDo(_NOTHING)
    return step


def _turned(desk: Desk, step: DraftStep, state: StepState) -> DraftStep:
    """Bring the meeting to the step's other side."""
    undone = state is StepState.UNDONE
    now = desk.meeting(step.meeting_id)
    wished = Arrangement.from_json(step.before if undone else step.after)
    excused = frozenset(Known.from_json(each) for each in step.broken)
    turn = Turn(step.meeting_id, now, wished)
    made = rearrange(desk, turn, excused)
    step.state, step.version = state, desk.draft.version
    finish(desk, turn, "undo" if undone else "redo", made)
    return step


def _step_of(desk: Desk, wish: Wish, made_on: int, turn: Turn) -> DraftStep:
    return DraftStep(
        meeting_id=wish.meeting_id,
        representative_id=wish.representative_id,
        act=wish.act,
        made_on=made_on,
        version=desk.draft.version,
        asked=wish.asked,
        at=desk.at,
        role=desk.actor.role,
        actor_id=desk.actor.subject,
        before=turn.before.as_json(),
        after=turn.after.as_json(),
        broken=[each.as_json() for each in sorted(desk.standing.broken, key=str)],
    )
