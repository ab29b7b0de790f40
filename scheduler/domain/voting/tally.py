"""Ballots counted in one measure; every weight of the roll stands in exactly one place."""

from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.domain.errors import Sentence
from scheduler.domain.terms import Stance
from scheduler.domain.voting.ballot import BadBallot, Ballot, Split
from scheduler.domain.voting.roll import Measure, Roll, Voter
from scheduler.domain.voting.shares import shares

_HUNDRED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Weight by what was said; `total` is all the weight of the roll in this measure."""

    measure: Measure
    for_: int = 0
    for_if: int = 0
    against: int = 0
    abstain: int = 0
    not_present: int = 0
    not_heard: int = 0

    @property
    def total(self) -> int:
        """All of it."""
        return sum(self.by_stance.values())

    @property
    def by_stance(self) -> dict[Stance, int]:
        """The weights in the order in which they are shown; a split stands in its parts."""
        return {
            Stance.FOR: self.for_,
            Stance.FOR_IF: self.for_if,
            Stance.AGAINST: self.against,
            Stance.ABSTAIN: self.abstain,
            Stance.NOT_PRESENT: self.not_present,
            Stance.NOT_HEARD: self.not_heard,
        }

    @property
    def percentages(self) -> dict[Stance, int]:
        """The same in whole per cents that add up to 100, or all 0 where there is no weight."""
        parts = shares(_HUNDRED, {stance.value: part for stance, part in self.by_stance.items()})
        return {stance: parts[stance.value] for stance in self.by_stance}


def checked(roll: Roll, ballots: Iterable[Ballot]) -> dict[str, Ballot]:
    """The ballots by organisation; who gave none isn't heard yet.

    Raises:
        BadBallot: an organisation votes twice, doesn't vote here, or splits what it hasn't got.
    """
    found = {
        voter.organisation: Ballot(organisation=voter.organisation, stance=Stance.NOT_HEARD)
        for voter in roll.voters
    }
    seen = set[str]()
    for ballot in ballots:
        _check(roll, ballot, seen)
        seen.add(ballot.organisation)
        found[ballot.organisation] = ballot
    return found


def _check(roll: Roll, ballot: Ballot, seen: set[str]) -> None:
    voter = roll.voter(ballot.organisation)
    if voter is None:
        raise BadBallot(Sentence("Deze organisatie stemt hier niet.", "It doesn't vote here."))
    if ballot.organisation in seen:
        raise BadBallot(Sentence("Elke organisatie stemt één keer.", "Each votes once."))
    weight = voter.weight(roll.rules.measure)
    if ballot.split and ballot.split.total != weight:
        raise BadBallot(
            Sentence(
                f"Samen moeten de delen {weight} zijn, niet {ballot.split.total}.",
                f"Together the parts must be {weight}, not {ballot.split.total}.",
            )
        )


def tally(roll: Roll, ballots: Iterable[Ballot], measure: Measure) -> Tally:
    """Count ballots in one measure; their order doesn't matter.

    Raises:
        BadBallot: as `checked` says.
    """
    weights = dict.fromkeys(Stance, 0)
    known = checked(roll, ballots)
    for voter in roll.voters:
        for stance, weight in _parts(known[voter.organisation], voter, measure).items():
            weights[stance] += weight
    return Tally(
        measure=measure,
        for_=weights[Stance.FOR],
        for_if=weights[Stance.FOR_IF],
        against=weights[Stance.AGAINST],
        abstain=weights[Stance.ABSTAIN],
        not_present=weights[Stance.NOT_PRESENT],
        not_heard=weights[Stance.NOT_HEARD],
    )


def _parts(ballot: Ballot, voter: Voter, measure: Measure) -> dict[Stance, int]:
    weight = voter.weight(measure)
    if ballot.split is None:
        return {ballot.stance: weight}
    # In its own measure this gives back the very numbers.
    split: Split = ballot.split.over(weight)
    return {
        Stance.FOR: split.for_,
        Stance.AGAINST: split.against,
        Stance.ABSTAIN: split.abstain,
    }
