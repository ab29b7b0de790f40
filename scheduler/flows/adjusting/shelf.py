"""Standings that were laid out before: building one takes a second, a page has a tenth of that."""

from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock

from cachetools import LRUCache
from sqlalchemy.event import listen
from sqlmodel import Session, select

from scheduler.db import drafts, published, tables
from scheduler.db.drafts import Draft, Stamp
from scheduler.db.views import MeetingFilter
from scheduler.domain.access import Actor
from scheduler.domain.times import local, local_midnight
from scheduler.flows.adjusting.period import everything
from scheduler.flows.adjusting.rows import drafted_plan, published_plan
from scheduler.flows.adjusting.standing import Standing
from scheduler.flows.adjusting.views import differences, shown
from scheduler.flows.problem_builder import build_problem
from scheduler.policy import PlanningPolicy
from solver.position import Position

_KEPT = 4
"""A standing holds a whole year's problem, tens of megabytes: few are kept."""


@dataclass(frozen=True, slots=True)
class _Key:
    draft: Draft
    stamp: Stamp
    day: date


class Shelf:
    """The standings of one process. Two processes need not share them: both find the same."""

    def __init__(self, policy: PlanningPolicy) -> None:
        """Keep the policy, by which plans are made and judged."""
        self.policy = policy
        self._kept: LRUCache[_Key, Standing] = LRUCache(_KEPT)
        self._lock = Lock()

    def standing(
        self, session: Session, actor: Actor, *, at: datetime, draft: Draft | None = None
    ) -> Standing | None:
        """Where things stand now; None before the first publication or draft.

        Args:
            session: the session.
            actor: who asks; must plan for all.
            at: now.
            draft: the draft that is asked about; by default the working draft as it is.

        Raises:
            NotAllowed: the actor doesn't plan for all.
        """
        actor.must_plan_for_all()
        asked = drafts.working_draft(session) if draft is None else draft
        key = _Key(asked, drafts.stamp(session), local(at).date())
        with self._lock:
            found = self._kept.get(key)
        if found is None:
            found = _built(session, actor, key, self.policy)
            self._keep(key, found)
        return found

    def keep_once_committed(self, session: Session, standing: Standing, *, at: datetime) -> None:
        """Remember what an act has made of a standing, for the page that follows it."""
        session.flush()
        draft = Draft(standing.plan_id, standing.version)
        key = _Key(draft, drafts.stamp(session), local(at).date())
        listen(session, "after_commit", lambda _session: self._keep(key, standing), once=True)

    def _keep(self, key: _Key, standing: Standing | None) -> None:
        if standing is not None:
            with self._lock:
                self._kept[key] = standing


def _built(session: Session, actor: Actor, key: _Key, policy: PlanningPolicy) -> Standing | None:
    plan = everything(session, key.draft.plan_id, as_of=local_midnight(key.day))
    if plan is None:
        return None
    question = build_problem(session, plan, policy)
    below = published_plan(session, question)
    plan_id = key.draft.plan_id
    planned = below if plan_id is None else drafted_plan(session, plan_id, question, below)
    views = published.published_meetings(session, actor, MeetingFilter())
    new = differences(question, below, planned, views)
    position = Position(question.problem, planned)
    return Standing(
        plan_id=plan_id,
        version=key.draft.version,
        as_of=plan.as_of,
        question=question,
        position=position,
        below=below,
        views=shown(session, views, position, question, new),
        new=new,
        tables={row.id: row.table_id for row in session.exec(select(tables.Meeting))},
        regions={row.id: row.region_id for row in session.exec(select(tables.Municipality))},
    )
