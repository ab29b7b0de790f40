"""Asking for mail: off by default, confirmed by mail, sealed, one person per address."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select, text

from scheduler.db import tables
from scheduler.domain.access import COORDINATOR, SYSTEM, Actor
from scheduler.domain.errors import BadInput, NotAllowed, NotFound, SpentLink
from scheduler.domain.sealing import Seal, SealBroken
from scheduler.domain.secrets import SecretKey
from scheduler.domain.terms import Role
from scheduler.flows.mail.contact_persons import add_contact, contact_persons
from scheduler.flows.mail.mail_addresses import (
    addresses_of,
    ask_mail,
    confirm_mail,
    forget_addresses,
    stop_mail,
)
from scheduler.flows.publishing.publish_plan import publish_plan
from scheduler.mail import Office

ME = Actor(Role.REPRESENTATIVE, "r-1")


def test_nobody_has_an_address_at_first(session: Session, office: Office) -> None:
    assert addresses_of(session, ME, office, "r-1") == ()


def test_an_address_is_used_once_its_owner_followed_the_link(
    session: Session, office: Office, joined: Callable[..., None]
) -> None:
    joined("r-1")
    (view,) = addresses_of(session, ME, office, "r-1")
    assert (view.address, view.confirmed) == ("een@post.example", True)


def test_an_address_that_was_only_asked_for_gets_no_invitations(
    session: Session,
    office: Office,
    draft: Callable[..., int],
    deliver: Callable[..., int],
    sink: Any,
    noon: datetime,
) -> None:
    ask_mail(session, ME, office, "r-1", "een@post.example", at=noon)
    publish_plan(session, COORDINATOR, draft({"m-1": ["r-1"]}), at=noon)
    deliver(noon + office.hold)
    assert [each["Subject"] for each in sink.messages] == ["Bevestig uw mailadres voor Aan Tafel"]


def test_no_address_and_no_link_stands_readable_in_the_database(
    session: Session, office: Office, draft: Callable[..., int], noon: datetime
) -> None:
    ask_mail(session, ME, office, "r-1", "een@post.example", at=noon)
    for table in ("mail_address", "outbox", "audit"):
        rows = session.exec(text(f"SELECT * FROM {table}")).all()
        assert "een@" not in str(rows)
        assert "bevestigen/" not in str(rows)


@pytest.mark.parametrize("typed", ["", "een", "een@post", "a b@c.example", "x@y.example\nBcc: z@y"])
def test_what_is_no_address_is_refused(
    session: Session, office: Office, noon: datetime, typed: str
) -> None:
    with pytest.raises(BadInput):
        ask_mail(session, ME, office, "r-1", typed, at=noon)


def test_nobody_asks_for_somebody_else(session: Session, office: Office, noon: datetime) -> None:
    with pytest.raises(NotFound):
        ask_mail(session, ME, office, "r-2", "een@post.example", at=noon)
    with pytest.raises(NotFound):
        stop_mail(session, ME, "r-2", at=noon)
    with pytest.raises(NotFound):
        addresses_of(session, ME, office, "r-2")
    with pytest.raises(NotAllowed):
        contact_persons(session, ME, office)


def test_a_link_works_once_and_for_a_day(
    session: Session, office: Office, joined: Callable[..., None], noon: datetime
) -> None:
    joined("r-1")
    with pytest.raises(SpentLink):
        confirm_mail(session, "geraden", at=noon)


def test_asking_too_often_is_refused(session: Session, office: Office, noon: datetime) -> None:
    for _ in range(5):
        ask_mail(session, ME, office, "r-1", "een@post.example", at=noon)
    with pytest.raises(BadInput):
        ask_mail(session, ME, office, "r-1", "een@post.example", at=noon)
    ask_mail(session, ME, office, "r-1", "een@post.example", at=noon + timedelta(days=1))


def test_two_people_never_share_an_address(joined: Callable[..., None]) -> None:
    joined("r-1")
    with pytest.raises(BadInput):
        joined("r-2", "EEN@post.example")


def test_a_new_address_takes_the_place_of_the_old(
    session: Session, office: Office, joined: Callable[..., None], noon: datetime
) -> None:
    joined("r-1")
    joined("r-1", "nieuw@post.example", at=noon + timedelta(hours=1))
    assert [each.address for each in addresses_of(session, ME, office, "r-1")] == [
        "nieuw@post.example"
    ]


def test_an_address_that_comes_back_keeps_its_history(
    session: Session,
    office: Office,
    draft: Callable[..., int],
    joined: Callable[..., None],
    deliver: Callable[..., int],
    sink: Any,
    noon: datetime,
) -> None:
    joined("r-1")
    publish_plan(session, COORDINATOR, draft({"m-1": ["r-1"]}), at=noon)
    deliver(noon + office.hold)
    stop_mail(session, ME, "r-1", at=noon)
    sink.got.clear()
    joined("r-1", at=noon + timedelta(hours=2))
    deliver(noon + timedelta(hours=2))
    assert sink.got == []


def test_a_stopped_address_is_forgotten_when_nothing_hangs_on_it(
    session: Session,
    office: Office,
    draft: Callable[..., int],
    joined: Callable[..., None],
    deliver: Callable[..., int],
    noon: datetime,
) -> None:
    joined("r-1")
    publish_plan(session, COORDINATOR, draft({"m-1": ["r-1"]}), at=noon)
    deliver(noon + office.hold)
    stop_mail(session, ME, "r-1", at=noon)
    session.flush()
    assert forget_addresses(session, SYSTEM, at=noon + timedelta(days=1)) == 0
    assert forget_addresses(session, SYSTEM, at=noon + timedelta(days=90)) == 1
    assert session.exec(select(tables.MailAddress)).all() == []


def test_a_contact_person_needs_a_function_and_a_municipality(
    session: Session, office: Office, noon: datetime
) -> None:
    wishes = {"typed": "w@assen.example", "at": noon}
    with pytest.raises(BadInput):
        add_contact(
            session, COORDINATOR, office, Actor(Role.MUNICIPALITY, "GM0106"), function=" ", **wishes
        )
    with pytest.raises(NotFound):
        add_contact(
            session,
            COORDINATOR,
            office,
            Actor(Role.MUNICIPALITY, "GM9999"),
            function="wonen",
            **wishes,
        )
    with pytest.raises(NotAllowed):
        add_contact(
            session, ME, office, Actor(Role.MUNICIPALITY, "GM0106"), function="wonen", **wishes
        )


def test_what_is_sealed_opens_with_its_own_key_and_purpose_only() -> None:
    seal = Seal(SecretKey(b"a" * 32), "mail address")
    sealed = seal.seal(b"een@post.example")
    assert seal.open(sealed) == b"een@post.example"
    for other in (
        Seal(SecretKey(b"b" * 32), "mail address"),
        Seal(SecretKey(b"a" * 32), "mail message"),
    ):
        with pytest.raises(SealBroken):
            other.open(sealed)
        assert other.fingerprint("x") != seal.fingerprint("x")
