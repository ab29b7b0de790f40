"""The province's meeting about urgency, with two items on its agenda, and boards that answer."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from sqlmodel import Session

from scheduler.db.engine import Database
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.terms import Role
from scheduler.flows.agenda.items import TypedItem, add_item
from scheduler.flows.input.author import author_of
from scheduler.flows.input.form import CONDITION, STANCE, field_of
from scheduler.flows.input.give import give_input, own_occasion

MEETING = "m-urgentie"
DAYS = 10
"""Its last day is then 11 April 2027."""

Give = Callable[..., int]


@pytest.fixture
def session(province: Database) -> Iterator[Session]:
    with province.session() as session:
        yield session


@pytest.fixture
def items(session: Session, now: datetime) -> tuple[str, str]:
    first, second = (
        add_item(session, COORDINATOR, MEETING, TypedItem(title=title), at=now)
        for title in ("Voorrang voor mantelzorgers", "Eén wachtlijst")
    )
    return first, second


@pytest.fixture
def typed() -> Callable[..., dict[str, str]]:
    """A form in which some items have a stance: "voor", or "voor-als: een grens"."""

    def make(said: dict[str, str]) -> dict[str, str]:
        form = {}
        for item, words in said.items():
            stance, _, condition = words.partition(": ")
            form[field_of(STANCE, item)] = stance
            if condition:
                form[field_of(CONDITION, item)] = condition
        return form

    return make


@pytest.fixture
def give(
    session: Session, now: datetime, typed: Callable[..., dict[str, str]], items: tuple[str, str]
) -> Give:
    """An organisation's board confirms stances on the two items; gives the version's number."""

    def make(organisation: str, *stances: str, at: datetime = now, **more: str) -> int:
        author = author_of(session, Actor(Role.BOARD, organisation))
        occasion = own_occasion(session, author, MEETING, DAYS)
        form = typed({i: s for i, s in zip(items, stances, strict=False) if s})
        return give_input(session, author, occasion, form | more, at=at)

    return make
