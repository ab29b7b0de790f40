"""The agenda of a meeting: who writes it, its order, and what is kept of what was taken off."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlmodel import Session

from scheduler.db.agenda import agenda_of, removed_items
from scheduler.db.audits import LogFilter, recent
from scheduler.db.engine import Database
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.errors import NotAllowed, NotFound
from scheduler.domain.terms import Role
from scheduler.flows.agenda.items import (
    MOST_ITEMS,
    TypedItem,
    add_item,
    change_item,
    move_item,
    remove_item,
    restore_item,
)
from scheduler.flows.agenda.papers import add_item_papers, remove_item_paper
from scheduler.flows.requests.add_papers import paper_for
from scheduler.flows.requests.paper_files import PaperFile
from scheduler.flows.requests.request_reading import BadRequest

EMMEN = Actor(Role.MUNICIPALITY, "GM0114")


@pytest.fixture
def session(province: Database) -> Iterator[Session]:
    with province.session() as session:
        yield session


@pytest.fixture
def items(session: Session, now: datetime) -> list[str]:
    return [
        add_item(session, EMMEN, "m-emmen", TypedItem(title=title), at=now)
        for title in ("Een", "Twee", "Drie")
    ]


def titles(session: Session) -> list[str]:
    return [each.title for each in agenda_of(session, COORDINATOR, "m-emmen")]


def test_who_asked_writes_its_own_agenda_and_nobody_elses(session: Session, now: datetime) -> None:
    add_item(session, EMMEN, "m-emmen", TypedItem(title="Huren"), at=now)
    assert titles(session) == ["Huren"]
    with pytest.raises(NotFound):
        add_item(session, EMMEN, "m-bod", TypedItem(title="Huren"), at=now)
    for stranger in (Actor(Role.REPRESENTATIVE, "r4"), Actor(Role.BOARD, "sbde")):
        with pytest.raises(NotAllowed):
            add_item(session, stranger, "m-emmen", TypedItem(title="Huren"), at=now)


def test_the_same_item_sent_twice_is_one(session: Session, now: datetime) -> None:
    first, second = (
        add_item(session, EMMEN, "m-emmen", TypedItem(title="Huren"), at=now) for _ in range(2)
    )
    assert first == second


@pytest.mark.parametrize(
    ("place", "steps", "order"),
    [
        (0, 1, ["Twee", "Een", "Drie"]),
        (2, -1, ["Een", "Drie", "Twee"]),
        (2, 1, ["Een", "Twee", "Drie"]),
        (0, -1, ["Een", "Twee", "Drie"]),
        (0, 5, ["Twee", "Drie", "Een"]),
    ],
)
def test_items_change_places(
    session: Session, items: list[str], now: datetime, place: int, steps: int, order: list[str]
) -> None:
    move_item(session, COORDINATOR, items[place], steps, at=now)
    assert titles(session) == order


def test_what_is_taken_off_can_be_put_back_at_the_end(
    session: Session, items: list[str], now: datetime
) -> None:
    remove_item(session, COORDINATOR, items[0], at=now)
    assert titles(session) == ["Twee", "Drie"]
    assert [each.id for each in removed_items(session, COORDINATOR, "m-emmen")] == [items[0]]
    for _ in range(2):
        restore_item(session, COORDINATOR, items[0], at=now)
    assert titles(session) == ["Twee", "Drie", "Een"]


def test_the_log_keeps_what_an_item_said_before(
    session: Session, items: list[str], now: datetime
) -> None:
    for _ in range(2):
        change_item(session, EMMEN, items[0], TypedItem(title="Huren"), at=now)
    session.flush()
    acts = recent(session, COORDINATOR, LogFilter(noun="agenda"))
    assert [each.act for each in acts].count("change item") == 1
    assert (acts[0].before or {})["title"] == "Een"
    assert (acts[0].after or {})["title"] == "Huren"


def test_an_agenda_has_an_end(session: Session, now: datetime) -> None:
    for number in range(MOST_ITEMS):
        add_item(session, EMMEN, "m-emmen", TypedItem(title=f"Punt {number}"), at=now)
    with pytest.raises(BadRequest):
        add_item(session, EMMEN, "m-emmen", TypedItem(title="Nog een"), at=now)


def test_papers_are_read_by_who_sees_the_meeting(
    session: Session, items: list[str], now: datetime
) -> None:
    file = PaperFile(name="stuk.txt", media_type="text/plain", content=b"De huren")
    for _ in range(2):
        add_item_papers(session, EMMEN, items[0], "https://emmen.example/a", file, at=now)
    (item, *_) = agenda_of(session, COORDINATOR, "m-emmen")
    assert item.links == ("https://emmen.example/a",)
    (paper,) = item.files
    assert paper_for(session, Actor(Role.BOARD, "sbde"), paper.id).content == b"De huren"
    with pytest.raises(NotFound):
        paper_for(session, Actor(Role.BOARD, "mevm"), paper.id)
    remove_item_paper(session, EMMEN, items[0], paper.id, at=now)
    assert agenda_of(session, COORDINATOR, "m-emmen")[0].files == ()
