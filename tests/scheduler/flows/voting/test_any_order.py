"""Open, cast, correct, close and confirm in any order: no vote is lost, none counts twice."""

from collections.abc import Callable
from datetime import datetime

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlmodel import Session

from scheduler.db.votes import VoteView, vote_of
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.terms import DecisionRule, Role, Stance, VoteState, WeightRule
from scheduler.domain.voting import BadBallot, Measure, Split
from scheduler.flows.voting import (
    BadVote,
    Cast,
    VoteOver,
    cast_ballot,
    close_vote,
    confirm_vote,
    outcome_of,
)

ORGANISATIONS = ("federatie", "mevm", "sbde")
ACTORS = (
    COORDINATOR,
    Actor(Role.REPRESENTATIVE, "r4"),
    *(Actor(Role.BOARD, name) for name in ORGANISATIONS),
)
CASTABLE = (Stance.FOR, Stance.AGAINST, Stance.ABSTAIN, Stance.NOT_PRESENT, Stance.SPLIT)


def test_in_any_order_every_vote_counts_once(
    ledger: Session, opened: Callable[..., str], now: datetime
) -> None:
    def open_one(decision: DecisionRule, weight: WeightRule, votes_each: int) -> str:
        return opened(decision_rule=decision, weight_rule=weight, votes_each=votes_each)

    run_state_machine_as_test(
        lambda: Voting(ledger, open_one, now),
        settings=settings(
            max_examples=12,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )


class Voting(RuleBasedStateMachine):
    """One vote beside a model of it: what each organisation last said, and how far the vote is."""

    def __init__(
        self,
        session: Session,
        open_one: Callable[[DecisionRule, WeightRule, int], str],
        now: datetime,
    ) -> None:
        super().__init__()
        self.session, self.open_one, self.now = session, open_one, now
        self.said: dict[str, tuple[Stance, Split | None]] = {}
        self.cast_so_far = 0
        self.state = VoteState.OPEN

    @initialize(
        decision=st.sampled_from(DecisionRule),
        weight=st.sampled_from(WeightRule),
        votes_each=st.integers(1, 4),
    )
    def begin(self, decision: DecisionRule, weight: WeightRule, votes_each: int) -> None:
        self.vote = self.open_one(decision, weight, votes_each)

    @rule(
        actor=st.sampled_from(ACTORS),
        organisation=st.sampled_from(ORGANISATIONS),
        stance=st.sampled_from(CASTABLE),
        parts=st.tuples(st.integers(0, 4), st.integers(0, 4)),
        why=st.sampled_from(["", "Verkeerd verstaan"]),
    )
    def cast(
        self,
        actor: Actor,
        organisation: str,
        stance: Stance,
        parts: tuple[int, int],
        why: str,
    ) -> None:
        split = self._split(organisation, parts) if stance is Stance.SPLIT else None
        given = Cast(organisation_id=organisation, stance=stance, split=split, why=why)
        try:
            changed = cast_ballot(self.session, actor, self.vote, given, at=self.now)
        except (BadBallot, BadVote, NotFound, VoteOver):
            return
        assert self.state is not VoteState.CONFIRMED
        assert changed == (self.said.get(organisation) != (stance, split))
        self.said[organisation] = (stance, split)
        self.cast_so_far += changed

    def _split(self, organisation: str, parts: tuple[int, int]) -> Split:
        view = self._view()
        weight = view.voter(organisation).voter.weight(view.rules.measure)
        for_ = min(parts[0], weight)
        # Now and then more than there is: that must be refused.
        return Split(for_=for_, against=parts[1], abstain=max(0, weight - for_ - parts[1]))

    @rule()
    def close(self) -> None:
        try:
            close_vote(self.session, COORDINATOR, self.vote, at=self.now)
        except VoteOver:
            assert self.state is VoteState.CONFIRMED
        else:
            self.state = VoteState.CLOSED

    @rule()
    def confirm(self) -> None:
        try:
            confirm_vote(self.session, COORDINATOR, self.vote, at=self.now)
        except VoteOver:
            assert self.state is VoteState.OPEN
        else:
            self.state = VoteState.CONFIRMED

    @invariant()
    def what_was_said_is_what_stands(self) -> None:
        view = self._view()
        assert view.state is self.state
        assert [each.number for each in view.ballots] == list(range(1, self.cast_so_far + 1))
        for name in ORGANISATIONS:
            newest = view.newest(name)
            found = newest and (newest.ballot.stance, newest.ballot.split)
            assert found == self.said.get(name)

    @invariant()
    def every_weight_counts_once(self) -> None:
        view = self._view()
        outcome = outcome_of(self.session, COORDINATOR, view)
        assert (outcome is None) == (self.state is VoteState.OPEN)
        if outcome is None:
            return
        assert outcome.organisations.total == 3 * view.rules.votes_each
        assert outcome.dwellings.total == view.roll.total(Measure.DWELLINGS)
        silent = len(ORGANISATIONS) - len(self.said)
        assert outcome.quorum.taking_part == sum(
            stance is not Stance.NOT_PRESENT for stance, _ in self.said.values()
        )
        assert outcome.organisations.not_present >= silent * view.rules.votes_each
        assert outcome.organisations.not_heard == 0

    def _view(self) -> VoteView:
        return vote_of(self.session, COORDINATOR, self.vote)
