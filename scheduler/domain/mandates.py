"""How long a mandate holds, how it stands on a day, and where two of them meet."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from scheduler.domain.terms import Level, MandateStanding, MandateState

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """From when to when a mandate holds, both inclusive, and what came of it.

    Attributes:
        first_day, last_day: as it was proposed.
        stops_on: the first day on which it holds no more, where it was withdrawn or given back.
        parties_end: the last day of whichever party ends first, where one does.
        state: what came of the proposal.
    """

    first_day: date
    last_day: date
    stops_on: date | None = None
    parties_end: date | None = None
    state: MandateState = MandateState.AGREED

    @property
    def last_in_force(self) -> date:
        """The last day on which it can count; before `first_day` where it never does."""
        ends = [self.last_day]
        if self.stops_on is not None:
            ends.append(self.stops_on - _DAY)
        if self.parties_end is not None:
            ends.append(self.parties_end)
        return min(ends)

    @property
    def ever_counts(self) -> bool:
        """Whether there is a day on which it counts."""
        return self.state is MandateState.AGREED and self.first_day <= self.last_in_force

    def holds_on(self, day: date) -> bool:
        """Whether it counts on a local day."""
        return self.ever_counts and self.first_day <= day <= self.last_in_force

    def standing(self, day: date) -> MandateStanding:
        """How it stands on a local day."""
        if self.state is MandateState.PROPOSED:
            return MandateStanding.PROPOSED
        if self.state is MandateState.REFUSED:
            return MandateStanding.REFUSED
        if self.stops_on is not None and self.stops_on <= day:
            return MandateStanding.WITHDRAWN
        if day > self.last_in_force:
            return MandateStanding.ENDED
        return MandateStanding.IN_FORCE if day >= self.first_day else MandateStanding.TO_COME


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Where and about what a mandate holds; None is everywhere, everything; empty is nothing."""

    municipalities: frozenset[str] | None = None
    topics: frozenset[str] | None = None
    levels: frozenset[Level] | None = None

    def covers(self, level: Level, municipality: str | None, topics: Collection[str]) -> bool:
        """Whether it holds for a meeting (rule book, section 3).

        A meeting without a municipality matches only everywhere; one without topics only
        everything.
        """
        return self.reaches(level, municipality) and (
            self.topics is None or not self.topics.isdisjoint(topics)
        )

    def reaches(self, level: Level, municipality: str | None) -> bool:
        """Whether it holds there for any topic at all."""
        return (self.municipalities is None or municipality in self.municipalities) and (
            self.levels is None or level in self.levels
        )

    def meets(self, other: "Scope") -> bool:
        """Whether some meeting could fall under both."""
        return (
            _share(self.municipalities, other.municipalities)
            and _share(self.topics, other.topics)
            and _share(self.levels, other.levels)
        )


def _share(one: Collection[object] | None, other: Collection[object] | None) -> bool:
    if one is None:
        return other is None or bool(other)
    if other is None:
        return bool(one)
    return not set(one).isdisjoint(other)
