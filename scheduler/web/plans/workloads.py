"""Workloads as pages need them: remembered while nothing changed."""

from datetime import date
from threading import Lock

from cachetools import LRUCache

from scheduler.db import drafts
from scheduler.db.drafts import Stamp
from scheduler.flows.load.workload import Bearer, Workload, workload
from scheduler.web.context import Visit
from scheduler.web.plans.roster import shelf_of

_KEPT = 16
_Key = tuple[Stamp, Bearer, tuple[date, date], str | None]


class WorkloadShelf:
    """What this process reckoned before: a whole year's work takes longer than a page may."""

    def __init__(self) -> None:
        """Begin empty."""
        self._kept: LRUCache[_Key, Workload] = LRUCache(_KEPT)
        self._lock = Lock()

    def get(self, key: _Key) -> Workload | None:
        """What was kept under a key."""
        with self._lock:
            return self._kept.get(key)

    def keep(self, key: _Key, found: Workload) -> None:
        """Keep it, in place of what was used longest ago."""
        with self._lock:
            self._kept[key] = found


def workload_of(
    visit: Visit, bearer: Bearer, days: tuple[date, date], region: str | None
) -> Workload:
    """What is published for these days (inclusive, local), as the flow reckons it.

    Every act that changes what is published, or what somebody can carry, is in the log.
    """
    shelf: WorkloadShelf = visit.request.app.state.workloads
    key = (drafts.stamp(visit.session), bearer, days, region)
    found = shelf.get(key)
    if found is None:
        found = workload(
            visit.session,
            visit.who,
            bearer,
            days,
            visit.context.policy,
            attended=shelf_of(visit).attended(visit.session, visit.who),
            region=region,
        )
        shelf.keep(key, found)
    return found
