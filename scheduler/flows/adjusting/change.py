"""Carrying out one change in the working draft: judged by the rule book, kept with its way back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from threading import RLock

from cachetools import LRUCache
from sqlmodel import Session, col, delete

from scheduler.db import audits, drafts, tables
from scheduler.db.drafts import Draft
from scheduler.domain.access import Actor
from scheduler.domain.errors import BadInput, NotFound, NothingToDo, Sentence
from scheduler.domain.terms import PlanState
from scheduler.flows.adjusting.arrangement import Arrangement, arrangement, write_arrangement
from scheduler.flows.adjusting.errors import BEGUN, AgainstRules
from scheduler.flows.adjusting.shelf import Shelf
from scheduler.flows.adjusting.standing import (
    ANSWERS_KEPT,
    VIOLATIONS,
    Known,
    Standing,
    in_words,
    known,
    told,
)
from scheduler.flows.adjusting.views import as_planned, kinds_of
from scheduler.flows.problem_builder import Question, with_barred, with_declined
from solver.check import Judgement, Violation, check
from solver.derive import Derived
from solver.position import Position
from solver.problem import Ban, Pin, PlannedMeeting, Problem

_NO_PLAN = Sentence("Er is nog geen rooster om te veranderen.", "There is no plan to change yet.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Somebody at work in the draft, which nobody else can change until they are done.

    `standing` is how it stood before, `draft` counts one version on already.
    """

    session: Session
    actor: Actor
    shelf: Shelf
    standing: Standing
    draft: Draft
    at: datetime

    def meeting(self, meeting_id: str) -> Arrangement:
        """How an open meeting stands.

        Raises:
            NotFound: there is no such meeting.
            BadInput: it has begun, or is called off.
        """
        if self.standing.view(meeting_id) is None:
            raise NotFound("overleg", meeting_id)
        if not self.standing.is_open(meeting_id) or self._has_begun(meeting_id):
            raise BadInput(BEGUN)
        planned = self.standing.planned(meeting_id)
        return arrangement(self.session, planned, self.standing.question)

    def _has_begun(self, meeting_id: str) -> bool:
        planned = self.standing.planned(meeting_id)
        slots = self.standing.question.problem.meetings[meeting_id].slots
        return planned.slot is not None and slots[planned.slot].start <= self.at


def sit_down(session: Session, actor: Actor, shelf: Shelf, *, at: datetime) -> Desk:
    """Take the draft, alone until the transaction ends.

    Raises:
        NotAllowed: the actor doesn't plan for all.
        NothingToDo: there is no plan yet.
    """
    actor.must_plan_for_all()
    draft = drafts.take_draft(session)
    before = Draft(draft.plan_id, draft.version - 1)
    standing = shelf.standing(session, actor, at=at, draft=before)
    if standing is None:
        raise NothingToDo(_NO_PLAN)
    return Desk(session=session, actor=actor, shelf=shelf, standing=standing, draft=draft, at=at)


@dataclass(frozen=True, slots=True)
class Turn:
    """One meeting, as it stood and as it will."""

    meeting_id: str
    before: Arrangement
    after: Arrangement


def rearrange(desk: Desk, turn: Turn, excused: frozenset[Known] = frozenset()) -> Standing:
    """Let a meeting stand otherwise in the draft, and give how things stand then.

    `excused` is what was broken already when the meeting stood as it will.

    Raises:
        AgainstRules: the plan would break a rule that it keeps now.
    """
    meeting_id, after = turn.meeting_id, turn.after
    question = _with_word(desk.standing.question, turn)
    planned = {
        **desk.standing.position.planned,
        meeting_id: after.planned(meeting_id, question),
    }
    judgement = check(question.problem, planned)
    _refuse(judgement, desk.standing, turn, excused)
    position = _position(desk.standing, question, planned)
    plan_id = desk.draft.plan_id or draft_of_publication(desk)
    _tidy(desk, plan_id)
    write_arrangement(desk.session, plan_id, meeting_id, after, position.derived)
    _score(desk, plan_id, judgement)
    made = _next(desk, plan_id, question, position, meeting_id)
    made.answer(VIOLATIONS, lambda _position: told(judgement, question))
    return made


def draft_of_publication(desk: Desk) -> int:
    """A new working draft that says what is published, and gives its number.

    It holds only what will differ: publishing leaves the rest as it is, so that a draft of last
    week never takes back what was published since. Meetings that no publication knows are in it.
    """
    horizon = desk.standing.question.problem.horizon
    plan = tables.Plan(
        first_day=horizon.first_day,
        last_day=horizon.last_day,
        as_of=desk.at.replace(second=0, microsecond=0),
        state=PlanState.DRAFT,
        created_at=desk.at,
        finished_at=desk.at,
        seed=1,
        workers=1,
        time_limit_seconds=0,
    )
    desk.session.add(plan)
    desk.session.flush()
    desk.session.add_all(
        tables.PlannedMeeting(plan_id=plan.id, meeting_id=meeting, slot_position=None)
        for meeting in desk.standing.new
        if meeting in desk.standing.question.problem.meetings
    )
    drafts.point_to(desk.session, plan.id)
    return plan.id


def _with_word(question: Question, turn: Turn) -> Question:
    """The question with the coordinator's pins and bans at one meeting as they will be."""
    meeting_id, before, after = turn.meeting_id, turn.before, turn.after
    if (before.pins, before.bans) == (after.pins, after.bans):
        return question
    problem = question.problem
    positions = question.slot_positions[meeting_id]
    pins = (
        Pin(
            meeting=meeting_id,
            representative=person,
            slot=positions.index(slot) if slot in positions else None,
        )
        for person, slot in sorted(after.pins.items())
        if (meeting_id, person) not in question.declined
    )
    bans = (Ban(meeting=meeting_id, representative=name) for name in sorted(after.bans))
    others = [pin for pin in problem.pins if pin.meeting != meeting_id]
    kept = [ban for ban in problem.bans if not _is_of(ban, meeting_id, before)]
    all_pins = (*others, *pins)
    asked = with_declined((*kept, *bans), question.declined)
    all_bans = with_barred(_without_task(asked, question, after), question.barred, all_pins)
    changed = replace(problem, pins=all_pins, bans=all_bans)
    return replace(question, problem=changed)


def _without_task(bans: Iterable[Ban], question: Question, after: Arrangement) -> tuple[Ban, ...]:
    """Without those that only somebody's task made: of these the pins decide anew."""
    said = {(meeting, who) for meeting, who in question.declined}
    return tuple(
        ban
        for ban in bans
        if (ban.meeting, ban.representative) not in question.barred
        or (ban.meeting, ban.representative) in said
        or ban.representative in after.bans
    )


def _is_of(ban: Ban, meeting_id: str, before: Arrangement) -> bool:
    """Whether a ban is one of this meeting alone; who is banned everywhere stays so."""
    return ban.meeting == meeting_id and ban.representative in before.bans


def _refuse(
    judgement: Judgement, standing: Standing, turn: Turn, excused: frozenset[Known]
) -> None:
    """Refuse what breaks a rule. What was broken before, by the world and not by us, is no bar.

    It is one for somebody who comes and wasn't there: then it would grow worse.
    """
    present = {*turn.before.attendees, turn.before.deputy, None}
    coming = {*turn.after.attendees, turn.after.deputy} - present

    def grows_worse(each: Violation) -> bool:
        return each.representative in coming and each.meeting in {None, turn.meeting_id}

    found = [
        each
        for each in judgement.violations
        if known(each) not in excused and (known(each) not in standing.broken or grows_worse(each))
    ]
    if found:
        sentences = (in_words(each, standing.question) for each in found)
        raise AgainstRules(*dict.fromkeys(sentences))


def _position(
    standing: Standing, question: Question, planned: Mapping[str, PlannedMeeting]
) -> Position:
    same: Problem = standing.question.problem
    derived = standing.position.derived if question.problem is same else Derived(question.problem)
    return Position(question.problem, planned, derived)


def _tidy(desk: Desk, plan_id: int) -> None:
    """Meetings that have begun, or were called off, aren't the draft's to change any more."""
    plan = desk.session.get_one(tables.Plan, plan_id)
    plan.as_of = desk.at.replace(second=0, microsecond=0)
    ahead = [
        meeting
        for meeting in desk.standing.question.problem.meetings
        if meeting not in desk.standing.question.held
    ]
    row = tables.PlannedMeeting
    desk.session.exec(
        delete(row).where(col(row.plan_id) == plan_id, col(row.meeting_id).not_in(ahead))
    )


def _score(desk: Desk, plan_id: int, judgement: Judgement) -> None:
    """The draft's worth on each tier; no bound is known for what is made by hand."""
    session, row = desk.session, tables.PlanTier
    session.exec(delete(row).where(col(row.plan_id) == plan_id))
    plan = session.get_one(tables.Plan, plan_id)
    plan.optimal, plan.problem_digest = False, None
    session.add_all(
        tables.PlanTier(
            plan_id=plan_id, position=place, name=tier, value=value, bound=None, proven=False
        )
        for place, (tier, value) in enumerate(judgement.tiers.items())
    )


def _next(
    desk: Desk, plan_id: int, question: Question, position: Position, meeting_id: str
) -> Standing:
    """The standing after the change: everything else about it is as it was."""
    before = desk.standing
    kinds = kinds_of(
        before.below[meeting_id],
        position.planned[meeting_id],
        is_new=before.below_is_unknown(meeting_id),
    )
    rest = {meeting: those for meeting, those in before.new.items() if meeting != meeting_id}
    return replace(
        before,
        plan_id=plan_id,
        version=desk.draft.version,
        question=question,
        position=position,
        views=tuple(
            as_planned(view, position) if view.id == meeting_id else view for view in before.views
        ),
        new={**rest, meeting_id: kinds} if kinds else rest,
        _lock=RLock(),
        _answers=LRUCache(ANSWERS_KEPT),
    )


def finish(desk: Desk, turn: Turn, act: str, made: Standing) -> None:
    """Write in the log what stood there before and after, and keep the standing for what follows.

    It comes last: whatever is written after it would make the next page build everything anew.
    """
    audits.record(
        desk.session,
        desk.actor,
        act,
        noun="meeting",
        noun_id=turn.meeting_id,
        at=desk.at,
        detail=f"{_told(turn.before)} -> {_told(turn.after)}",
        before=_as_texts(desk, turn, turn.before),
        after=_as_texts(desk, turn, turn.after),
    )
    desk.shelf.keep_once_committed(desk.session, made, at=desk.at)


def _told(stands: Arrangement) -> str:
    slot = "-" if stands.slot is None else stands.slot
    people = " ".join(stands.attendees) or "-"
    words = [f"slot {slot}, attendees {people}, deputy {stands.deputy or '-'}"]
    if stands.pins:
        words.append(f"pinned {' '.join(sorted(stands.pins))}")
    if stands.bans:
        words.append(f"banned {' '.join(sorted(stands.bans))}")
    return ", ".join(words)


def _as_texts(desk: Desk, turn: Turn, stands: Arrangement) -> dict[str, str]:
    """What can be told of how a meeting stands, by what it is about: identifiers and an instant."""
    question = desk.standing.question
    positions = question.slot_positions[turn.meeting_id]
    slots = question.problem.meetings[turn.meeting_id].slots
    starts = [slots[positions.index(each)].start for each in positions if each == stands.slot]
    return {
        "moment": starts[0].isoformat() if starts else "",
        "attendees": " ".join(stands.attendees),
        "deputy": stands.deputy or "",
        "pinned": " ".join(sorted(stands.pins)),
        "banned": " ".join(sorted(stands.bans)),
    }
