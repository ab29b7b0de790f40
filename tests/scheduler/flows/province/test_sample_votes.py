"""The demo's two votes: one final, one open, at the table where tenants have half of the votes."""

from collections.abc import Callable

import pytest
from sqlmodel import Session, select

from scheduler.db import tables
from scheduler.db.engine import Database
from scheduler.db.votes import vote_of
from scheduler.domain.access import COORDINATOR, SYSTEM
from scheduler.domain.terms import DecisionRule, VoteState
from scheduler.domain.voting import Verdict
from scheduler.flows.province.sample.votes import add_sample_votes
from scheduler.flows.publishing.publish_plan import publish_plan
from scheduler.flows.voting import outcome_of


@pytest.fixture
def published(database: Database, sample_plan: Callable[[Session], int], now: object) -> Database:
    with database.session() as session:
        publish_plan(session, SYSTEM, sample_plan(session), at=now, with_past=True)
    return database


def test_one_sample_vote_is_final_and_one_open(published: Database, now: object) -> None:
    with published.session() as session:
        assert add_sample_votes(session, SYSTEM, at=now) == 2
        votes = session.exec(select(tables.Vote).order_by(tables.Vote.state)).all()
        assert [each.state for each in votes] == [VoteState.CONFIRMED, VoteState.OPEN]
        final = vote_of(session, COORDINATOR, votes[0].id)
        assert final.rules.decision is DecisionRule.TENANTS_HALF
        outcome = outcome_of(session, COORDINATOR, final)
        assert outcome
        assert outcome.decisive.verdict is Verdict.PASSED


def test_without_its_table_there_are_no_sample_votes(province: Database, now: object) -> None:
    with province.session() as session:
        assert add_sample_votes(session, SYSTEM, at=now) == 0
