"""The steps that a decision can ask for."""

from dataclasses import dataclass
from enum import StrEnum

from calendars.sync.state import Known


class Reason(StrEnum):
    """Why a step is taken; what a report counts."""

    CREATE = "create"
    UPDATE = "update"
    RESTORE = "restore"
    ADOPT = "adopt"
    REMOVE = "remove"
    GONE = "gone"
    DECLINED = "declined"
    DIVERGED = "diverged"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Look:
    """Read the item first: what stands there decides."""

    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """Save `intent`, write `body` over the version `etag` (None: create), then save `after`."""

    reason: Reason
    body: bytes
    etag: str | None
    intent: Known
    after: Known


@dataclass(frozen=True, slots=True, kw_only=True)
class Erase:
    """Save `after`, then take away the version `etag`."""

    etag: str
    after: Known
    reason: Reason = Reason.REMOVE


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Nothing to do there; save `after`."""

    reason: Reason
    after: Known


Step = Look | Write | Erase | Note
