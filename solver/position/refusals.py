"""What forbids a commitment: the rule, the fact with its figures, and the sentence for people."""

from dataclasses import dataclass
from enum import StrEnum

from solver.derive import Cause
from solver.problem import HardRule
from solver.sentence import Sentence


class Barrier(StrEnum):
    """What kind of fact stands in the way; the first seven are `solver.derive.Cause` by value."""

    BANNED = Cause.BANNED.value
    NO_STANDING = Cause.NO_STANDING.value
    OUTSIDE_AVAILABILITY = Cause.OUTSIDE_AVAILABILITY.value
    BUSY = Cause.BUSY.value
    TOO_FAR = Cause.TOO_FAR.value
    NOT_ONLINE = Cause.NOT_ONLINE.value
    ELSEWHERE = Cause.ELSEWHERE.value
    LIMIT = "limit"
    FULL = "full"
    PINNED = "pinned"
    NOT_WANTED = "not_wanted"
    NOBODY_TO_REPLACE = "nobody_to_replace"
    STRANGER = "stranger"

    @property
    def rule(self) -> HardRule:
        """The hard rule that it belongs to."""
        return _RULES[self]


_RULES = {
    **{Barrier(cause.value): cause.rule for cause in Cause},
    Barrier.LIMIT: HardRule.LIMITS,
    Barrier.FULL: HardRule.SEATS,
    Barrier.PINNED: HardRule.PINS,
    Barrier.NOT_WANTED: HardRule.DEPUTY,
    Barrier.NOBODY_TO_REPLACE: HardRule.DEPUTY,
    Barrier.STRANGER: HardRule.DEPUTY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One fact that forbids a change, in the slot that was asked about.

    `representative` is whom it is about, None for the meeting as a whole. `minutes` is what is
    missing (`Obstacle.minutes`), `other_meeting` the one that is in the way, `start` and `end` the
    UTC minutes of what is in the way. Of a limit: `limit` is its field in `solver.problem.Limits`,
    `period` (year, ISO week) or (year, month), `amount` what it would come to, `allowed` the most.
    """

    barrier: Barrier
    slot: int
    sentence: Sentence
    representative: str | None = None
    minutes: int | None = None
    other_meeting: str | None = None
    start: int | None = None
    end: int | None = None
    limit: str | None = None
    period: tuple[int, int] | None = None
    amount: int | None = None
    allowed: int | None = None

    @property
    def rule(self) -> HardRule:
        """The hard rule that would be broken."""
        return self.barrier.rule
