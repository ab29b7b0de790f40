"""The demo's made-up addresses: their mail waits to be seen, and goes with the sample."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlmodel import Session, select

from scheduler.db.tables import MailAddress, Outgoing
from scheduler.domain.access import SYSTEM, Actor
from scheduler.domain.errors import NotAllowed
from scheduler.domain.secrets import SecretKey
from scheduler.domain.terms import MailState, Role
from scheduler.flows.province.sample.addresses import add_sample_addresses
from scheduler.flows.province.sample_year import remove_sample
from scheduler.mail import Office
from scheduler.settings import Settings

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
Contents = Callable[[Session], dict[str, list[tuple[object, ...]]]]


@pytest.fixture
def office() -> Office:
    return Office.of(Settings.read({}), SecretKey(b"k" * 32))


def test_nothing_ever_reaches_anybody(sampled: Session, office: Office) -> None:
    assert add_sample_addresses(sampled, SYSTEM, office, at=AT) == 27
    opened = [
        office.addresses.open(row.sealed).decode() for row in sampled.exec(select(MailAddress))
    ]
    assert len(opened) == 27
    assert all(address.endswith(".example") for address in opened)
    assert {row.state for row in sampled.exec(select(Outgoing))} <= {MailState.HELD}


def test_they_go_with_the_sample(
    loaded: Session, sampled: Session, office: Office, contents: Contents
) -> None:
    add_sample_addresses(sampled, SYSTEM, office, at=AT)
    remove_sample(sampled, SYSTEM, at=AT)
    assert contents(sampled) == contents(loaded)


def test_only_who_plans_for_all_adds_them(sampled: Session, office: Office) -> None:
    with pytest.raises(NotAllowed):
        add_sample_addresses(sampled, Actor(Role.REPRESENTATIVE, "r-001"), office, at=AT)
