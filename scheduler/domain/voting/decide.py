"""Ballots judged by every rule side by side, the table's own one as the decisive."""

from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.domain.errors import Sentence
from scheduler.domain.terms import DecisionRule, Stance
from scheduler.domain.voting import words
from scheduler.domain.voting.ballot import Ballot
from scheduler.domain.voting.roll import Measure, Roll
from scheduler.domain.voting.tally import Tally, checked, tally
from scheduler.domain.voting.verdict import (
    Counts,
    OtherHalf,
    Verdict,
    conditions_met,
    conditions_unmet,
    verdict,
)

_WHOLE = 100
_TAKES_NO_PART = {Stance.NOT_PRESENT, Stance.NOT_HEARD}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quorum:
    """Whether enough organisations take part, themselves or through who votes for them.

    An organisation takes part by its ballot, an abstention included; having given a mandate to
    somebody who isn't there doesn't count. `needed` is in organisations; `open` are those that can
    still come in.
    """

    needed: int
    taking_part: int
    open: int

    @property
    def verdict(self) -> Verdict:
        """Met, not to be met any more, or still open."""
        if self.taking_part >= self.needed:
            return Verdict.PASSED
        if self.taking_part + self.open < self.needed:
            return Verdict.NOT_PASSED
        return Verdict.UNDECIDED


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one rule makes of the votes, and why.

    `if_met` and `if_unmet` are the verdicts once all conditions of "for, if" votes are fulfilled,
    or none is; `conditions` says in words what that changes, and is None without such votes.
    """

    rule: DecisionRule
    verdict: Verdict
    why: Sentence
    if_met: Verdict
    if_unmet: Verdict
    conditions: Sentence | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Both counts, the quorum, and every rule's result in the order of `DecisionRule`.

    `unknown` are the organisations that the count by dwellings leaves out.
    """

    organisations: Tally
    dwellings: Tally
    quorum: Quorum
    results: tuple[Result, ...]
    decisive: Result
    unknown: tuple[str, ...]


def decide(roll: Roll, ballots: Iterable[Ballot], *, other: OtherHalf | None = None) -> Outcome:
    """Count ballots, or positions before a meeting, and judge them by every rule.

    Positions before a meeting say nothing about who will be there: a quorum only makes sense of
    them as a forecast, and with `quorum_percent=0` it is left out. `other` are the votes of the
    other half where the tenants together have one half of all votes.

    Raises:
        BadBallot: an organisation votes twice, doesn't vote here, or splits what it hasn't got.
    """
    known = checked(roll, ballots)
    by_measure = {each: tally(roll, known.values(), each) for each in Measure}
    counts = Counts(
        organisations=by_measure[Measure.ORGANISATIONS],
        dwellings=by_measure[Measure.DWELLINGS],
        own=by_measure[roll.rules.measure],
        other=other,
    )
    quorum = _quorum(roll, known.values())
    results = {rule: _result(rule, counts, quorum) for rule in DecisionRule}
    return Outcome(
        organisations=counts.organisations,
        dwellings=counts.dwellings,
        quorum=quorum,
        results=tuple(results.values()),
        decisive=results[roll.rules.decision],
        unknown=roll.unknown,
    )


def _quorum(roll: Roll, ballots: Iterable[Ballot]) -> Quorum:
    stances = [ballot.stance for ballot in ballots]
    # Rounded up: half of five organisations is three.
    needed = -(-len(roll.voters) * roll.rules.quorum_percent // _WHOLE)
    return Quorum(
        needed=needed,
        taking_part=sum(stance not in _TAKES_NO_PART for stance in stances),
        open=stances.count(Stance.NOT_HEARD),
    )


def _result(rule: DecisionRule, counts: Counts, quorum: Quorum) -> Result:
    met, unmet = (
        _judged(rule, change(counts), quorum) for change in (conditions_met, conditions_unmet)
    )
    found = _judged(rule, counts, quorum)
    return Result(
        rule=rule,
        verdict=found,
        why=_why(rule, counts, quorum, found),
        if_met=met,
        if_unmet=unmet,
        conditions=words.conditions(met, unmet) if counts.organisations.for_if else None,
    )


def _judged(rule: DecisionRule, counts: Counts, quorum: Quorum) -> Verdict:
    """By the rule, and by the quorum: without one nothing is decided for the proposal."""
    found = verdict(rule, counts)
    if Verdict.NOT_PASSED in {found, quorum.verdict}:
        return Verdict.NOT_PASSED
    return Verdict.UNDECIDED if quorum.verdict is Verdict.UNDECIDED else found


def _why(rule: DecisionRule, counts: Counts, quorum: Quorum, found: Verdict) -> Sentence:
    sentence = words.why(rule, counts, found)
    if quorum.verdict is Verdict.PASSED:
        return sentence
    return words.without_quorum(quorum.needed, quorum.taking_part, quorum.open, sentence)
