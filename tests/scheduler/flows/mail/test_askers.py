"""Who sent a request gets its link, the news, and the invitation in their own agenda."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from scheduler.db import tables
from scheduler.domain.access import COORDINATOR, SYSTEM, Actor
from scheduler.domain.terms import Level, MailKind, MailState, Role
from scheduler.flows.mail.contact_persons import add_contact
from scheduler.flows.mail.mail_addresses import forget_addresses
from scheduler.flows.mail.mail_asker import mail_asker
from scheduler.flows.publishing.publish_plan import publish_plan
from scheduler.flows.requests.accept_request import accept_request
from scheduler.flows.requests.amend_request import Amendment, amend_request
from scheduler.flows.requests.change_request import decline_request, withdraw_request
from scheduler.flows.requests.request_form import TypedRequest
from scheduler.flows.requests.request_link import follow_address
from scheduler.flows.requests.request_meeting import request_meeting
from scheduler.flows.requests.requesting import Asker, Time
from scheduler.mail import Office

STARTS = datetime(2027, 2, 15, 18, tzinfo=UTC)
ASSEN = Actor(Role.MUNICIPALITY, "GM0106")
TYPED = TypedRequest(
    title="Woonvisie",
    character="informing",
    times=(Time(STARTS.date(), STARTS, STARTS + timedelta(hours=2)),),
    mode="online",
    organisations=("mevm",),
    contact="wonen@assen.example",
)


@pytest.fixture
def asked(session: Session, office: Office, noon: datetime) -> str:
    """The identifier of a request of the municipality of Assen, with an address."""
    identifier = request_meeting(
        session,
        ASSEN,
        Asker(Level.MUNICIPALITY, "GM0106"),
        TYPED,
        form_key="k",
        legal=(),
        at=noon,
    )
    mail_asker(session, office, identifier, at=noon)
    return identifier


@pytest.fixture
def published(session: Session, draft: Callable[..., int], noon: datetime) -> Callable[[str], None]:
    """Accepts a request, sends somebody, and publishes that."""

    def make(identifier: str) -> None:
        meeting = accept_request(session, COORDINATOR, identifier, at=noon)
        publish_plan(session, COORDINATOR, draft({meeting: ["r-1"]}), at=noon)

    return make


def subjects(sink: Any) -> list[str]:
    return [str(each["Subject"]) for each in sink.messages]


def test_the_receipt_carries_the_link(
    session: Session, office: Office, asked: str, deliver: Callable[..., int], sink: Any
) -> None:
    deliver()
    ((recipient, _),) = sink.got
    (message,) = sink.messages
    row = session.get_one(tables.MeetingRequest, asked)
    link = follow_address(office.addresses.key, office.base_url, row)
    assert recipient == "wonen@assen.example"
    assert link in message.get_body(("plain",)).get_content()
    assert "Wij hebben uw uitnodiging." in message.get_body(("plain",)).get_content()
    assert message["Auto-Submitted"] == "auto-generated"


def test_a_no_is_mailed_with_its_reason(
    session: Session,
    asked: str,
    deliver: Callable[..., int],
    sink: Any,
    noon: datetime,
) -> None:
    deliver()
    decline_request(session, COORDINATOR, asked, "Te kort dag.", at=noon)
    deliver()
    assert "De reden: Te kort dag." in sink.messages[-1].get_body(("plain",)).get_content()


def test_news_that_still_waits_isnt_told_twice(
    session: Session, asked: str, deliver: Callable[..., int], sink: Any, noon: datetime
) -> None:
    accept_request(session, COORDINATOR, asked, at=noon)
    deliver()
    assert subjects(sink) == ["Uw uitnodiging: Woonvisie"]
    assert "aangenomen" in sink.messages[0].get_body(("plain",)).get_content()


def test_the_invitation_reaches_their_own_agenda_and_its_end_too(
    session: Session,
    office: Office,
    asked: str,
    published: Callable[[str], None],
    draft: Callable[..., int],
    deliver: Callable[..., int],
    sink: Any,
    noon: datetime,
) -> None:
    deliver()
    sink.got.clear()
    published(asked)
    deliver(noon + office.hold)
    invited = [each for each in sink.messages if "Uitnodiging: Woonvisie" in str(each["Subject"])]
    (message,) = invited
    text = message.get_body(("plain",)).get_content()
    row = session.get_one(tables.MeetingRequest, asked)
    assert follow_address(office.addresses.key, office.base_url, row) in text
    assert "Afgevaardigde" not in text
    assert "/overleg/" not in text
    sink.got.clear()
    withdraw_request(session, ASSEN, asked, at=noon)
    publish_plan(session, COORDINATOR, draft({}), at=noon + timedelta(hours=2))
    deliver(noon + timedelta(hours=2) + office.hold)
    assert [(to, method) for to, method, *_ in sink.told] == [("wonen@assen.example", "CANCEL")]


def test_who_is_the_bodys_contact_person_already_gets_one_invitation(
    session: Session,
    office: Office,
    asked: str,
    published: Callable[[str], None],
    noon: datetime,
) -> None:
    add_contact(
        session, COORDINATOR, office, ASSEN, function="wonen", typed="Wonen@assen.example", at=noon
    )
    published(asked)
    query = select(tables.Outgoing).where(tables.Outgoing.kind == MailKind.REQUEST)
    assert len(session.exec(query).all()) == 1


def test_another_address_takes_over_at_once(
    session: Session,
    office: Office,
    asked: str,
    published: Callable[[str], None],
    deliver: Callable[..., int],
    sink: Any,
    noon: datetime,
) -> None:
    published(asked)
    deliver(noon + office.hold)
    sink.got.clear()
    changed = Amendment(contact="ander@assen.example")
    amend_request(session, ASSEN, asked, changed, at=noon)
    for _ in range(2):
        mail_asker(session, office, asked, at=noon)
    deliver(noon + office.hold)
    calendar = [each for each in sink.got if b"text/calendar" in each[1]]
    assert sorted(to for to, _ in calendar) == ["ander@assen.example", "wonen@assen.example"]
    assert sorted(to for to, _ in sink.got) == [
        "ander@assen.example",
        "ander@assen.example",
        "wonen@assen.example",
    ]


def test_without_an_address_nothing_is_mailed(
    session: Session, office: Office, noon: datetime
) -> None:
    identifier = request_meeting(
        session,
        ASSEN,
        Asker(Level.MUNICIPALITY, "GM0106"),
        replace(TYPED, contact=""),
        form_key="leeg",
        legal=(),
        at=noon,
    )
    mail_asker(session, office, identifier, at=noon)
    assert session.exec(select(tables.Outgoing)).all() == []


def test_an_address_is_forgotten_thirty_days_after_the_last_possible_day(
    session: Session, asked: str, deliver: Callable[..., int]
) -> None:
    deliver()
    assert forget_addresses(session, SYSTEM, at=STARTS + timedelta(days=30)) == 0
    assert forget_addresses(session, SYSTEM, at=STARTS + timedelta(days=31)) == 1


def test_an_address_that_can_be_mailed_to_no_more_stops_nobody(
    session: Session, asked: str, deliver: Callable[..., int], sink: Any
) -> None:
    session.delete(session.get_one(tables.MeetingRequest, asked))
    session.flush()
    deliver()
    assert sink.got == []
    states = {row.state for row in session.exec(select(tables.Outgoing))}
    assert states == {MailState.WITHDRAWN}
