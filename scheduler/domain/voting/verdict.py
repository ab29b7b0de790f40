"""What a rule makes of a count: it is passed, it isn't, or it hangs on what is still open."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from scheduler.domain.terms import DecisionRule
from scheduler.domain.voting.tally import Tally


class Verdict(StrEnum):
    """Whether a proposal is passed."""

    PASSED = "passed"
    NOT_PASSED = "not_passed"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherHalf:
    """The votes of the other parties at a table where the tenants together have half of them."""

    for_: int = 0
    against: int = 0
    abstain: int = 0

    def __post_init__(self) -> None:
        if min(self.for_, self.against, self.abstain) < 0 or self.total < 1:
            raise ValueError("votes of zero or more, and one at least")

    @property
    def total(self) -> int:
        """All of it."""
        return self.for_ + self.against + self.abstain


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """A proposal's counts: in both measures, in the table's own one, and the other half's votes."""

    organisations: Tally
    dwellings: Tally
    own: Tally
    other: OtherHalf | None

    def each(self, change: Callable[[Tally], Tally]) -> "Counts":
        """The same change in every measure."""
        return replace(
            self,
            organisations=change(self.organisations),
            dwellings=change(self.dwellings),
            own=change(self.own),
        )


def verdict(rule: DecisionRule, counts: Counts) -> Verdict:
    """Judge by one rule, leaving open what conditions and missing votes can still change.

    No rule ever gets worse by a vote for instead of a vote against, so the most and the least
    favourable ending bound all others. Where no dwellings are known, nothing is decided by them.
    """
    if is_weightless(rule, counts):
        return Verdict.UNDECIDED
    passes = _PASSES[rule]
    if passes(_brightest(counts)):
        return Verdict.PASSED if passes(_darkest(counts)) else Verdict.UNDECIDED
    return Verdict.NOT_PASSED


def conditions_met(counts: Counts) -> Counts:
    """The counts once every condition is fulfilled."""
    return counts.each(lambda each: replace(each, for_=each.for_ + each.for_if, for_if=0))


def conditions_unmet(counts: Counts) -> Counts:
    """The counts when no condition is fulfilled: then they are against."""
    return counts.each(lambda each: replace(each, against=each.against + each.for_if, for_if=0))


def is_weightless(rule: DecisionRule, counts: Counts) -> bool:
    """Whether the rule counts dwellings, and not one is known."""
    if rule is DecisionRule.TENANTS_HALF:
        return counts.own.total == 0
    return rule in {DecisionRule.DWELLINGS, DecisionRule.BOTH} and counts.dwellings.total == 0


def _brightest(counts: Counts) -> Counts:
    ending = conditions_met(counts).each(
        lambda each: replace(each, for_=each.for_ + each.not_heard, not_heard=0)
    )
    return replace(ending, other=counts.other or OtherHalf(for_=1))


def _darkest(counts: Counts) -> Counts:
    ending = conditions_unmet(counts).each(
        lambda each: replace(each, against=each.against + each.not_heard, not_heard=0)
    )
    return replace(ending, other=counts.other or OtherHalf(against=1))


def _more_for(tally: Tally) -> bool:
    """More for than against: a tie isn't passed, and who abstains tips neither scale."""
    return tally.for_ > tally.against


def _unanimous(counts: Counts) -> bool:
    """Somebody for and nobody against, however light.

    An organisation without known dwellings shows among the organisations alone, a small part of a
    split vote perhaps in the table's own measure alone: so both are looked at.
    """
    both = (counts.organisations, counts.own)
    return any(each.for_ for each in both) and not any(each.against for each in both)


def _half(counts: Counts) -> bool:
    """Each half weighs the same, whatever the votes it is counted in.

    What the tenants leave unused is lost and never goes to the other half, nor the other way round.
    """
    other = counts.other
    if other is None:
        return False
    tenants = counts.own
    in_favour = tenants.for_ * other.total + other.for_ * tenants.total
    opposed = tenants.against * other.total + other.against * tenants.total
    return in_favour > opposed


_PASSES: dict[DecisionRule, Callable[[Counts], bool]] = {
    DecisionRule.UNANIMOUS: _unanimous,
    DecisionRule.ORGANISATIONS: lambda counts: _more_for(counts.organisations),
    DecisionRule.DWELLINGS: lambda counts: _more_for(counts.dwellings),
    DecisionRule.BOTH: lambda counts: (
        _more_for(counts.organisations) and _more_for(counts.dwellings)
    ),
    DecisionRule.TENANTS_HALF: _half,
}
