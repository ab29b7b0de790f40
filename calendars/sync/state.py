"""What is wanted, and what is known of each copy."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from calendars.sync.copy import Copy, read_copy, stamped, version_of


class Status(StrEnum):
    """How it stands with one copy, as far as we know."""

    INTENDED = "intended"  # about to be made, or being made: the answer has not been heard
    IN_STEP = "in-step"
    DIVERGED = "diverged"  # changed by its owner again after we restored it; let be
    DECLINED = "declined-by-delete"  # taken away by its owner
    REMOVED = "removed"  # taken away by us, or no longer wanted
    BLOCKED = "blocked"  # name or UID stands for something else in this account


@dataclass(frozen=True, kw_only=True)
class Desired:
    """A copy that has to stand in the calendar.

    Attributes:
        uid: the entry's.
        href: its name in the calendar (`identity.href`); fixed for ever.
        revision: rises with every visible change.
        resource: a whole calendar with one event (`ical.resource`), without people in it.
    """

    uid: str
    href: str
    revision: int
    resource: bytes

    @cached_property
    def version(self) -> str:
        """Names exactly these bytes of this revision."""
        return version_of(self.revision, self.resource)

    @cached_property
    def body(self) -> bytes:
        """The bytes to write: the resource, marked with its version."""
        return stamped(self.resource, self.version)

    @cached_property
    def copy(self) -> Copy:
        """What a reader of it sees."""
        return read_copy(self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What we last did to a copy and saw of it; saved after each step.

    Attributes:
        revision, version: of what was last written (or is being written, where INTENDED).
        written: those bytes before anything of the owner's was merged in; the base of merging.
        etag: the version on the server that we last saw; None before the first answer.
        generation: rises each time a copy is made anew after it was taken away.
        restored_version, restored_from: the version for which the planner's fields were put
            back, and the ETag of what they were put back over. Once for each version.
    """

    uid: str
    href: str
    revision: int
    version: str
    written: bytes
    etag: str | None = None
    status: Status = Status.INTENDED
    generation: int = 1
    restored_version: str | None = None
    restored_from: str | None = None

    @property
    def in_place(self) -> bool:
        """Whether a copy should stand there now."""
        return self.status in (Status.IN_STEP, Status.DIVERGED)


def next_href(href: str, generation: int) -> str:
    """The name of a later generation: a server's bin may hold on to the name before it."""
    stem, _, ending = href.rpartition(".")
    return f"{stem}-g{generation}.{ending}"
