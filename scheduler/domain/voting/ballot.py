"""One organisation's vote or position, whole or split."""

from dataclasses import dataclass

from scheduler.domain.errors import AanTafelError, Sentence
from scheduler.domain.terms import Stance


class BadBallot(AanTafelError):
    """A vote that can't be counted: somebody who doesn't vote here, twice, or a wrong sum."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """An organisation's weight divided over for, against and abstain, in whole numbers.

    The numbers are in the table's own measure and add up to the organisation's weight.
    """

    for_: int = 0
    against: int = 0
    abstain: int = 0

    def __post_init__(self) -> None:
        if min(self.for_, self.against, self.abstain) < 0:
            raise BadBallot(
                Sentence("Een deel is 0 of meer stemmen.", "A part is 0 votes or more.")
            )

    @property
    def total(self) -> int:
        """All parts together."""
        return self.for_ + self.against + self.abstain

    def over(self, weight: int) -> "Split":
        """The same division of another weight, in whole numbers that add up to it.

        Largest remainder; a vote that for and against have an equal claim to is an abstention, so
        that rounding favours neither.
        """
        if self.total == 0:
            return Split(abstain=weight)
        parts = (self.for_, self.against, self.abstain)
        shares = [part * weight // self.total for part in parts]
        rests = [part * weight % self.total for part in parts]
        left = weight - sum(shares)
        for index in range(len(parts)):
            # Claims at least as good as this one must all be met before it is sure of its vote.
            if rests[index] and sum(rest >= rests[index] for rest in rests) <= left:
                shares[index] += 1
        for_, against, abstain = shares
        return Split(for_=for_, against=against, abstain=abstain + weight - sum(shares))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """What an organisation says; with a split where it is divided, and only then."""

    organisation: str
    stance: Stance
    split: Split | None = None

    def __post_init__(self) -> None:
        if (self.stance is Stance.SPLIT) != (self.split is not None):
            raise ValueError("a split where the stance is one, and only then")
