"""Comparisons of plans as pages need them: remembered while nothing changed, and named."""

from collections.abc import Sequence
from threading import Lock

from cachetools import LRUCache
from sqlmodel import Session

from scheduler.db import drafts, published
from scheduler.db.drafts import Draft, Stamp
from scheduler.db.plans import PlanView
from scheduler.flows.planning.compare_plan import Comparison, compare
from scheduler.flows.publishing.facts import Facts
from scheduler.flows.publishing.facts_read import facts_in_force
from scheduler.web.context import Visit
from scheduler.web.rendering import language_of
from scheduler.web.words.terms import Words

_KEPT = 8
_Key = tuple[tuple[int, ...], Draft, Stamp]


class ComparisonShelf:
    """What this process compared before: reading two whole years takes longer than a page may."""

    def __init__(self) -> None:
        """Begin empty."""
        self._kept: LRUCache[_Key, Comparison] = LRUCache(_KEPT)
        self._published: LRUCache[tuple[int, int], dict[str, Facts]] = LRUCache(1)
        self._lock = Lock()

    def get(self, key: _Key) -> Comparison | None:
        """What was kept under a key."""
        with self._lock:
            return self._kept.get(key)

    def keep(self, key: _Key, found: Comparison) -> None:
        """Keep it, in place of what was used longest ago."""
        with self._lock:
            self._kept[key] = found

    def published(self, session: Session) -> dict[str, Facts]:
        """What the publication in force says: the same until the next, whatever a draft does."""
        newest = published.newest(session)
        key = (newest.number if newest else 0, drafts.names_stamp(session))
        with self._lock:
            found = self._published.get(key)
        if found is None:
            found = facts_in_force(session)
            with self._lock:
                self._published[key] = found
        return found


def comparison_of(visit: Visit, plan_ids: Sequence[int]) -> Comparison:
    """These plans beside the present one.

    Every act that changes a plan or the facts is in the log, or counts the working draft on.
    """
    session = visit.session
    shelf: ComparisonShelf = visit.request.app.state.comparisons
    key = (tuple(plan_ids), drafts.working_draft(session), drafts.stamp(session))
    found = shelf.get(key)
    if found is None:
        found = compare(
            session,
            visit.who,
            plan_ids,
            visit.context.policy,
            published=shelf.published(session),
        )
        shelf.keep(key, found)
    return found


def titles_of(visit: Visit, group: Sequence[PlanView]) -> dict[int, str]:
    """What each of the plans is called on screen, by its number: A. Kleinste ingreep."""
    words = Words(language_of(visit.request), visit.today)
    return {
        each.id: f"{chr(ord('A') + place)}. {words.proposal(each.mode, each.kind)}"
        for place, each in enumerate(group)
    }
