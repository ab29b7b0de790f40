"""Comparisons of plans as pages need them: remembered while nothing changed, and named."""

from collections.abc import Sequence
from threading import Lock

from cachetools import LRUCache

from scheduler.db import drafts
from scheduler.db.drafts import Draft, Stamp
from scheduler.db.plans import PlanView
from scheduler.flows.planning.compare_plan import Comparison, compare
from scheduler.web.context import Visit
from scheduler.web.rendering import language_of
from scheduler.web.words import Words

_KEPT = 8
_Key = tuple[tuple[int, ...], Draft, Stamp]


class ComparisonShelf:
    """What this process compared before: reading two whole years takes longer than a page may."""

    def __init__(self) -> None:
        """Begin empty."""
        self._kept: LRUCache[_Key, Comparison] = LRUCache(_KEPT)
        self._lock = Lock()

    def get(self, key: _Key) -> Comparison | None:
        """What was kept under a key."""
        with self._lock:
            return self._kept.get(key)

    def keep(self, key: _Key, found: Comparison) -> None:
        """Keep it, in place of what was used longest ago."""
        with self._lock:
            self._kept[key] = found


def comparison_of(visit: Visit, plan_ids: Sequence[int]) -> Comparison:
    """These plans beside the present one.

    Every act that changes a plan or the facts is in the log, or counts the working draft on.
    """
    session, shelf = visit.session, visit.request.app.state.comparisons
    key = (tuple(plan_ids), drafts.working_draft(session), drafts.stamp(session))
    found: Comparison | None = shelf.get(key)
    if found is None:
        found = compare(session, visit.who, plan_ids, visit.context.policy)
        shelf.keep(key, found)
    return found


def titles_of(visit: Visit, group: Sequence[PlanView]) -> dict[int, str]:
    """What each of the plans is called on screen, by its number: A. Kleinste ingreep."""
    words = Words(language_of(visit.request), visit.today)
    return {
        each.id: f"{chr(ord('A') + place)}. {words.proposal(each.mode, each.kind)}"
        for place, each in enumerate(group)
    }
