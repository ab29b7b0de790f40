"""A province-level meeting whose table votes: two organisations sit there, one by its mandate."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from sqlmodel import Session

from scheduler.db import tables
from scheduler.db.engine import Database
from scheduler.db.votes import VoteView, vote_of
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.terms import Character, Level, Role, Stance
from scheduler.domain.voting import Split
from scheduler.flows.voting import Cast, cast_ballot, open_vote

MEETING = "m-urgentie"


@pytest.fixture
def ledger(province: Database) -> Iterator[Session]:
    """A session on the province, in which the urgency rules are voted on by table `t-urgentie`."""
    with province.session() as session:
        session.add(
            tables.Table(
                id="t-urgentie",
                name="Urgentieregels",
                level=Level.PROVINCE,
                character=Character.DECIDING,
                votes=True,
            )
        )
        session.flush()
        session.get_one(tables.Meeting, MEETING).table_id = "t-urgentie"
        session.flush()
        yield session


@pytest.fixture
def item(ledger: Session) -> Callable[[], str]:
    """Adds an agenda item to the meeting, and gives its identifier."""
    made: list[str] = []

    def add() -> str:
        made.append(f"ag-{len(made)}")
        ledger.add(
            tables.AgendaItem(
                id=made[-1], meeting_id=MEETING, position=len(made) - 1, title="Eén urgentieregel"
            )
        )
        ledger.flush()
        return made[-1]

    return add


@pytest.fixture
def opened(ledger: Session, item: Callable[[], str], now: datetime) -> Callable[..., str]:
    """Opens a vote on a new item, after changing the table where asked; gives its identifier."""

    def make(actor: Actor = COORDINATOR, **rules: object) -> str:
        table = ledger.get_one(tables.Table, "t-urgentie")
        for name, value in rules.items():
            setattr(table, name, value)
        ledger.flush()
        return open_vote(ledger, actor, MEETING, item(), at=now)

    return make


@pytest.fixture
def cast(ledger: Session, now: datetime) -> Callable[..., bool]:
    """`cast(vote, "sbde", "for")`, by the coordinator where nobody else is named."""

    def make(
        vote: str,
        organisation: str,
        stance: str,
        *,
        by: Actor = COORDINATOR,
        why: str = "",
        **parts: int,
    ) -> bool:
        given = Cast(
            organisation_id=organisation,
            stance=Stance(stance),
            split=Split(**parts) if parts else None,
            why=why,
        )
        return cast_ballot(ledger, by, vote, given, at=now)

    return make


@pytest.fixture
def seen(ledger: Session) -> Callable[..., VoteView]:
    """A vote as somebody sees it."""
    return lambda vote, actor=COORDINATOR: vote_of(ledger, actor, vote)


@pytest.fixture
def board() -> Callable[[str], Actor]:
    return lambda organisation: Actor(Role.BOARD, organisation)
