"""The small province, a municipality in it, and a form that can be sent as it is."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from sqlmodel import Session

from scheduler.db.engine import Database
from scheduler.domain.access import Actor
from scheduler.domain.terms import Level, Role
from scheduler.flows.requests.request_form import TypedRequest
from scheduler.flows.requests.request_meeting import request_meeting
from scheduler.flows.requests.request_times import TypedTime
from scheduler.flows.requests.requesting import Asker
from scheduler.legal import LegalClock, read_legal

EMMEN = Actor(Role.MUNICIPALITY, "GM0114")
TYPED = TypedRequest(
    title="Woonzorgvisie: eerste bespreking",
    question="Welke flats eerst?",
    character="advising",
    times=(TypedTime("2027-06-10", "13.30", "15:30"), TypedTime("15-6-2027", "19:00", "21:00")),
    mode="in_person",
    organisations=("federatie", "sbde"),
    papers="https://emmen.example/stuk.pdf",
    contact="wonen@emmen.example",
    answer_until="2027-05-01",
)


@pytest.fixture
def session(province: Database) -> Iterator[Session]:
    with province.session() as session:
        yield session


@pytest.fixture
def emmen() -> Actor:
    return EMMEN


@pytest.fixture
def asker() -> Asker:
    return Asker(Level.MUNICIPALITY, "GM0114")


@pytest.fixture
def typed() -> TypedRequest:
    return TYPED


@pytest.fixture(scope="session")
def legal() -> tuple[LegalClock, ...]:
    return read_legal()


@pytest.fixture
def ask(
    session: Session, emmen: Actor, asker: Asker, legal: tuple[LegalClock, ...], now: datetime
) -> Callable[..., str]:
    """`ask()` sends the form and gives the request's identifier."""

    def make(typed: TypedRequest = TYPED, *, key: str = "k", actor: Actor = emmen) -> str:
        return request_meeting(session, actor, asker, typed, form_key=key, legal=legal, at=now)

    return make
