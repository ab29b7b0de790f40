"""Two boards with members who have an address, and their hands."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from sqlmodel import Session, col, delete

from scheduler.db import tables
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.secrets import SecretKey
from scheduler.domain.terms import Role
from scheduler.flows.mail.board_members import add_board_member
from scheduler.flows.mandates.hand import Hand, hand_of
from scheduler.flows.mandates.propose import Wanted
from scheduler.mail import Office
from scheduler.settings import Settings

Hands = Callable[[str, str], Hand]
"""`hands("mevm", "voorzitter")` is the hand of that member of that board."""


@pytest.fixture
def office() -> Office:
    return Office.of(Settings.read({}), SecretKey(b"k" * 32))


@pytest.fixture
def members(session: Session, office: Office, noon: datetime) -> dict[tuple[str, str], str]:
    """A chair and a secretary in both boards: their addresses, by board and function."""
    return {
        (board, function): add_board_member(
            session,
            COORDINATOR,
            office,
            board,
            function=function,
            typed=f"{function}@{board}.example",
            at=noon,
        )
        for board in ("mevm", "samensterk")
        for function in ("voorzitter", "secretaris")
    }


@pytest.fixture
def hands(session: Session, members: dict[tuple[str, str], str], noon: datetime) -> Hands:
    def make(board: str, function: str) -> Hand:
        actor = Actor(Role.BOARD, board)
        return hand_of(session, actor, at=noon, member_id=members[board, function])

    return make


@pytest.fixture
def coordinator(session: Session, noon: datetime) -> Hand:
    return hand_of(session, COORDINATOR, at=noon)


@pytest.fixture
def wanted(session: Session) -> Wanted:
    """Samen Sterk lets MEVM speak in Assen for a year; the village's own mandate is gone."""
    session.exec(delete(tables.Mandate).where(col(tables.Mandate.id) == "md-1"))
    return Wanted(
        giver_id="samensterk",
        holder_id="mevm",
        first_day=date(2027, 1, 1),
        last_day=date(2027, 12, 31),
        municipalities=("GM0106",),
        limits="Niet over de huurprijs",
    )
