"""kill -9 at every single step of every kind of run, and the world going on before the next."""

from types import ModuleType

import pytest

from calendars.stores import MemoryStore
from calendars.sync import Journal, synchronise
from calendars.sync.copy import read_copy

ALL_STEPS = 40


@pytest.mark.parametrize("before", ["nothing", "older", "edited", "unwanted", "deleted"])
@pytest.mark.parametrize("next_wish", ["same", "newer", "none"])
def test_a_run_killed_at_any_step_is_finished_by_the_next(
    before: str,
    next_wish: str,
    helpers: ModuleType,
) -> None:
    def begin() -> tuple[MemoryStore, Journal]:
        store, journal = MemoryStore(), helpers.LastingJournal()
        if before != "nothing":
            already = 1 if before in ("older", "deleted") else 2
            synchronise([helpers.wanted_copy("a", already)], store, journal)
        for item in store.items():
            if before == "edited":
                store.write(item.href, helpers.retitled(item.body, "Van mij"))
            if before == "deleted":
                store.remove(item.href)
        return store, journal

    first_wish = [] if before == "unwanted" else [helpers.wanted_copy("a", 2)]
    wish = {
        "same": [helpers.wanted_copy("a", 2)],
        "newer": [helpers.wanted_copy("a", 3)],
        "none": [],
    }[next_wish]
    killed = True
    for steps in range(ALL_STEPS):
        store, journal = begin()
        killed = helpers.killed_after(first_wish, store, journal, steps, confirmed_empty=True)
        synchronise(wish, store, journal, confirmed_empty=True)
        synchronise(wish, store, journal, full=True, confirmed_empty=True)
        planned = [read_copy(item.body).planned for item in store.items()]
        assert planned == [copy.copy.planned for copy in wish], f"killed after {steps} steps"
    assert not killed, "the last of these runs was long enough to end by itself"
