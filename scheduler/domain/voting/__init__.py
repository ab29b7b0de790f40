"""Votes and positions: whole weights, counts that add up, and what each rule makes of them.

Nothing here reads or writes anything. `roll` settles who votes with what weight, `decide` counts
ballots or positions in both ways at once and judges them by every rule.
"""

from scheduler.domain.voting.ballot import BadBallot, Ballot, Split
from scheduler.domain.voting.decide import Outcome, Quorum, Result, decide
from scheduler.domain.voting.roll import Measure, Roll, Stake, Voter, VotingRules, roll
from scheduler.domain.voting.shares import shares
from scheduler.domain.voting.tally import Tally, tally
from scheduler.domain.voting.verdict import OtherHalf, Verdict

__all__ = [
    "BadBallot",
    "Ballot",
    "Measure",
    "OtherHalf",
    "Outcome",
    "Quorum",
    "Result",
    "Roll",
    "Split",
    "Stake",
    "Tally",
    "Verdict",
    "Voter",
    "VotingRules",
    "decide",
    "roll",
    "shares",
    "tally",
]
