"""Asking for input: once, to every board member concerned, and reminding once who said nothing."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select

from scheduler.db.published import published_meeting
from scheduler.db.tables import MailAddress, Outgoing
from scheduler.domain.access import COORDINATOR, SYSTEM, Actor
from scheduler.domain.errors import NotAllowed
from scheduler.domain.secrets import SecretKey
from scheduler.domain.terms import MailKind, Role
from scheduler.flows.input.ask import QUESTION, REMINDER, Asking, queue_input_mail
from scheduler.flows.input.deadlines import choose_last_day
from scheduler.flows.input.letter import input_letter
from scheduler.flows.input.waiting import waiting_for
from scheduler.flows.mail.board_members import add_board_member
from scheduler.flows.requests.request_reading import BadRequest
from scheduler.mail import Office
from scheduler.settings import Input, Settings

MEETING, DAYS = "m-urgentie", 10
ASKING = Asking(Input(ask_days=21, remind_days=3), DAYS)
FIRST_DAY = datetime(2027, 3, 21, 10, tzinfo=UTC)
REMINDED = datetime(2027, 4, 8, 10, tzinfo=UTC)


@pytest.fixture
def office() -> Office:
    return Office.of(Settings.read({}), SecretKey(b"k" * 32))


@pytest.fixture
def members(session: Session, office: Office, now: datetime, items: tuple[str, str]) -> None:
    for organisation in ("sbde", "mevm"):
        for function in ("voorzitter", "secretaris"):
            add_board_member(
                session,
                COORDINATOR,
                office,
                organisation,
                function=function,
                typed=f"{function}@{organisation}.example",
                at=now,
            )


def sent(session: Session) -> list[int]:
    query = select(Outgoing).where(Outgoing.kind == MailKind.INPUT)
    return sorted(row.sequence for row in session.exec(query))


def test_every_board_member_is_asked_once(session: Session, members: None) -> None:
    early = FIRST_DAY - timedelta(days=1)
    assert queue_input_mail(session, SYSTEM, ASKING, at=early) == 0
    assert queue_input_mail(session, SYSTEM, ASKING, at=FIRST_DAY) == 4
    assert queue_input_mail(session, SYSTEM, ASKING, at=FIRST_DAY) == 0
    assert sent(session) == [QUESTION] * 4


def test_only_who_said_nothing_is_reminded_and_only_once(
    session: Session, members: None, give: Callable[..., int]
) -> None:
    queue_input_mail(session, SYSTEM, ASKING, at=FIRST_DAY)
    give("sbde", "voor")
    for day in range(6):
        queue_input_mail(session, SYSTEM, ASKING, at=REMINDED + timedelta(days=day))
    assert sent(session) == [QUESTION] * 4 + [REMINDER] * 2


def test_who_was_asked_only_just_isnt_reminded_on_top(session: Session, members: None) -> None:
    for hours in (0, 1):
        queue_input_mail(session, SYSTEM, ASKING, at=REMINDED + timedelta(hours=hours))
    assert sent(session) == [QUESTION] * 4


def test_without_an_agenda_nobody_is_asked(session: Session, office: Office) -> None:
    assert queue_input_mail(session, SYSTEM, ASKING, at=FIRST_DAY) == 0


def test_only_who_plans_may_ask(session: Session) -> None:
    with pytest.raises(NotAllowed):
        queue_input_mail(session, Actor(Role.BOARD, "sbde"), ASKING, at=FIRST_DAY)


def test_the_letter_holds_the_last_day_and_a_link_of_ones_own(
    session: Session, office: Office, members: None
) -> None:
    queue_input_mail(session, SYSTEM, ASKING, at=FIRST_DAY)
    bodies = set()
    for row in session.exec(select(Outgoing).where(Outgoing.kind == MailKind.INPUT)):
        address = session.get_one(MailAddress, row.recipient_id)
        letter = input_letter(session, office, row, address)
        assert letter.subject == "Wat vindt u? Provinciaal overleg urgentieregels"
        assert b"11 april 2027" in letter.message
        bodies.add(letter.message)
    assert len(bodies) == 4


def test_a_day_of_the_meetings_own_holds_instead_of_the_tables(
    session: Session, now: datetime, items: tuple[str, str]
) -> None:
    meeting = published_meeting(session, COORDINATOR, MEETING)
    board = Actor(Role.BOARD, "sbde")
    choose_last_day(session, COORDINATOR, MEETING, "2027-04-02", DAYS, at=now)
    (waiting,) = waiting_for(session, board, "sbde", [meeting], DAYS, at=now)
    assert waiting.asked.last_day.isoformat() == "2027-04-02"
    choose_last_day(session, COORDINATOR, MEETING, "", DAYS, at=now)
    (waiting,) = waiting_for(session, board, "sbde", [meeting], DAYS, at=now)
    assert waiting.asked.last_day.isoformat() == "2027-04-11"


@pytest.mark.parametrize("typed", ["2027-04-22", "2027-03-01", "morgen"])
def test_a_day_outside_what_is_possible_is_refused(
    session: Session, now: datetime, typed: str
) -> None:
    with pytest.raises(BadRequest):
        choose_last_day(session, COORDINATOR, MEETING, typed, DAYS, at=now)


def test_only_who_plans_chooses_the_day(session: Session, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        choose_last_day(session, Actor(Role.PROVINCE), MEETING, "", DAYS, at=now)


def test_a_board_that_answered_isnt_asked_any_more(
    session: Session, now: datetime, give: Callable[..., int]
) -> None:
    meeting = published_meeting(session, COORDINATOR, MEETING)
    give("sbde", "voor")
    assert waiting_for(session, Actor(Role.BOARD, "sbde"), "sbde", [meeting], DAYS, at=now) == ()
    assert waiting_for(session, Actor(Role.BOARD, "mevm"), "sbde", [meeting], DAYS, at=now) == ()
