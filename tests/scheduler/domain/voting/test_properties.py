"""What holds of every vote: nothing is lost, nothing counts twice, and the order never matters."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.terms import DecisionRule, Stance, WeightRule
from scheduler.domain.voting import (
    Ballot,
    Measure,
    OtherHalf,
    Roll,
    Split,
    Stake,
    Verdict,
    VotingRules,
    decide,
    roll,
    shares,
    tally,
)

NAMES = st.sampled_from([f"o-{number:02}" for number in range(14)])


@st.composite
def rules(draw: st.DrawFn) -> VotingRules:
    return VotingRules(
        decision=draw(st.sampled_from(DecisionRule)),
        weight=draw(st.sampled_from(WeightRule)),
        votes_each=draw(st.integers(1, 10)),
        quorum_percent=draw(st.integers(0, 100)),
    )


@st.composite
def stakes(draw: st.DrawFn) -> tuple[Stake, ...]:
    names = draw(st.lists(NAMES, unique=True, max_size=12))
    return tuple(
        Stake(
            organisation=name,
            dwellings=draw(st.integers(0, 9_000)),
            places_unknown=draw(st.integers(0, 2)),
        )
        for name in names
    )


@st.composite
def rolls(draw: st.DrawFn) -> Roll:
    return roll(draw(stakes()), draw(rules()), default_dwellings=draw(st.integers(1, 500)))


@st.composite
def splits_of(draw: st.DrawFn, weight: int) -> Split:
    for_ = draw(st.integers(0, weight))
    against = draw(st.integers(0, weight - for_))
    return Split(for_=for_, against=against, abstain=weight - for_ - against)


@st.composite
def voted(draw: st.DrawFn) -> tuple[Roll, tuple[Ballot, ...]]:
    """A roll and the ballots of some of it, in any order."""
    those = draw(rolls())
    ballots = []
    for voter in draw(st.permutations(those.voters)):
        stance = draw(st.sampled_from([None, *Stance]))
        if stance is None:
            continue
        weight = voter.weight(those.rules.measure)
        split = draw(splits_of(weight)) if stance is Stance.SPLIT else None
        ballots.append(Ballot(organisation=voter.organisation, stance=stance, split=split))
    return those, tuple(ballots)


others = st.none() | st.builds(
    OtherHalf,
    for_=st.integers(1, 50),
    against=st.integers(0, 50),
    abstain=st.integers(0, 50),
)


@given(st.integers(0, 10_000), st.dictionaries(st.text(max_size=3), st.integers(0, 9_000)))
def test_shares_add_up_and_nobody_is_a_unit_off(total: int, weights: dict[str, int]) -> None:
    parts = shares(total, weights)
    whole = sum(weights.values())
    assert sum(parts.values()) == (total if whole else 0)
    assert all(
        abs(parts[name] * whole - total * weights[name]) < whole or not whole for name in parts
    )


@given(st.integers(0, 99), st.dictionaries(NAMES, st.integers(0, 99)), st.data())
def test_shares_dont_depend_on_the_order(
    total: int, weights: dict[str, int], data: st.DataObject
) -> None:
    shuffled = dict(data.draw(st.permutations(list(weights.items()))))
    assert shares(total, shuffled) == shares(total, weights)


@given(st.integers(0, 9_000).flatmap(splits_of), st.integers(0, 9_000))
def test_a_split_of_another_weight_adds_up_and_favours_neither_side(
    split: Split, weight: int
) -> None:
    turned = Split(for_=split.against, against=split.for_, abstain=split.abstain)
    over = split.over(weight)
    assert over.total == weight
    assert (over.for_, over.against) == (turned.over(weight).against, turned.over(weight).for_)


@given(st.integers(1, 9_000).flatmap(splits_of))
def test_a_split_of_its_own_weight_stays_as_it_is(split: Split) -> None:
    assert split.over(split.total) == split


@given(voted())
def test_every_weight_is_counted_exactly_once(vote: tuple[Roll, tuple[Ballot, ...]]) -> None:
    those, ballots = vote
    outcome = decide(those, ballots)
    assert outcome.organisations.total == those.total(Measure.ORGANISATIONS)
    assert outcome.dwellings.total == those.total(Measure.DWELLINGS)
    for each in (outcome.organisations, outcome.dwellings):
        assert sum(each.percentages.values()) == (100 if each.total else 0)


@given(voted(), others, st.data())
def test_the_order_of_organisations_never_matters(
    vote: tuple[Roll, tuple[Ballot, ...]], other: OtherHalf | None, data: st.DataObject
) -> None:
    those, ballots = vote
    shuffled = data.draw(st.permutations(ballots))
    assert decide(those, shuffled, other=other) == decide(those, ballots, other=other)


@given(stakes(), rules(), st.data())
def test_the_order_of_stakes_never_matters(
    found: tuple[Stake, ...], said: VotingRules, data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(found))
    assert roll(shuffled, said, default_dwellings=9) == roll(found, said, default_dwellings=9)


@given(voted(), others, st.integers(1, 50))
def test_scaling_all_weights_changes_no_verdict(
    vote: tuple[Roll, tuple[Ballot, ...]], other: OtherHalf | None, times: int
) -> None:
    those, ballots = vote
    heavier = replace(
        those,
        voters=tuple(
            replace(
                voter,
                votes=voter.votes * times,
                dwellings=None if voter.dwellings is None else voter.dwellings * times,
            )
            for voter in those.voters
        ),
        rules=replace(those.rules, votes_each=those.rules.votes_each * times),
    )
    whole = [ballot for ballot in ballots if ballot.split is None]
    before, after = decide(those, whole, other=other), decide(heavier, whole, other=other)
    assert [each.verdict for each in after.results] == [each.verdict for each in before.results]
    assert (after.quorum, after.unknown) == (before.quorum, before.unknown)


@given(voted(), others)
def test_undecided_hangs_on_something_that_is_still_open(
    vote: tuple[Roll, tuple[Ballot, ...]], other: OtherHalf | None
) -> None:
    those, ballots = vote
    outcome = decide(those, ballots, other=other)
    for result in outcome.results:
        if result.verdict is Verdict.UNDECIDED:
            assert (
                outcome.organisations.not_heard
                or outcome.organisations.for_if
                or outcome.dwellings.total == 0
                or (result.rule is DecisionRule.TENANTS_HALF and other is None)
            )


@given(voted(), others, st.data())
def test_what_is_decided_stays_so_whatever_comes_in(
    vote: tuple[Roll, tuple[Ballot, ...]], other: OtherHalf | None, data: st.DataObject
) -> None:
    those, ballots = vote
    before = decide(those, ballots, other=other)
    said = {ballot.organisation for ballot in ballots if ballot.stance is not Stance.NOT_HEARD}
    ends = st.sampled_from([Stance.FOR, Stance.AGAINST, Stance.ABSTAIN, Stance.NOT_PRESENT])
    late = [
        Ballot(organisation=voter.organisation, stance=data.draw(ends))
        for voter in those.voters
        if voter.organisation not in said
    ]
    heard = [ballot for ballot in ballots if ballot.organisation in said]
    settled = [
        replace(ballot, stance=data.draw(st.sampled_from([Stance.FOR, Stance.AGAINST])))
        if ballot.stance is Stance.FOR_IF
        else ballot
        for ballot in heard
    ]
    after = decide(those, [*settled, *late], other=other)
    for old, new in zip(before.results, after.results, strict=True):
        if old.verdict is not Verdict.UNDECIDED:
            assert new.verdict is old.verdict


@given(voted(), others)
def test_the_words_are_there_in_both_languages(
    vote: tuple[Roll, tuple[Ballot, ...]], other: OtherHalf | None
) -> None:
    those, ballots = vote
    for result in decide(those, ballots, other=other).results:
        assert result.why.nl != result.why.en
        assert (result.conditions is not None) == any(
            ballot.stance is Stance.FOR_IF for ballot in ballots
        )


@given(voted())
def test_a_vote_for_instead_of_against_never_harms(
    vote: tuple[Roll, tuple[Ballot, ...]],
) -> None:
    order = [Verdict.NOT_PASSED, Verdict.UNDECIDED, Verdict.PASSED]
    those, ballots = vote
    before = decide(those, ballots)
    better = [
        replace(ballot, stance=Stance.FOR) if ballot.stance is Stance.AGAINST else ballot
        for ballot in ballots
    ]
    after = decide(those, better)
    for old, new in zip(before.results, after.results, strict=True):
        assert order.index(new.verdict) >= order.index(old.verdict)


@given(voted(), st.sampled_from(Measure))
def test_an_abstention_is_kept_apart_from_absence(
    vote: tuple[Roll, tuple[Ballot, ...]], measure: Measure
) -> None:
    those, _ballots = vote
    for stance in (Stance.ABSTAIN, Stance.NOT_PRESENT, Stance.NOT_HEARD):
        all_of_them = [
            Ballot(organisation=voter.organisation, stance=stance) for voter in those.voters
        ]
        counted = tally(those, all_of_them, measure).by_stance
        assert counted.pop(stance) == those.total(measure)
        assert set(counted.values()) == {0}
