"""Carry out what was decided, one copy at a time, so that it can end anywhere and go on again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from calendars.stores import (
    Busy,
    CalendarStore,
    Changed,
    Item,
    Missing,
    StoreError,
    UidTaken,
    Unauthorised,
    Unreachable,
)
from calendars.sync.copy import read_copy
from calendars.sync.plan import Found, decide, guard_empty_sides
from calendars.sync.state import Desired, Known, Status
from calendars.sync.steps import Erase, Look, Note, Reason, Write
from calendars.sync.view import View, look

_BATCH = 50  # items in one multiget
_ROUNDS = 5  # steps for one copy in one run; more means that somebody writes as fast as we do
_SILENCES = 3  # requests in a row without an answer, after which the server is left alone


class Journal(Protocol):
    """Where it is kept what is known of one calendar; whoever keeps it decides how."""

    def known(self) -> Iterable[Known]:
        """Every copy ever heard of, one for each UID."""
        ...

    def save(self, known: Known) -> None:
        """Keep it in place of what was known of this UID; durable when this returns."""
        ...

    def token(self) -> str | None:
        """The sync token that was saved last."""
        ...

    def save_token(self, token: str | None) -> None:
        """Keep the token; everything that was seen up to it has been saved before."""
        ...


class Contended(StoreError):
    """The item kept changing while we wrote it; the next run takes it up again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one run did.

    Attributes:
        done: each step that was completed, with the copy's UID.
        failed: each copy that has to wait, with the reason.
        stopped: why the run ended before all copies had their turn; None when they had it.
    """

    done: tuple[tuple[str, Reason], ...] = ()
    failed: tuple[tuple[str, StoreError], ...] = ()
    stopped: StoreError | None = None

    @property
    def complete(self) -> bool:
        """Whether the calendar is now as it is wanted."""
        return not self.failed and self.stopped is None


def synchronise(
    desired: Iterable[Desired],
    store: CalendarStore,
    journal: Journal,
    *,
    full: bool = False,
    confirmed_empty: bool = False,
) -> Report:
    """Bring one calendar to what is desired.

    `full` compares everything instead of trusting the sync token: do so once a day.
    `confirmed_empty` says that an empty side is meant so.

    Raises:
        EmptySide: nothing is desired, or nothing stands there, while copies should.
        StoreError: the calendar could not even be looked at.
    """
    wanted = {copy.uid: copy for copy in desired}
    known = {copy.uid: copy for copy in journal.known()}
    view = look(store, known, journal.token(), full=full)
    if not confirmed_empty:
        guard_empty_sides(wanted.values(), view.refs.values(), known.values())
    run = _Run(store, journal, wanted, known)
    report = run.all(view)
    if report.complete and not run.wrote:
        journal.save_token(view.token)
    return report


@dataclass(slots=True)
class _Run:
    store: CalendarStore
    journal: Journal
    wanted: Mapping[str, Desired]
    known: dict[str, Known]
    done: list[tuple[str, Reason]] = field(default_factory=list)
    failed: list[tuple[str, StoreError]] = field(default_factory=list)
    silences: int = 0
    lost: int = 0
    wrote: bool = False

    def all(self, view: View) -> Report:
        """Every copy that is wanted or known, in a fixed order."""
        stopped = None
        try:
            found = self._found(view)
            for uid in found:
                self._one(uid, found[uid])
        except StoreError as error:
            stopped = error
        return Report(done=tuple(self.done), failed=tuple(self.failed), stopped=stopped)

    def _one(self, uid: str, found: Found) -> None:
        """One copy; what fails for it alone is noted, what concerns all is raised."""
        try:
            self._drive(uid, found)
            self.silences = 0
        except (Unauthorised, Busy):
            raise
        except Unreachable as error:
            self.failed.append((uid, error))
            self.silences += 1
            if self.silences >= _SILENCES:
                raise
        except StoreError as error:
            self.failed.append((uid, error))

    def _drive(self, uid: str, found: Found) -> None:
        """Step by step, until there is nothing left to do."""
        self.lost = 0
        for _ in range(_ROUNDS):
            step = decide(self.wanted.get(uid), self.known.get(uid), found)
            match step:
                case None:
                    return
                case Look(href):
                    found = self._read(href)
                case Note(reason=reason, after=after):
                    self._save(after, reason)
                case Write() | Erase():
                    found = self._act(step)
        raise Contended(f"{uid} keeps changing")

    def _act(self, step: Write | Erase) -> Found:
        """Do it; answers with what stands there now, as far as we can tell."""
        try:
            return self._write(step) if isinstance(step, Write) else self._erase(step)
        except (Changed, Missing):
            # Somebody was first: see what stands there now.
            return self._read(step.after.href)
        except Unreachable:
            # Done or not done: what stands there tells. A second time it has to wait.
            self.lost += 1
            if self.lost > 1:
                raise
            return self._read(step.after.href)
        except UidTaken:
            return self._elsewhere(step.after)

    def _forget_token(self) -> None:
        """Before the first deed: the token is of a time when our own writes were not there.

        What is written after it and taken away by the owner need not be told of (RFC 6578,
        section 3.5.2). The next run lists everything; a quiet one has a token to keep.
        """
        if not self.wrote:
            self.journal.save_token(None)
            self.wrote = True

    def _write(self, step: Write) -> Found:
        self._forget_token()
        if step.intent != self.known.get(step.intent.uid):
            self._save(step.intent)
        etag = self.store.put(step.after.href, step.body, etag=step.etag)
        if etag is None:
            # The server has rewritten it, and keeps the ETag to itself.
            return self._read(step.after.href)
        self._save(replace(step.after, etag=etag), step.reason)
        return Item(step.after.href, etag, step.body)

    def _erase(self, step: Erase) -> Found:
        self._forget_token()
        if step.after != self.known.get(step.after.uid):
            # Before the deed: else our own deletion could be taken for the owner's.
            self._save(step.after)
        self.store.delete(step.after.href, etag=step.etag)
        self.done.append((step.after.uid, step.reason))
        return None

    def _elsewhere(self, copy: Known) -> Found:
        """Where the UID does stand: under another name in this calendar, or out of sight."""
        names = [ref.href for ref in self.store.listing()]
        for item in self._get([name for name in names if name != copy.href]):
            if read_copy(item.body).uid == copy.uid:
                self._save(replace(copy, href=item.href, status=Status.INTENDED, etag=None))
                return item
        self._save(replace(copy, status=Status.BLOCKED, etag=None), Reason.BLOCKED)
        return None

    def _found(self, view: View) -> dict[str, Found]:
        """What stands at each copy's name, with its contents where those decide."""
        uids = sorted(self.wanted.keys() | self.known.keys())
        found: dict[str, Found] = {uid: view.refs.get(self._href(uid)) for uid in uids}
        self._follow_moved(view, found)
        looks = {
            step.href: uid
            for uid in uids
            if isinstance(step := self._decided(uid, found[uid]), Look)
        }
        found |= dict.fromkeys(looks.values())  # nothing, unless it is there to be read
        for item in self._get(list(looks)):
            found[looks[item.href]] = item
        return found

    def _follow_moved(self, view: View, found: dict[str, Found]) -> None:
        """A copy that its program has given another name is followed, not taken for deleted."""
        lost = [uid for uid in found if found[uid] is None and self._may_stand(uid)]
        ours = {self._href(uid) for uid in found}
        strays = [href for href in view.refs if href not in ours]
        if not lost or not strays:
            return
        for item in self._get(strays):
            uid = read_copy(item.body).uid
            if uid in lost:
                self._save(replace(self.known[uid], href=item.href))
                found[uid] = item

    def _decided(self, uid: str, found: Found) -> object:
        return decide(self.wanted.get(uid), self.known.get(uid), found)

    def _href(self, uid: str) -> str:
        return self.known[uid].href if uid in self.known else self.wanted[uid].href

    def _may_stand(self, uid: str) -> bool:
        copy = self.known.get(uid)
        return copy is not None and (copy.in_place or copy.status is Status.INTENDED)

    def _read(self, href: str) -> Item | None:
        return next(iter(self.store.get([href])), None)

    def _get(self, hrefs: list[str]) -> list[Item]:
        batches = (hrefs[start : start + _BATCH] for start in range(0, len(hrefs), _BATCH))
        return [item for batch in batches for item in self.store.get(batch)]

    def _save(self, known: Known, reason: Reason | None = None) -> None:
        self.journal.save(known)
        self.known[known.uid] = known
        if reason:
            self.done.append((known.uid, reason))
