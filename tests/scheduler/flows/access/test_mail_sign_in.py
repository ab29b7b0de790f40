"""Asking for a link by mail: nobody learns whose addresses we use."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from scheduler.db.engine import Database
from scheduler.db.tables import MailAddress, Outgoing, SignInAsk, SignInLink
from scheduler.domain.access import COORDINATOR, SYSTEM, Actor
from scheduler.domain.errors import BadInput, NotAllowed
from scheduler.domain.secrets import hashed
from scheduler.domain.terms import MailKind, Role
from scheduler.flows.access.mail_sign_in import ask_sign_in_link, mail_asked_links
from scheduler.flows.access.staff import add_colleague, end_colleague
from scheduler.flows.mail.address_rows import new_row, start_mailing
from scheduler.mail import Office

OWN, STRANGE = "r12@afgevaardigden.example", "niemand@elders.example"
KEEPER = Actor(Role.ADMINISTRATOR)


@pytest.fixture
def session(province: Database, office: Office, now: datetime) -> Session:
    with province.session() as session:
        row = new_row(office, OWN, now)
        row.representative_id = "r12"
        start_mailing(session, row, now)
        yield session


def mails(session: Session) -> list[Outgoing]:
    return list(session.exec(select(Outgoing).where(Outgoing.kind == MailKind.SIGN_IN)))


@pytest.mark.parametrize("typed", [OWN, STRANGE])
def test_asking_writes_the_same_for_every_address(
    session: Session, office: Office, now: datetime, typed: str
) -> None:
    ask_sign_in_link(session, office, typed, browser="this one", at=now)
    rows = session.exec(select(SignInAsk)).all()
    assert [(each.browser_hash, each.handled_at) for each in rows] == [(hashed("this one"), None)]
    assert typed.encode() not in rows[0].sealed
    assert mails(session) == []


def test_the_clock_mails_a_link_for_the_asking_browser(
    session: Session, office: Office, now: datetime
) -> None:
    for typed in (OWN.upper(), STRANGE):
        ask_sign_in_link(session, office, typed, browser="this one", at=now)
    assert mail_asked_links(session, SYSTEM, office, at=now) == 1
    assert mail_asked_links(session, SYSTEM, office, at=now) == 0
    link = session.exec(select(SignInLink)).one()
    assert (link.subject_id, link.browser_hash) == ("r12", hashed("this one"))
    assert link.expires_at == now + timedelta(minutes=15)
    assert not link.loopback_only


def test_an_address_is_mailed_five_links_an_hour_at_most(
    session: Session, office: Office, now: datetime
) -> None:
    for _ in range(9):
        ask_sign_in_link(session, office, OWN, browser="b", at=now)
    mail_asked_links(session, SYSTEM, office, at=now)
    assert len(mails(session)) == 5
    later = now + timedelta(hours=1)
    ask_sign_in_link(session, office, OWN, browser="b", at=later)
    assert mail_asked_links(session, SYSTEM, office, at=later) == 1


def test_what_isnt_an_address_is_refused(session: Session, office: Office, now: datetime) -> None:
    with pytest.raises(BadInput):
        ask_sign_in_link(session, office, "geen adres", browser="b", at=now)


def test_only_who_gives_access_mails_links(session: Session, office: Office, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        mail_asked_links(session, COORDINATOR, office, at=now)


def test_a_colleague_gets_links_until_they_leave(
    session: Session, office: Office, now: datetime
) -> None:
    address = "anna@huurders.example"
    for role in (Role.ADMINISTRATOR, Role.COORDINATOR):
        name = add_colleague(session, KEEPER, office, role, name="Anna", typed=address, at=now)
    ask_sign_in_link(session, office, address, browser="b", at=now)
    assert mail_asked_links(session, SYSTEM, office, at=now) == 2
    end_colleague(session, KEEPER, name, at=now)
    ask_sign_in_link(session, office, address, browser="b", at=now)
    assert mail_asked_links(session, SYSTEM, office, at=now) == 1


def test_nobody_but_who_gives_access_adds_a_colleague(
    session: Session, office: Office, now: datetime
) -> None:
    for actor in (COORDINATOR, Actor(Role.AUDITOR), Actor(Role.REPRESENTATIVE, "r12")):
        with pytest.raises(NotAllowed):
            add_colleague(session, actor, office, Role.AUDITOR, name="A", typed=OWN, at=now)


@pytest.mark.parametrize(
    ("role", "name", "typed"),
    [
        (Role.REPRESENTATIVE, "Anna", "a@b.example"),
        (Role.AUDITOR, " ", "a@b.example"),
        (Role.AUDITOR, "Anna", "geen adres"),
    ],
)
def test_a_colleague_needs_a_role_a_name_and_an_address(
    session: Session, office: Office, now: datetime, role: Role, name: str, typed: str
) -> None:
    with pytest.raises(BadInput):
        add_colleague(session, KEEPER, office, role, name=name, typed=typed, at=now)


def test_the_last_administrator_stays(session: Session, office: Office, now: datetime) -> None:
    wish = {"typed": "b@b.example", "at": now}
    first = add_colleague(session, KEEPER, office, Role.ADMINISTRATOR, name="A", **wish)
    with pytest.raises(BadInput):
        end_colleague(session, KEEPER, first, at=now)
    second = add_colleague(session, KEEPER, office, Role.ADMINISTRATOR, name="B", **wish)
    end_colleague(session, KEEPER, first, at=now)
    rows = session.exec(select(MailAddress).where(MailAddress.staff_id == second)).all()
    assert len(rows) == 1
