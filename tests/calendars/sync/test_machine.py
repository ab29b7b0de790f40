"""Whatever owner and server do, and wherever a run is killed: in the end it is true."""

import re
from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from itertools import count
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from calendars.stores import Fault, Item, MemoryStore, StoreError
from calendars.sync import EmptySide, Status, synchronise
from calendars.sync.copy import read_copy

_spec = spec_from_file_location("sync_helpers", Path(__file__).with_name("conftest.py"))
helpers = module_from_spec(_spec)
_spec.loader.exec_module(helpers)

UIDS = st.sampled_from(["a", "b", "c"])
# Mostly none: a run that fails at its first request tells little.
FAULTS = st.just([]) | st.lists(st.sampled_from([None] * 8 + [*Fault]), max_size=12)
FOREIGN = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:mine\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"


class Calendar(RuleBasedStateMachine):
    """An owner, a planner, a bad server and a mortal worker."""

    @initialize()
    def begin(self) -> None:
        self.store = MemoryStore()
        self.store.write("mine.ics", FOREIGN)
        self.journal = helpers.LastingJournal()
        self.wanted = {}
        self.revision = 0
        self.edits: dict[str, int] = {}
        self.deleted: dict[str, int] = {}
        self.declined: dict[str, int] = {}
        self.marks: dict[str, set[bytes]] = {}

    # The planner

    @rule(uid=UIDS)
    def plan(self, uid: str) -> None:
        self.revision += 1
        self.wanted[uid] = helpers.wanted_copy(uid, self.revision)
        self.edits[uid] = 0

    @rule(uid=UIDS)
    def drop(self, uid: str) -> None:
        self.wanted.pop(uid, None)
        self.marks.pop(uid, None)

    # The owner

    def _items(self, uid: str) -> list[Item]:
        return [item for item in self.store.items() if read_copy(item.body).uid == uid]

    @rule(uid=UIDS, drop_mark=st.booleans())
    def owner_retitles(self, uid: str, drop_mark: bool) -> None:
        self.edits[uid] = self.edits.get(uid, 0) + 1
        for item in self._items(uid):
            body = helpers.retitled(item.body, f"Van mij {self.edits[uid]}")
            if drop_mark:
                body = re.sub(rb"X-AANTAFEL-VERSION:.*\r\n", b"", body)
            self.store.write(item.href, body)

    @rule(uid=UIDS, number=st.integers(0, 99))
    def owner_adds(self, uid: str, number: int) -> None:
        for item in self._items(uid):
            line = f"X-MINE-{number}:{uid}"
            if line.encode() not in item.body:
                self.store.write(item.href, helpers.with_lines(item.body, line))
                if uid in self.wanted:
                    self.marks.setdefault(uid, set()).add(line.encode())

    @rule(uid=UIDS)
    def owner_deletes(self, uid: str) -> None:
        for item in self._items(uid):
            self.store.remove(item.href)
            self.marks.pop(uid, None)
            self.deleted[uid] = self.revision
            known = self.journal.rows.get(uid)
            wanted = self.wanted.get(uid)
            if known and wanted and known.in_place and known.version == wanted.version:
                self.declined[uid] = wanted.revision

    @rule(uid=UIDS)
    def owner_renames(self, uid: str) -> None:
        for item in self._items(uid):
            self.store.remove(item.href)
            self.store.write(f"moved-{uid}-{len(self.store._log)}.ics", item.body)

    # The worker

    @rule(
        faults=FAULTS,
        kill_at=st.none() | st.integers(0, 25),
        full=st.booleans(),
        race=st.none() | st.tuples(st.integers(0, 8), UIDS, st.sampled_from("rtad")),
    )
    def work(
        self,
        faults: list[Fault | None],
        kill_at: int | None,
        full: bool,
        race: tuple[int, str, str] | None,
    ) -> None:
        life = helpers.Life(kill_at)
        store, journal = (
            helpers.MortalStore(self.store, life),
            helpers.MortalJournal(self.journal, life),
        )
        self.store.fault = self._troubles(faults, race)
        try:
            synchronise(self.wanted.values(), store, journal, full=full)
        except (EmptySide, StoreError, helpers.Killed):
            pass
        finally:
            self.store.fault = lambda _name, _href: None

    def _troubles(
        self, faults: list[Fault | None], race: tuple[int, str, str] | None
    ) -> Callable[[str, str], Fault | None]:
        """The faults in turn; just before one request the owner does something as well."""
        left, requests = iter(faults), count()

        def trouble(_name: str, _href: str) -> Fault | None:
            if race and next(requests) == race[0]:
                self._owner(race[1], race[2])
            return next(left, None)

        return trouble

    def _owner(self, uid: str, deed: str) -> None:
        if deed == "r":
            self.owner_renames(uid)
        elif deed == "t":
            self.owner_retitles(uid, drop_mark=False)
        elif deed == "a":
            self.owner_adds(uid, 100)
        else:
            self.owner_deletes(uid)

    @rule()
    def settle(self) -> None:
        for _ in range(2):
            report = synchronise(
                self.wanted.values(), self.store, self.journal, confirmed_empty=True
            )
            assert report.complete
        again = synchronise(
            self.wanted.values(), self.store, self.journal, full=True, confirmed_empty=True
        )
        assert again.done == ()
        for uid in ("a", "b", "c"):
            self._judge(uid)

    def _judge(self, uid: str) -> None:
        items, wanted = self._items(uid), self.wanted.get(uid)
        if wanted is None:
            assert items == [], "a ghost"
            return
        assert len(items) <= 1, "a double"
        if self.declined.get(uid) == wanted.revision:
            assert items == [], "forced upon somebody who took it away"
        if not items:
            assert self.deleted.get(uid, 0) >= wanted.revision, "lost"
            return
        known = self.journal.rows[uid]
        if known.status is Status.DIVERGED:
            assert self.edits[uid] >= 2, "given up too soon"
        else:
            assert read_copy(items[0].body).planned == wanted.copy.planned, "stale"
        kept = {mark for mark in self.marks.get(uid, ()) if mark in items[0].body}
        assert kept == self.marks.get(uid, set()), "the owner's own lines are lost"

    @invariant()
    @precondition(lambda self: hasattr(self, "store"))
    def what_is_not_ours_is_never_touched(self) -> None:
        assert [i.body for i in self.store.items() if i.href == "mine.ics"] == [FOREIGN]

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.settle()


Calendar.TestCase.settings = settings(max_examples=200, stateful_step_count=25, deadline=None)
TestCalendar = Calendar.TestCase
