"""Who votes at a table, and how heavily: whole numbers, in two measures side by side."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from scheduler.domain.terms import DecisionRule, WeightRule

_WHOLE = 100


class Measure(StrEnum):
    """What is counted: organisations, each as heavy as another, or the dwellings they speak for."""

    ORGANISATIONS = "organisations"
    DWELLINGS = "dwellings"


@dataclass(frozen=True, slots=True, kw_only=True)
class VotingRules:
    """How a table votes and decides.

    Attributes:
        decision: the rule that decides; the others are shown beside it.
        weight: how heavily a vote counts; in this measure an organisation may split its vote.
        votes_each: an organisation's votes where all count alike; with more than one it can split.
        quorum_percent: of the organisations that may vote, how many must take part; 0 is none.
    """

    decision: DecisionRule = DecisionRule.ORGANISATIONS
    weight: WeightRule = WeightRule.EQUAL
    votes_each: int = 1
    quorum_percent: int = 0

    def __post_init__(self) -> None:
        if self.votes_each < 1:
            raise ValueError("votes_each: 1 or more")
        if not 0 <= self.quorum_percent <= _WHOLE:
            raise ValueError("quorum_percent: 0 to 100")

    @property
    def measure(self) -> Measure:
        """The measure of the table's own weights."""
        return Measure.ORGANISATIONS if self.weight is WeightRule.EQUAL else Measure.DWELLINGS


@dataclass(frozen=True, slots=True, kw_only=True)
class Stake:
    """An organisation's dwellings at a table: those that are known, and at how many places not."""

    organisation: str
    dwellings: int = 0
    places_unknown: int = 0

    def __post_init__(self) -> None:
        if self.dwellings < 0 or self.places_unknown < 0:
            raise ValueError("dwellings and places of zero or more")


@dataclass(frozen=True, slots=True, kw_only=True)
class Voter:
    """An organisation with its weight in each measure; `dwellings` is None where it is unknown."""

    organisation: str
    votes: int
    dwellings: int | None

    def __post_init__(self) -> None:
        if self.votes < 1 or (self.dwellings or 0) < 0:
            raise ValueError("votes of one or more, dwellings of zero or more")

    def weight(self, measure: Measure) -> int:
        """Its weight in a measure; what is unknown weighs nothing, and is said."""
        return self.votes if measure is Measure.ORGANISATIONS else self.dwellings or 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """Everybody who may vote, by name, with the rules by which they do."""

    voters: tuple[Voter, ...]
    rules: VotingRules

    def __post_init__(self) -> None:
        names = [voter.organisation for voter in self.voters]
        if names != sorted(set(names)):
            raise ValueError("every organisation once, by name")

    @property
    def unknown(self) -> tuple[str, ...]:
        """Whose dwellings are unknown, so that they don't count in that measure."""
        return tuple(each.organisation for each in self.voters if each.dwellings is None)

    def total(self, measure: Measure) -> int:
        """All weight together."""
        return sum(voter.weight(measure) for voter in self.voters)

    def voter(self, organisation: str) -> Voter | None:
        """One organisation, or None where it doesn't vote here."""
        return next((each for each in self.voters if each.organisation == organisation), None)


def roll(stakes: Iterable[Stake], rules: VotingRules, *, default_dwellings: int) -> Roll:
    """Who votes, from what each has at stake; the order of the stakes doesn't matter.

    An organisation of which not one number is known is left out where dwellings count, unless the
    table's weight rule takes the default for each place without a number.

    Raises:
        ValueError: an organisation twice, or a default below one.
    """
    if default_dwellings < 1:
        raise ValueError("default_dwellings: 1 or more")
    fallback = default_dwellings if rules.weight is WeightRule.DWELLINGS_OR_DEFAULT else None
    voters = (
        Voter(
            organisation=stake.organisation,
            votes=rules.votes_each,
            dwellings=_dwellings(stake, fallback),
        )
        for stake in stakes
    )
    return Roll(voters=tuple(sorted(voters, key=lambda voter: voter.organisation)), rules=rules)


def _dwellings(stake: Stake, fallback: int | None) -> int | None:
    if fallback is not None:
        return stake.dwellings + fallback * stake.places_unknown
    if stake.places_unknown and not stake.dwellings:
        return None
    return stake.dwellings
