"""Each decision rule, by an example that passes and one that doesn't."""

from collections.abc import Callable

import pytest

from scheduler.domain.terms import DecisionRule, Stance, WeightRule
from scheduler.domain.voting import (
    BadBallot,
    Ballot,
    Measure,
    OtherHalf,
    Outcome,
    Result,
    Roll,
    Split,
    Stake,
    Verdict,
    Voter,
    VotingRules,
    decide,
    roll,
    shares,
    tally,
)

Cast = Callable[..., Ballot]
Four = Callable[..., Roll]
PASSED, NOT_PASSED, UNDECIDED = Verdict.PASSED, Verdict.NOT_PASSED, Verdict.UNDECIDED


def _all(cast: Cast, grote: str, kleine: str, middel: str, onbekende: str) -> list[Ballot]:
    said = {"grote": grote, "kleine": kleine, "middel": middel, "onbekende": onbekende}
    return [cast(name, stance) for name, stance in said.items()]


def _by(outcome: Outcome, rule: str) -> Result:
    return next(each for each in outcome.results if each.rule is DecisionRule(rule))


def test_a_majority_of_organisations_needs_more_for_than_against(cast: Cast, four: Four) -> None:
    passed = decide(four(), _all(cast, "against", "for", "for", "abstain"))
    assert _by(passed, "organisations").verdict is PASSED
    tied = decide(four(), _all(cast, "against", "for", "for", "against"))
    assert _by(tied, "organisations").verdict is NOT_PASSED
    assert "gelijk" in _by(tied, "organisations").why.nl


def test_a_majority_by_dwellings_follows_the_large_ones(cast: Cast, four: Four) -> None:
    outcome = decide(four(), _all(cast, "against", "for", "for", "for"))
    assert _by(outcome, "dwellings").verdict is NOT_PASSED
    assert outcome.dwellings.for_ == 4_000
    turned = decide(four(), _all(cast, "for", "against", "against", "against"))
    assert _by(turned, "dwellings").verdict is PASSED


def test_both_majorities_are_needed_where_the_table_asks_both(cast: Cast, four: Four) -> None:
    one = decide(four(), _all(cast, "against", "for", "for", "for"))
    assert _by(one, "both").verdict is NOT_PASSED
    two = decide(four(), _all(cast, "for", "for", "against", "abstain"))
    assert _by(two, "both").verdict is PASSED


def test_one_vote_against_breaks_unanimity_and_abstaining_doesnt(cast: Cast, four: Four) -> None:
    together = decide(four(), _all(cast, "for", "abstain", "for", "not_present"))
    assert _by(together, "unanimous").verdict is PASSED
    broken = decide(four(), _all(cast, "for", "for", "for", "against"))
    assert _by(broken, "unanimous").verdict is NOT_PASSED
    silent = decide(four(), _all(cast, "abstain", "abstain", "abstain", "abstain"))
    assert _by(silent, "unanimous").verdict is NOT_PASSED


def test_the_smallest_part_against_breaks_unanimity(cast: Cast, four: Four) -> None:
    those = four(weight=WeightRule.DWELLINGS)
    ballots = [
        cast("grote", "split", for_=5_999, against=1),
        cast("kleine", "for"),
        cast("middel", "for"),
        cast("onbekende", "for"),
    ]
    assert _by(decide(those, ballots), "unanimous").verdict is NOT_PASSED


def test_with_half_of_the_votes_tenants_stop_what_they_all_oppose(cast: Cast, four: Four) -> None:
    outcome = decide(four(), _all(cast, "against", "against", "against", "against"))
    assert _by(outcome, "tenants_half").verdict is NOT_PASSED
    assert "zonder hen" in _by(outcome, "tenants_half").why.nl


def test_with_half_of_the_votes_tenants_alone_decide_nothing_for(cast: Cast, four: Four) -> None:
    ballots = _all(cast, "for", "for", "for", "against")
    alone = _by(decide(four(), ballots), "tenants_half")
    assert (alone.verdict, "25,0%" in alone.why.nl) == (UNDECIDED, True)
    enough = decide(four(), ballots, other=OtherHalf(for_=3, against=7))
    assert _by(enough, "tenants_half").verdict is PASSED
    too_few = decide(four(), ballots, other=OtherHalf(for_=1, against=3))
    assert _by(too_few, "tenants_half").verdict is NOT_PASSED


def test_a_tables_own_rule_decides(cast: Cast, four: Four) -> None:
    ballots = _all(cast, "against", "for", "for", "for")
    assert decide(four(), ballots).decisive.verdict is PASSED
    by_dwellings = decide(four(decision=DecisionRule.DWELLINGS), ballots)
    assert by_dwellings.decisive.verdict is NOT_PASSED


def test_conditions_that_decide_are_said(cast: Cast, four: Four) -> None:
    outcome = decide(four(), _all(cast, "for_if", "for", "against", "abstain"))
    result = _by(outcome, "organisations")
    assert (result.verdict, result.if_met, result.if_unmet) == (UNDECIDED, PASSED, NOT_PASSED)
    assert result.conditions is not None
    assert "beslissen" in result.conditions.nl


def test_conditions_that_dont_matter_leave_the_result(cast: Cast, four: Four) -> None:
    outcome = decide(four(), _all(cast, "for_if", "for", "for", "abstain"))
    result = _by(outcome, "organisations")
    assert (result.verdict, result.if_unmet) == (PASSED, PASSED)
    assert result.conditions is not None
    assert "niet uit" in result.conditions.nl


def test_who_isnt_heard_keeps_it_open_until_it_no_longer_matters(cast: Cast, four: Four) -> None:
    open_ = decide(four(), [cast("grote", "for")])
    assert _by(open_, "organisations").verdict is UNDECIDED
    sure = decide(four(), [cast("grote", "for"), cast("kleine", "for"), cast("middel", "for")])
    assert _by(sure, "organisations").verdict is PASSED


def test_unknown_dwellings_dont_count_and_are_said(cast: Cast, four: Four) -> None:
    outcome = decide(four(), _all(cast, "for", "for", "for", "for"))
    assert (outcome.unknown, outcome.dwellings.total) == (("onbekende",), 10_000)


def test_the_default_counts_for_unknown_dwellings_where_the_table_says_so(four: Four) -> None:
    those = four(weight=WeightRule.DWELLINGS_OR_DEFAULT)
    assert (those.unknown, those.total(Measure.DWELLINGS)) == ((), 10_150)


def test_known_dwellings_count_where_some_are_unknown() -> None:
    stake = Stake(organisation="a", dwellings=40, places_unknown=2)
    (voter,) = roll([stake], VotingRules(), default_dwellings=150).voters
    assert voter.dwellings == 40


def test_nothing_is_decided_by_dwellings_that_nobody_knows(cast: Cast) -> None:
    those = roll([Stake(organisation="a", places_unknown=1)], VotingRules(), default_dwellings=150)
    outcome = decide(those, [cast("a", "for")])
    assert _by(outcome, "dwellings").verdict is UNDECIDED
    assert "bekend" in _by(outcome, "dwellings").why.nl
    assert _by(outcome, "organisations").verdict is PASSED


def test_without_a_quorum_nothing_passes(cast: Cast, four: Four) -> None:
    few = decide(four(quorum_percent=75), _all(cast, "for", "for", "not_present", "not_present"))
    assert (few.quorum.needed, few.quorum.verdict) == (3, NOT_PASSED)
    assert few.decisive.verdict is NOT_PASSED
    enough = decide(four(quorum_percent=75), _all(cast, "for", "for", "abstain", "not_present"))
    assert enough.decisive.verdict is PASSED


def test_a_quorum_counts_who_votes_and_not_who_only_gave_a_mandate(cast: Cast, four: Four) -> None:
    outcome = decide(four(quorum_percent=50), [cast("grote", "for"), cast("kleine", "not_heard")])
    assert (outcome.quorum.taking_part, outcome.quorum.open) == (1, 3)
    assert outcome.decisive.verdict is UNDECIDED


def test_a_split_vote_counts_in_its_parts(cast: Cast, four: Four) -> None:
    those = four(weight=WeightRule.DWELLINGS)
    counted = tally(those, [cast("grote", "split", for_=4_000, against=2_000)], Measure.DWELLINGS)
    assert (counted.for_, counted.against, counted.not_heard) == (4_000, 2_000, 4_000)


def test_a_split_must_add_up_to_the_weight(cast: Cast, four: Four) -> None:
    with pytest.raises(BadBallot, match="must be 6000, not 5999"):
        decide(four(weight=WeightRule.DWELLINGS), [cast("grote", "split", for_=5_999)])


def test_one_vote_cant_be_split_but_more_can(cast: Cast, four: Four) -> None:
    ballot = cast("grote", "split", for_=1, against=1)
    with pytest.raises(BadBallot):
        decide(four(), [ballot])
    assert decide(four(votes_each=2), [ballot]).organisations.against == 1


def test_a_single_vote_that_is_split_in_half_elsewhere_is_an_abstention() -> None:
    assert Split(for_=3_000, against=3_000).over(1) == Split(abstain=1)
    assert Split(for_=3_001, against=2_999).over(1) == Split(for_=1)
    assert Split().over(3) == Split(abstain=3)


def test_nobody_votes_twice_and_no_stranger_votes(cast: Cast, four: Four) -> None:
    with pytest.raises(BadBallot, match="votes once"):
        decide(four(), [cast("grote", "for"), cast("grote", "against")])
    with pytest.raises(BadBallot, match="doesn't vote here"):
        decide(four(), [cast("vreemde", "for")])


def test_shares_of_equal_claims_go_to_the_heaviest_then_by_name() -> None:
    assert shares(2, {"b": 1, "a": 1, "c": 1}) == {"a": 1, "b": 1, "c": 0}
    assert shares(1, {"a": 1, "b": 3}) == {"a": 0, "b": 1}
    assert shares(5, {"a": 0, "b": 0}) == {"a": 0, "b": 0}


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="votes_each"):
        VotingRules(votes_each=0)
    with pytest.raises(ValueError, match="quorum_percent"):
        VotingRules(quorum_percent=101)
    with pytest.raises(ValueError, match="zero or more"):
        Stake(organisation="a", dwellings=-1)
    with pytest.raises(ValueError, match="votes of one or more"):
        Voter(organisation="a", votes=0, dwellings=None)
    with pytest.raises(ValueError, match="default_dwellings"):
        roll([], VotingRules(), default_dwellings=0)
    with pytest.raises(ValueError, match="every organisation once"):
        roll([Stake(organisation="a")] * 2, VotingRules(), default_dwellings=1)
    with pytest.raises(ValueError, match="zero or more"):
        shares(-1, {})
    with pytest.raises(ValueError, match="one at least"):
        OtherHalf()
    with pytest.raises(ValueError, match="a split where"):
        Ballot(organisation="a", stance=Stance.SPLIT)
    with pytest.raises(BadBallot):
        Split(for_=-1, against=1)
