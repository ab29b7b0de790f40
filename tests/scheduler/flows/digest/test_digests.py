"""A board's digest goes when it chose it, once, and stops with one press."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, select

from scheduler.db import tables
from scheduler.db.engine import Database
from scheduler.domain.access import COORDINATOR, SYSTEM, Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.secrets import SecretKey
from scheduler.domain.terms import DigestPace, MailState, Role
from scheduler.flows.digest.choice import (
    choose_digest,
    digest_of,
    digest_off_link,
    turn_digest_off,
)
from scheduler.flows.digest.queue import begins, queue_digests
from scheduler.flows.mail.address_rows import new_row, start_mailing
from scheduler.flows.mail.prepare_mail import prepare_mail
from scheduler.mail import Office
from scheduler.settings import Settings

BOARD = Actor(Role.BOARD, "sbde")
TUESDAY = datetime(2027, 3, 2, 9, tzinfo=UTC)
MONDAY = datetime(2027, 3, 8, 7, tzinfo=UTC)
"""Eight in the morning, local."""


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office.of(Settings.read({"AANTAFEL_MAIL_FOLDER": str(tmp_path)}), SecretKey(b"k" * 32))


@pytest.fixture
def mailed(province: Database, office: Office) -> Iterator[Session]:
    """SBDE's board has one member with an address."""
    with province.session() as session:
        row = new_row(office, "voorzitter@sbde.example", TUESDAY)
        row.organisation_id = "sbde"
        session.add(row)
        session.flush()
        start_mailing(session, row, TUESDAY)
        yield session


def test_without_choosing_none_goes(mailed: Session) -> None:
    assert digest_of(mailed, BOARD, "sbde") is DigestPace.OFF
    assert queue_digests(mailed, SYSTEM, at=MONDAY) == 0


def test_a_weekly_one_goes_on_monday_at_eight_and_once(mailed: Session) -> None:
    choose_digest(mailed, BOARD, "sbde", DigestPace.WEEKLY, at=TUESDAY)
    moments = [TUESDAY, MONDAY - timedelta(minutes=1), MONDAY, MONDAY + timedelta(days=3)]
    assert [queue_digests(mailed, SYSTEM, at=each) for each in moments] == [0, 0, 1, 0]


def test_a_monthly_one_goes_on_the_first(mailed: Session) -> None:
    choose_digest(mailed, BOARD, "sbde", DigestPace.MONTHLY, at=TUESDAY)
    assert queue_digests(mailed, SYSTEM, at=MONDAY) == 0
    assert queue_digests(mailed, SYSTEM, at=datetime(2027, 4, 1, 6, tzinfo=UTC)) == 1


def test_it_says_what_comes_and_where_nobody_speaks(mailed: Session, office: Office) -> None:
    choose_digest(mailed, BOARD, "sbde", DigestPace.WEEKLY, at=TUESDAY)
    queue_digests(mailed, SYSTEM, at=MONDAY)
    prepare_mail(mailed, SYSTEM, office, at=MONDAY)
    row = mailed.exec(select(tables.Outgoing)).one()
    assert row.state is MailState.WAITING
    letter = message_from_bytes(office.letters.open(row.message or b""), policy=default)
    text = str(letter.get_body(("plain",)))
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "niemand spreekt voor u" in text
    assert "Voortgang prestatieafspraken Emmen" in text
    assert "Woonvisie Tynaarlo" not in text


def test_the_link_in_it_turns_it_off(mailed: Session, office: Office) -> None:
    choose_digest(mailed, BOARD, "sbde", DigestPace.WEEKLY, at=TUESDAY)
    token = digest_off_link(office.links, "", "sbde").rpartition("/")[2]
    for _ in range(2):
        turn_digest_off(mailed, office.links, token, at=TUESDAY)
    assert digest_of(mailed, BOARD, "sbde") is DigestPace.OFF
    assert queue_digests(mailed, SYSTEM, at=MONDAY) == 0


@pytest.mark.parametrize(
    "who",
    [
        COORDINATOR,
        Actor(Role.BOARD, "mevm"),
        Actor(Role.REPRESENTATIVE, "r27"),
        Actor(Role.AUDITOR),
    ],
)
def test_nobody_chooses_for_another_board(mailed: Session, who: Actor) -> None:
    with pytest.raises(NotFound):
        choose_digest(mailed, who, "sbde", DigestPace.WEEKLY, at=TUESDAY)


@given(
    st.sampled_from([DigestPace.WEEKLY, DigestPace.MONTHLY]),
    st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: TUESDAY + timedelta(minutes=minutes)),
)
def test_whenever_it_is_looked_at_the_period_began_once(pace: DigestPace, at: datetime) -> None:
    began = begins(pace, at)
    assert began is not None
    assert begins(pace, began) == began
    assert began - at < timedelta(days=1)
    assert at - began < timedelta(days=32)
