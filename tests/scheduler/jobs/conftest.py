"""A queue with one small plan in it."""

from datetime import date, datetime

import pytest

from scheduler.db.engine import Database
from scheduler.domain.access import SYSTEM
from scheduler.flows.planning.plan_period import Wish, queue_plan


@pytest.fixture
def queued(village: Database, noon: datetime) -> int:
    """The number of a plan that waits to be solved."""
    wish = Wish(
        first_day=date(2027, 1, 1),
        last_day=date(2027, 12, 31),
        time_limit_seconds=20,
        workers=1,
    )
    with village.session() as session:
        return queue_plan(session, SYSTEM, wish, at=noon)
