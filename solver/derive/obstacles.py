"""Why somebody can't come: facts for a reader to make a sentence of."""

from dataclasses import dataclass
from enum import StrEnum

from solver.problem import HardRule


class Cause(StrEnum):
    """What stands in the way of one commitment."""

    BANNED = "banned"
    NO_STANDING = "no_standing"
    OUTSIDE_AVAILABILITY = "outside_availability"
    BUSY = "busy"
    TOO_FAR = "too_far"
    NOT_ONLINE = "not_online"
    ELSEWHERE = "elsewhere"

    @property
    def rule(self) -> HardRule:
        """The hard rule that the cause belongs to."""
        return _RULES[self]


_RULES = {
    Cause.BANNED: HardRule.BANS,
    Cause.NO_STANDING: HardRule.STANDING,
    Cause.OUTSIDE_AVAILABILITY: HardRule.AVAILABLE,
    Cause.BUSY: HardRule.AVAILABLE,
    Cause.TOO_FAR: HardRule.AVAILABLE,
    Cause.NOT_ONLINE: HardRule.AVAILABLE,
    Cause.ELSEWHERE: HardRule.ONE_PLACE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """One thing in the way.

    `minutes` is what is missing: outside the window nearest to fitting (None where that day has no
    window), in the overlap with busy time, beyond the longest trip, or between two meetings.
    `meeting` is the other meeting of `ELSEWHERE`. `start` and `end` are UTC minutes of what is in
    the way: busy time, or the other meeting.
    """

    cause: Cause
    minutes: int | None = None
    meeting: str | None = None
    start: int | None = None
    end: int | None = None

    @property
    def rule(self) -> HardRule:
        """The hard rule that would be broken."""
        return self.cause.rule
