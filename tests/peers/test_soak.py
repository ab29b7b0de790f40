"""Thousands of operations over bad lines, with owners who meddle and workers who are killed.

`AANTAFEL_SOAK_OPERATIONS` says how many (`make soak-sync`: 100,000), `AANTAFEL_SOAK_SEED` which.
"""

import json
import os
from collections.abc import Callable

import pytest

pytestmark = pytest.mark.peers

OPERATIONS = int(os.environ.get("AANTAFEL_SOAK_OPERATIONS", "80"))
SEED = int(os.environ.get("AANTAFEL_SOAK_SEED", "1"))
MEETINGS = 8 if OPERATIONS < 1000 else 40
ROUNDS_BETWEEN = 8


def test_nothing_is_lost_doubled_stale_or_left_behind(new_world: Callable) -> None:
    world = new_world(SEED)
    world.begin(MEETINGS)
    while world.operations < OPERATIONS:
        for _ in range(ROUNDS_BETWEEN):
            world.go_round()
        faults = world.settle()
        totals = world.totals()
        print(json.dumps(totals | {"operations": world.operations}), flush=True)
        assert not faults, faults
        assert totals.get("unsolicited", 0) == 0
    assert totals.get("kill -9", 0) + totals.get("dropped after", 0) > 0
