"""Lent hours count once both boards agreed, as much for one as for the other, until they stop."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, select

from scheduler.db import tables
from scheduler.db.loans import LoanView, loan, loans, shifted
from scheduler.db.views import Named
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.errors import BadInput, NotAllowed, NotFound, NothingToDo, SpentLink
from scheduler.domain.mandates import Term
from scheduler.domain.secrets import SecretKey
from scheduler.domain.terms import LoanPace, MailKind, MandateState, Role
from scheduler.flows.lending.lend import (
    WantedLoan,
    agree_to_loan,
    propose_loan,
    refuse_loan,
    stop_loan,
)
from scheduler.flows.lending.letter import loan_link, open_loan_link
from scheduler.flows.mail.board_members import add_board_member
from scheduler.flows.mail.prepare_mail import prepare_mail
from scheduler.flows.mandates.errors import BadMandate
from scheduler.flows.mandates.hand import Hand, hand_of
from scheduler.flows.problem_builder.people import organisations
from scheduler.mail import Office
from scheduler.settings import Settings
from solver.problem import Horizon

YEAR = (date(2027, 1, 1), date(2027, 12, 31))
WANTED = WantedLoan(
    giver_id="mevm",
    holder_id="samensterk",
    minutes=6_000,
    pace=LoanPace.YEAR,
    first_day=YEAR[0],
    last_day=YEAR[1],
)


@pytest.fixture
def office() -> Office:
    return Office.of(Settings.read({}), SecretKey(b"k" * 32))


@pytest.fixture
def member(session: Session, office: Office, noon: datetime) -> Callable[..., str]:
    def add(board: str, function: str = "voorzitter") -> str:
        return add_board_member(
            session,
            COORDINATOR,
            office,
            board,
            function=function,
            typed=f"{function}@{board}.example",
            at=noon,
        )

    return add


def hand(session: Session, board: str, at: datetime, member_id: str = "") -> Hand:
    return hand_of(session, Actor(Role.BOARD, board), at=at, member_id=member_id)


def capacities(session: Session) -> dict[str, int]:
    found = organisations(session, Horizon(*YEAR))
    return {name: each.capacity_minutes for name, each in found.items()}


def test_it_counts_for_both_once_both_agreed(session: Session, noon: datetime) -> None:
    before = capacities(session)
    made = propose_loan(session, hand(session, "mevm", noon), WANTED)
    assert propose_loan(session, hand(session, "mevm", noon), WANTED) == made
    assert capacities(session) == before
    agree_to_loan(session, hand(session, "samensterk", noon), made)
    after = capacities(session)
    assert {name: after[name] - before[name] for name in before} == {
        "mevm": 6_000,
        "samensterk": -6_000,
    }


def test_it_stops_counting_from_the_day_it_stops(session: Session, noon: datetime) -> None:
    made = propose_loan(session, hand(session, "mevm", noon), WANTED)
    agree_to_loan(session, hand(session, "samensterk", noon), made)
    stop_loan(session, hand(session, "samensterk", noon), made)
    lent = shifted(session, *YEAR)
    assert lent == {"mevm": 6_000 * 3 // 365, "samensterk": -(6_000 * 3 // 365)}
    with pytest.raises(NothingToDo):
        stop_loan(session, hand(session, "mevm", noon), made)


def test_one_no_is_enough(session: Session, noon: datetime) -> None:
    made = propose_loan(session, hand(session, "mevm", noon), WANTED)
    refuse_loan(session, hand(session, "samensterk", noon), made)
    assert loan(session, COORDINATOR, made).term.state is MandateState.REFUSED
    with pytest.raises(NothingToDo):
        agree_to_loan(session, hand(session, "samensterk", noon), made)


def test_two_members_where_the_giver_asks_for_them(
    session: Session, noon: datetime, member: Callable[..., str]
) -> None:
    session.get_one(tables.Organisation, "mevm").mandate_members = 2
    made = propose_loan(session, hand(session, "samensterk", noon), WANTED)
    with pytest.raises(BadInput):
        agree_to_loan(session, hand(session, "mevm", noon), made)
    agree_to_loan(session, hand(session, "mevm", noon, member("mevm")), made)
    assert loan(session, COORDINATOR, made).term.state is MandateState.PROPOSED
    agree_to_loan(session, hand(session, "mevm", noon, member("mevm", "secretaris")), made)
    assert loan(session, COORDINATOR, made).term.state is MandateState.AGREED


def test_the_coordinator_records_what_was_agreed_on_paper(session: Session, noon: datetime) -> None:
    desk = hand_of(session, COORDINATOR, at=noon)
    made = propose_loan(session, desk, WANTED)
    agree_to_loan(session, desk, made)
    assert shifted(session, *YEAR)["mevm"] == 6_000
    acts = select(tables.Audit.act).where(tables.Audit.noun == "loan")
    assert list(session.exec(acts)) == ["propose", "agree"]


def test_others_neither_see_it_nor_act_on_it(session: Session, noon: datetime) -> None:
    made = propose_loan(session, hand_of(session, COORDINATOR, at=noon), WANTED)
    for actor in (Actor(Role.BOARD, "sbde"), Actor(Role.REPRESENTATIVE, "r-1")):
        assert loans(session, actor) == ()
        with pytest.raises(NotFound):
            agree_to_loan(session, hand_of(session, actor, at=noon), made)
    with pytest.raises(NotAllowed):
        propose_loan(session, hand(session, "sbde", noon), WANTED)


def test_each_fault_stands_at_its_field(session: Session, noon: datetime) -> None:
    wrong = replace(WANTED, holder_id="mevm", minutes=0, last_day=date(2026, 1, 1))
    with pytest.raises(BadMandate) as refused:
        propose_loan(session, hand(session, "mevm", noon), wrong)
    assert {each.field for each in refused.value.faults} == {"houder", "uren", "laatste_dag"}


def test_every_member_is_mailed_with_a_link_of_their_own(
    session: Session, noon: datetime, member: Callable[..., str], office: Office
) -> None:
    chair = member("samensterk")
    made = propose_loan(session, hand(session, "mevm", noon), WANTED)
    prepare_mail(session, COORDINATOR, office, at=noon)
    (row,) = session.exec(
        select(tables.Outgoing).where(tables.Outgoing.kind == MailKind.LOAN)
    ).all()
    assert row.recipient_id == chair
    assert row.message
    token = loan_link(office.links, "", made, chair).rpartition("/")[2]
    mailed = open_loan_link(session, office.links, token, at=noon)
    agree_to_loan(session, mailed.hand, mailed.loan.id)
    assert shifted(session, *YEAR)["mevm"] == 6_000
    with pytest.raises(SpentLink):
        open_loan_link(session, office.links, token, at=noon + timedelta(days=400))


@given(
    first=st.dates(date(2026, 1, 1), date(2028, 12, 31)),
    length=st.integers(0, 800),
    cut=st.integers(0, 364),
    pace=st.sampled_from(LoanPace),
)
def test_the_parts_of_a_year_never_add_up_to_more(
    first: date, length: int, cut: int, pace: LoanPace
) -> None:
    view = LoanView(
        id="ln",
        giver=Named("a", "A"),
        holder=Named("b", "B"),
        minutes=1_000,
        pace=pace,
        term=Term(first_day=first, last_day=first + timedelta(days=length)),
        note="",
    )
    middle = YEAR[0] + timedelta(days=cut)
    parts = view.within(YEAR[0], middle) + view.within(middle + timedelta(days=1), YEAR[1])
    assert 0 <= view.within(*YEAR) - parts <= 1
    assert view.within(*YEAR) <= 1_000 * (4 if pace is LoanPace.QUARTER else 1)
