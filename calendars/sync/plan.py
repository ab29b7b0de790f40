"""Decide, for one copy at a time, what is to be done: wanted, known, found → step. Pure.

Each branch names its situation. The same question gives the same answer, so a run that was
broken off is simply asked again.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace

from calendars.errors import CalendarError
from calendars.stores.protocol import Item, Ref
from calendars.sync.copy import read_copy
from calendars.sync.merge import merged
from calendars.sync.state import Desired, Known, Status, next_href
from calendars.sync.steps import Erase, Look, Note, Reason, Step, Write

Found = Ref | Item | None


class EmptySide(CalendarError):
    """One side is suddenly empty; rather a fault than a wish, so nothing is taken away.

    `side` is "desired" or "remote".
    """

    def __init__(self, side: str) -> None:
        super().__init__(f"the {side} side is empty while copies stand there; confirm it first")
        self.side = side


def guard_empty_sides(
    desired: Collection[Desired], listing: Collection[Ref], known: Iterable[Known]
) -> None:
    """Refuse to conclude from nothing; only asked while copies are in place.

    Raises:
        EmptySide: nothing is wanted any more, or nothing at all stands in the calendar.
    """
    if not any(copy.in_place for copy in known):
        return
    if not desired:
        raise EmptySide("desired")
    if not listing:
        raise EmptySide("remote")


def decide(wanted: Desired | None, known: Known | None, found: Found) -> Step | None:
    """The next step for one copy; None when all is well.

    `found` is what stands at the known name (or, unknown, at the wanted one).
    """
    if wanted is None:
        # Not ours to touch, or never written.
        return _unwanted(known, found) if known else None
    if found is None:
        return _absent(wanted, known)
    if known and known.in_place and found.etag == known.etag and known.version == wanted.version:
        # As we left it, and still what is wanted (or its owner's to keep, where diverged).
        return None
    if not isinstance(found, Item):
        # New to us, changed by somebody, or about to be changed by us: see first.
        return Look(found.href)
    return _present(wanted, known or _fresh(wanted, found.href), found, base_known=bool(known))


def _unwanted(known: Known, found: Found) -> Step | None:
    gone = replace(known, status=Status.REMOVED, etag=None)
    if found is None:
        # Taken away by us before, or by its owner just when we no longer wanted it.
        return None if known.status is Status.REMOVED else Note(reason=Reason.GONE, after=gone)
    if known.in_place and found.etag == known.etag:
        # As we left it, and no longer wanted.
        return Erase(etag=found.etag, after=gone)
    if not isinstance(found, Item):
        # Changed since, or written by a run that never heard the answer: see whether it is ours.
        return Look(found.href)
    if read_copy(found.body).uid == known.uid:
        # Still our entry, whatever its owner did to it: the meeting is not there any more.
        return Erase(etag=found.etag, after=gone)
    # Something else has come to stand under that name; it is not ours.
    return None if known.status is Status.REMOVED else Note(reason=Reason.GONE, after=gone)


def _absent(wanted: Desired, known: Known | None) -> Step | None:
    if wanted.copy.cancelled:
        # Nothing stands there that could be struck out; a deleted copy must not come back for it.
        return _cancelled_and_absent(known)
    if known is None:
        # Never written.
        return _create(wanted, _fresh(wanted, wanted.href))
    if known.in_place or known.status is Status.DECLINED:
        return _taken_away(wanted, known)
    if known.status is Status.INTENDED:
        # The write never arrived, or its run ended before it.
        return _create(wanted, known)
    if known.status is Status.REMOVED:
        # Wanted again after it was taken away: under a new name, for bins keep the old one.
        return _create(wanted, _regenerated(wanted, known))
    # Blocked by somebody else with the UID: worth another try when there is something new to say.
    return None if wanted.version == known.version else _create(wanted, known)


def _taken_away(wanted: Desired, known: Known) -> Step | None:
    if wanted.revision > known.revision:
        # Its owner took an earlier revision away; this one says something new.
        return _create(wanted, _regenerated(wanted, known))
    if known.status is Status.DECLINED:
        # Its owner took this revision away, and we know.
        return None
    # Its owner took it away: an answer, not a fault.
    declined = replace(known, status=Status.DECLINED, etag=None)
    return Note(reason=Reason.DECLINED, after=declined)


def _cancelled_and_absent(known: Known | None) -> Step | None:
    if known is None or known.status is Status.REMOVED:
        return None
    return Note(reason=Reason.GONE, after=replace(known, status=Status.REMOVED, etag=None))


def _present(wanted: Desired, known: Known, found: Item, *, base_known: bool) -> Step | None:
    copy = read_copy(found.body)
    if copy.uid not in (wanted.uid, None):
        # Another entry stands under our name.
        return _noted(Reason.BLOCKED, known, replace(_latest(known, wanted), status=Status.BLOCKED))
    base = known.written if base_known else None
    body = merged(base, found.body, wanted.body)
    done = replace(_latest(known, wanted), href=found.href, etag=found.etag, status=Status.IN_STEP)
    if _version(copy.version, known) != wanted.version:
        # An earlier revision of ours stands there, perhaps with its owner's touches.
        fresh = replace(done, restored_version=None, restored_from=None)
        return Write(reason=Reason.UPDATE, body=body, etag=found.etag, intent=known, after=fresh)
    if copy.planned == wanted.copy.planned:
        # Our write, whose answer was lost; or its owner changed only what is theirs.
        return _noted(Reason.ADOPT, known, done)
    if known.restored_version == wanted.version and known.restored_from != found.etag:
        # Put back once already, and changed again: no edit war. Let be, and tell.
        return _noted(Reason.DIVERGED, known, replace(done, status=Status.DIVERGED))
    # Its owner changed the planner's fields: put them back, this once.
    intent = replace(known, restored_version=wanted.version, restored_from=found.etag)
    after = replace(done, restored_version=wanted.version, restored_from=found.etag)
    return Write(reason=Reason.RESTORE, body=body, etag=found.etag, intent=intent, after=after)


def _version(marked: str | None, known: Known) -> str | None:
    """The version that stands there; what we know counts where a program dropped the mark."""
    return marked or (known.version if known.in_place else None)


def _noted(reason: Reason, known: Known, after: Known) -> Note | None:
    return None if after == known else Note(reason=reason, after=after)


def _create(wanted: Desired, known: Known) -> Write:
    intent = replace(_latest(known, wanted), status=Status.INTENDED, etag=None)
    after = replace(intent, status=Status.IN_STEP, restored_version=None, restored_from=None)
    return Write(reason=Reason.CREATE, body=wanted.body, etag=None, intent=intent, after=after)


def _fresh(wanted: Desired, href: str) -> Known:
    return Known(
        uid=wanted.uid,
        href=href,
        revision=wanted.revision,
        version=wanted.version,
        written=wanted.body,
    )


def _latest(known: Known, wanted: Desired) -> Known:
    return replace(known, revision=wanted.revision, version=wanted.version, written=wanted.body)


def _regenerated(wanted: Desired, known: Known) -> Known:
    generation = known.generation + 1
    return replace(known, generation=generation, href=next_href(wanted.href, generation))
