"""Standings that were laid out before: building one takes a second, a page has a tenth of that."""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date, datetime
from threading import Lock, Thread

from cachetools import LRUCache
from sqlalchemy.event import listen
from sqlmodel import Session, select

from scheduler.db import drafts, published, tables
from scheduler.db.drafts import Draft, Stamp
from scheduler.db.views import MeetingFilter, MeetingView
from scheduler.domain.access import SYSTEM, Actor
from scheduler.domain.times import local, local_midnight
from scheduler.flows.adjusting.period import everything
from scheduler.flows.adjusting.rows import drafted_plan, published_plan
from scheduler.flows.adjusting.standing import Standing
from scheduler.flows.adjusting.views import differences, shown
from scheduler.flows.load.loads import Attended, attended_in_force
from scheduler.flows.problem_builder import build_problem
from scheduler.policy import PlanningPolicy
from solver.position import Position

Sessions = Callable[[], AbstractContextManager[Session]]

log = logging.getLogger(__name__)

_KEPT = 4
"""A standing holds a whole year's problem, tens of megabytes: few are kept."""

_LARGE = 1_000
"""Meetings. With more of them a page shows the standing before, while the new one is built aside.

Building takes some 0.8 ms for each (measured), which a page can't wait for.
"""


@dataclass(frozen=True, slots=True)
class _Key:
    draft: Draft
    stamp: Stamp
    day: date

    @property
    def without_the_world(self) -> "_Key":
        """The same whatever representatives and their calendars said meanwhile."""
        stamp = replace(self.stamp, acts=0, busy=0, last_busy=0, declined=frozenset())
        return replace(self, stamp=stamp)


@dataclass(frozen=True, slots=True)
class Recent:
    """A standing to look at. `behind`: something came in meanwhile, and is being worked out."""

    standing: Standing | None
    behind: bool


class Shelf:
    """The standings of one process. Two processes need not share them: both find the same."""

    def __init__(
        self,
        policy: PlanningPolicy,
        sessions: Sessions | None = None,
        large: int = _LARGE,
    ) -> None:
        """Keep the policy, by which plans are made and judged.

        Args:
            policy: the policy.
            sessions: makes sessions to build standings aside; without it all are built in place.
            large: how many meetings a page can wait for at most.
        """
        self.policy = policy
        self._sessions = sessions
        self._large = large
        self._kept: LRUCache[_Key, Standing] = LRUCache(_KEPT)
        self._published: LRUCache[tuple[int, int], tuple[MeetingView, ...]] = LRUCache(2)
        self._attended: LRUCache[tuple[int, int], tuple[Attended, ...]] = LRUCache(2)
        self._building: set[_Key] = set()
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
            NotAllowed: the actor doesn't see all.
        """
        actor.must_see_all()
        key = _key(session, at, draft)
        with self._lock:
            found = self._kept.get(key)
        return found or self._build(session, key)

    def recent(self, session: Session, actor: Actor, *, at: datetime) -> Recent:
        """The same for a page to look at, which must not wait.

        What planners did themselves is always in it. What representatives said, or their
        calendars, a moment ago may not be yet; then it is worked out aside, for the next look.
        """
        actor.must_see_all()
        key = _key(session, at, None)
        with self._lock:
            found, before = self._kept.get(key), self._before(key)
        if found is None and before and self._sessions and len(before.views) > self._large:
            self._build_aside(self._sessions, key, at)
            return Recent(before, behind=True)
        return Recent(found or self._build(session, key), behind=False)

    def published(self, session: Session, actor: Actor) -> tuple[MeetingView, ...]:
        """Every published meeting as who sees all sees it, by its start."""
        actor.must_see_all()
        newest = published.newest(session)
        key = (newest.number if newest else 0, drafts.names_stamp(session))
        with self._lock:
            found = self._published.get(key)
        if found is None:
            found = published.published_meetings(session, SYSTEM, MeetingFilter())
            with self._lock:
                self._published[key] = found
        return found

    def seen(
        self, session: Session, actor: Actor, wanted: MeetingFilter
    ) -> tuple[MeetingView, ...]:
        """The published meetings that fit the filter, as this actor sees them, by their start."""
        if actor.asks:  # outsiders don't know everybody by name
            return published.published_meetings(session, actor, wanted)
        known = {view.id: view for view in self.published(session, SYSTEM)}
        trips = published.own_trips(session, actor)
        views = (
            replace(known[name], travel_minutes=trips[name]) if name in trips else known[name]
            for name in published.visible_ids(session, actor, wanted)
            if name in known  # what was published a moment ago is seen at the next look
        )
        return tuple(view for view in views if view.has_gap or not wanted.gaps_only)

    def attended(self, session: Session, actor: Actor) -> tuple[Attended, ...]:
        """Every attendance that is published, held or to come, with the work that it is."""
        actor.must_see_all()
        stamp = drafts.stamp(session)
        key = (stamp.publication, stamp.acts)
        with self._lock:
            found = self._attended.get(key)
        if found is None:
            found = attended_in_force(session, actor)
            with self._lock:
                self._attended[key] = found
        return found

    def keep_once_committed(self, session: Session, standing: Standing, *, at: datetime) -> None:
        """Remember what an act has made of a standing, for the page that follows it."""
        session.flush()
        key = _key(session, at, Draft(standing.plan_id, standing.version))
        listen(session, "after_commit", lambda _session: self._keep(key, standing), once=True)

    def _keep(self, key: _Key, standing: Standing | None) -> None:
        if standing is not None:
            with self._lock:
                self._kept[key] = standing

    def _build(self, session: Session, key: _Key) -> Standing | None:
        found = _built(session, key, self.policy, self.published(session, SYSTEM))
        self._keep(key, found)
        return found

    def _before(self, key: _Key) -> Standing | None:
        """The newest kept that differs by nothing but what came in from outside."""
        wanted = key.without_the_world
        older = [known for known in self._kept if known.without_the_world == wanted]
        return self._kept[older[-1]] if older else None

    def _build_aside(self, sessions: Sessions, key: _Key, at: datetime) -> None:
        with self._lock:
            if key in self._building:
                return
            self._building.add(key)
        Thread(target=self._aside, args=(sessions, key, at), name="standing", daemon=True).start()

    def _aside(self, sessions: Sessions, key: _Key, at: datetime) -> None:
        try:
            with sessions() as session:
                self.standing(session, SYSTEM, at=at)
        except Exception:
            log.exception("A standing could not be built aside; the next page tries again.")
        finally:
            with self._lock:
                self._building.discard(key)


def _key(session: Session, at: datetime, draft: Draft | None) -> _Key:
    asked = drafts.working_draft(session) if draft is None else draft
    return _Key(asked, drafts.stamp(session), local(at).date())


def _built(
    session: Session, key: _Key, policy: PlanningPolicy, views: tuple[MeetingView, ...]
) -> Standing | None:
    plan = everything(session, key.draft.plan_id, as_of=local_midnight(key.day))
    if plan is None:
        return None
    question = build_problem(session, plan, policy)
    below = published_plan(question)
    plan_id = key.draft.plan_id
    planned = below if plan_id is None else drafted_plan(session, plan_id, question, below)
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
        tables=dict(session.exec(select(tables.Meeting.id, tables.Meeting.table_id)).all()),
        regions={row.id: row.region_id for row in session.exec(select(tables.Municipality))},
    )
