"""Work over any number of processes and machines, on one PostgreSQL.

Procrastinate carries the wake-ups, and our rows remain the truth: a job says no more than "look at
the plans". One that is lost is made up by the next tick, and one too many finds nothing to do.

A tick is deferred once, by whichever process comes first (its time is a key in the database). There
is no leader: one that was paused with a lock in its hand would stop everybody.
"""

from scheduler.jobs.cluster.lane import Lane
from scheduler.jobs.cluster.lanes import lanes_of
from scheduler.jobs.cluster.waking import Waker
from scheduler.jobs.cluster.working import work

__all__ = ["Lane", "Waker", "lanes_of", "work"]
