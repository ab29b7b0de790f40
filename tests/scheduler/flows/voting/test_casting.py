"""Ballots: who casts whose, what is kept, what is refused, and when it is final."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlmodel import Session, select

from scheduler.db import tables
from scheduler.db.audits import recent
from scheduler.db.votes import VoteView, votes_at
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.errors import NotAllowed, NotFound
from scheduler.domain.terms import (
    BallotWay,
    DecisionRule,
    Role,
    Stance,
    VoteSharing,
    VoteState,
    WeightRule,
)
from scheduler.domain.voting import BadBallot, OtherHalf, Verdict
from scheduler.flows.voting import (
    BadVote,
    Cast,
    VoteOver,
    cast_ballot,
    close_vote,
    confirm_vote,
    note_other_half,
    outcome_of,
    reopen_vote,
)

Opened = Callable[..., str]
CastIt = Callable[..., bool]
Seen = Callable[..., VoteView]
GOES = Actor(Role.REPRESENTATIVE, "r4")


def test_a_board_votes_for_itself_and_for_whom_it_holds_a_mandate(
    opened: Opened, cast: CastIt, seen: Seen, board: Callable
) -> None:
    vote = opened()
    assert cast(vote, "federatie", "for", by=board("federatie"))
    assert cast(vote, "sbde", "against", by=board("federatie"))
    found = seen(vote).newest("sbde")
    assert found
    assert (found.ballot.stance, found.way) == (Stance.AGAINST, BallotWay.PAGE)


def test_a_giver_whose_holder_votes_doesnt_vote_too(
    opened: Opened, cast: CastIt, board: Callable
) -> None:
    with pytest.raises(NotFound):
        cast(opened(), "sbde", "for", by=board("sbde"))


def test_nobody_votes_for_a_stranger(opened: Opened, cast: CastIt, board: Callable) -> None:
    vote = opened()
    with pytest.raises(NotFound):
        cast(vote, "federatie", "for", by=board("mevm"))
    with pytest.raises(NotFound):
        cast(vote, "nergens", "for")
    with pytest.raises(NotFound):
        cast(vote, "mevm", "for", by=Actor(Role.PROVINCE))
    with pytest.raises(NotFound):
        cast("st-0", "mevm", "for")


def test_what_was_said_at_the_meeting_is_entered_with_its_trace(
    opened: Opened, cast: CastIt, seen: Seen
) -> None:
    vote = opened()
    cast(vote, "mevm", "for")
    cast(vote, "sbde", "abstain", by=GOES)
    assert {each.way for each in seen(vote).ballots} == {BallotWay.MEETING}
    with pytest.raises(NotFound):
        cast(vote, "mevm", "against", by=GOES)  # who goes enters only what it casts itself


def test_the_same_ballot_again_is_one_ballot(opened: Opened, cast: CastIt, seen: Seen) -> None:
    vote = opened()
    assert cast(vote, "mevm", "for")
    assert not cast(vote, "mevm", "for")
    assert cast(vote, "mevm", "against")
    assert [each.ballot.stance for each in seen(vote).history("mevm")] == [
        Stance.FOR,
        Stance.AGAINST,
    ]


def test_a_split_vote_must_add_up(opened: Opened, cast: CastIt, seen: Seen) -> None:
    vote = opened(weight_rule=WeightRule.DWELLINGS)
    with pytest.raises(BadBallot):
        cast(vote, "sbde", "split", for_=1_000, against=900)
    assert cast(vote, "sbde", "split", for_=1_000, against=700, abstain=100)
    found = seen(vote).newest("sbde")
    assert found
    assert found.ballot.split
    assert found.ballot.split.against == 700


@pytest.mark.parametrize("stance", ["for_if", "not_heard", "split"])
def test_a_vote_is_for_against_or_neither(opened: Opened, cast: CastIt, stance: str) -> None:
    with pytest.raises(BadVote):
        cast(opened(), "mevm", stance)


def test_after_closing_only_who_runs_it_corrects_and_says_why(
    ledger: Session, opened: Opened, cast: CastIt, seen: Seen, board: Callable, now: datetime
) -> None:
    vote = opened()
    cast(vote, "mevm", "for", by=board("mevm"))
    close_vote(ledger, COORDINATOR, vote, at=now)
    with pytest.raises(VoteOver):
        cast(vote, "mevm", "against", by=board("mevm"), why="Vergissing")
    with pytest.raises(BadVote):
        cast(vote, "mevm", "against")
    with pytest.raises(BadVote):
        cast(vote, "mevm", "against", why="x" * 501)
    assert cast(vote, "mevm", "against", why="Verkeerd verstaan")
    assert [each.why for each in seen(vote).history("mevm")] == ["", "Verkeerd verstaan"]
    acts = ledger.exec(select(tables.Audit.act).where(tables.Audit.noun == "vote")).all()
    assert acts == ["open", "cast", "close", "correct"]


def test_what_is_confirmed_is_final(
    ledger: Session, opened: Opened, cast: CastIt, now: datetime
) -> None:
    vote = opened()
    with pytest.raises(VoteOver):
        confirm_vote(ledger, COORDINATOR, vote, at=now)
    close_vote(ledger, COORDINATOR, vote, at=now)
    close_vote(ledger, COORDINATOR, vote, at=now)
    confirm_vote(ledger, COORDINATOR, vote, at=now)
    confirm_vote(ledger, COORDINATOR, vote, at=now)
    for late in (
        lambda: cast(vote, "mevm", "for", why="Toch"),
        lambda: close_vote(ledger, COORDINATOR, vote, at=now),
        lambda: note_other_half(ledger, COORDINATOR, vote, None, at=now),
    ):
        with pytest.raises(VoteOver):
            late()


def test_a_vote_is_opened_again_until_its_result_is_confirmed(
    ledger: Session, opened: Opened, cast: CastIt, seen: Seen, now: datetime
) -> None:
    vote = opened()
    cast(vote, "mevm", "for")
    close_vote(ledger, COORDINATOR, vote, at=now)
    reopen_vote(ledger, GOES, vote, at=now)
    reopen_vote(ledger, GOES, vote, at=now)
    assert recent(ledger, COORDINATOR)[0].act == "reopen"
    assert (seen(vote).state, seen(vote).cast) == (VoteState.OPEN, {"mevm"})
    cast(vote, "mevm", "against")
    close_vote(ledger, COORDINATOR, vote, at=now)
    confirm_vote(ledger, COORDINATOR, vote, at=now)
    with pytest.raises(VoteOver):
        reopen_vote(ledger, COORDINATOR, vote, at=now)


def test_a_board_opens_no_vote_again(
    ledger: Session, opened: Opened, board: Callable, now: datetime
) -> None:
    vote = opened()
    close_vote(ledger, COORDINATOR, vote, at=now)
    with pytest.raises(NotAllowed):
        reopen_vote(ledger, board("sbde"), vote, at=now)


def test_only_who_runs_a_vote_closes_it(
    ledger: Session, opened: Opened, board: Callable, now: datetime
) -> None:
    vote = opened()
    with pytest.raises(NotAllowed):
        close_vote(ledger, board("sbde"), vote, at=now)
    close_vote(ledger, GOES, vote, at=now)


def test_who_cast_nothing_wasnt_present(
    ledger: Session, opened: Opened, cast: CastIt, seen: Seen, now: datetime
) -> None:
    vote = opened(quorum_percent=60)
    cast(vote, "mevm", "for")
    assert outcome_of(ledger, COORDINATOR, seen(vote)) is None
    close_vote(ledger, COORDINATOR, vote, at=now)
    outcome = outcome_of(ledger, COORDINATOR, seen(vote))
    assert outcome
    assert (outcome.organisations.for_, outcome.organisations.not_present) == (1, 2)
    assert outcome.decisive.verdict is Verdict.NOT_PASSED
    assert outcome.quorum.needed == 2


def test_the_other_half_is_entered_after_closing(
    ledger: Session, opened: Opened, cast: CastIt, seen: Seen, now: datetime
) -> None:
    vote = opened(decision_rule=DecisionRule.TENANTS_HALF)
    for organisation in ("mevm", "sbde", "federatie"):
        cast(vote, organisation, "for")
    with pytest.raises(VoteOver):
        note_other_half(ledger, COORDINATOR, vote, OtherHalf(for_=1), at=now)
    close_vote(ledger, COORDINATOR, vote, at=now)
    outcome = outcome_of(ledger, COORDINATOR, seen(vote))
    assert outcome
    assert outcome.decisive.verdict is Verdict.UNDECIDED
    for _ in range(2):
        note_other_half(ledger, COORDINATOR, vote, OtherHalf(for_=1, against=7), at=now)
    outcome = outcome_of(ledger, COORDINATOR, seen(vote))
    assert outcome
    assert outcome.decisive.verdict is Verdict.PASSED
    note_other_half(ledger, COORDINATOR, vote, None, at=now)
    assert seen(vote).other is None


@pytest.mark.parametrize(
    ("sharing", "names"),
    [(VoteSharing.BY_NAME, {"mevm", "sbde"}), (VoteSharing.COUNTS, {"sbde"})],
)
def test_each_sees_its_own_vote_and_later_what_the_table_shares(
    ledger: Session,
    opened: Opened,
    cast: CastIt,
    seen: Seen,
    board: Callable,
    now: datetime,
    sharing: VoteSharing,
    names: set[str],
) -> None:
    vote = opened(vote_sharing=sharing)
    cast(vote, "mevm", "against", by=board("mevm"))
    cast(vote, "sbde", "for", by=board("federatie"))
    own = board("sbde")
    assert {each.ballot.organisation for each in seen(vote, own).ballots} == {"sbde"}
    assert seen(vote, own).cast == {"mevm", "sbde"}
    close_vote(ledger, COORDINATOR, vote, at=now)
    assert outcome_of(ledger, own, seen(vote, own)) is None
    assert outcome_of(ledger, Actor(Role.AUDITOR), seen(vote)) is not None
    confirm_vote(ledger, COORDINATOR, vote, at=now)
    assert {each.ballot.organisation for each in seen(vote, own).ballots} == names
    assert outcome_of(ledger, own, seen(vote, own)) is not None


def test_who_asks_for_tenants_sees_no_votes(ledger: Session, opened: Opened) -> None:
    opened()
    assert len(votes_at(ledger, COORDINATOR, "m-urgentie")) == 1
    with pytest.raises(NotFound):
        votes_at(ledger, Actor(Role.PROVINCE), "m-urgentie")


def test_a_ballot_that_comes_while_somebody_closes_is_refused(
    ledger: Session, opened: Opened, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between looking and casting the vote is closed: the ballot doesn't slip in."""
    vote = opened()
    check = "scheduler.flows.voting.cast._check_why"
    monkeypatch.setattr(check, lambda *_: close_vote(ledger, COORDINATOR, vote, at=now))
    given = Cast(organisation_id="mevm", stance=Stance.FOR)
    with pytest.raises(VoteOver):
        cast_ballot(ledger, COORDINATOR, vote, given, at=now)
    assert ledger.exec(select(tables.VoteBallot)).all() == []
