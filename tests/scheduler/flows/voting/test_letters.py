"""Board members are mailed a link of their own when a vote opens, and none once it is closed."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlmodel import Session, select

from scheduler.db import tables
from scheduler.domain.access import COORDINATOR, SYSTEM
from scheduler.domain.secrets import SecretKey
from scheduler.domain.terms import MailKind, MailState
from scheduler.flows.mail.board_members import add_board_member
from scheduler.flows.mail.prepare_mail import prepare_mail
from scheduler.flows.mail.show_letter import opened as read_letter
from scheduler.flows.voting import close_vote
from scheduler.mail import Office
from scheduler.settings import Settings


@pytest.fixture
def office() -> Office:
    return Office.of(Settings.read({}), SecretKey(b"k" * 32))


@pytest.fixture
def members(ledger: Session, office: Office, now: datetime) -> None:
    for name in ("federatie", "sbde"):
        add_board_member(
            ledger,
            COORDINATOR,
            office,
            name,
            function="voorzitter",
            typed=f"voorzitter@{name}.example",
            at=now,
        )


def _mails(session: Session) -> list[tables.Outgoing]:
    query = select(tables.Outgoing).where(tables.Outgoing.kind == MailKind.VOTE)
    return list(session.exec(query))


@pytest.mark.usefixtures("members")
def test_the_board_that_casts_gets_the_link_and_the_giver_doesnt(
    ledger: Session, opened: Callable[..., str], office: Office, now: datetime
) -> None:
    opened()
    prepare_mail(ledger, SYSTEM, office, at=now)
    (mail,) = _mails(ledger)
    assert mail.message
    letter = read_letter(office.letters.open(mail.message))
    assert "U stemt voor: De Huurdersfederatie, SBDE." in letter.text
    assert "/stem/…" in letter.text
    assert mail.kind.is_secret


@pytest.mark.usefixtures("members")
def test_no_mail_about_a_vote_that_is_closed(
    ledger: Session, opened: Callable[..., str], office: Office, now: datetime
) -> None:
    close_vote(ledger, COORDINATOR, opened(), at=now)
    prepare_mail(ledger, SYSTEM, office, at=now)
    assert [each.state for each in _mails(ledger)] == [MailState.WITHDRAWN]
