"""What a publication mails: to whom, what, once, and nothing that isn't theirs."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from scheduler.db import tables
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.errors import NotAllowed, NotFound, NothingToDo
from scheduler.domain.terms import MailKind, MailState, MeetingState, Role
from scheduler.flows.mail.contact_persons import add_contact, remove_contact
from scheduler.flows.mail.mail_addresses import stop_mail
from scheduler.flows.mail.outbox import release_mail, retry_mail, withdraw_mail
from scheduler.flows.mail.preview_mail import preview_mail
from scheduler.flows.publishing.publish_plan import publish_plan
from scheduler.mail import Office, Verdict

ALL = {"m-1": ["r-1"], "m-2": ["r-1"], "m-3": ["r-3"]}
ONE = "een@post.example"


@pytest.fixture
def publish(session: Session, draft: Callable[..., int], noon: datetime) -> Callable[..., None]:
    def make(attendees: dict[str, list[str]], *, at: datetime = noon, **wishes: object) -> None:
        publish_plan(session, COORDINATOR, draft(attendees, **wishes), at=at)

    return make


def test_nobody_is_mailed_who_did_not_ask(
    publish: Callable[..., None], rows: Callable[..., list[tables.Outgoing]]
) -> None:
    publish(ALL)
    assert rows() == []


def test_a_publication_invites_those_who_asked_and_waits_to_be_seen(
    publish: Callable[..., None],
    joined: Callable[..., None],
    rows: Callable[..., list[tables.Outgoing]],
    deliver: Callable[..., int],
    sink: Any,
) -> None:
    joined("r-1")
    publish(ALL)
    held = rows(MailState.HELD)
    assert [(row.uid, row.kind, row.sequence) for row in held] == [
        ("m-1@test.invalid", MailKind.REQUEST, 0),
        ("m-2@test.invalid", MailKind.REQUEST, 0),
    ]
    assert deliver() == 0
    assert sink.got == []


def test_seen_mail_goes_once(
    session: Session,
    publish: Callable[..., None],
    joined: Callable[..., None],
    deliver: Callable[..., int],
    sink: Any,
    noon: datetime,
) -> None:
    joined("r-1")
    publish(ALL)
    assert release_mail(session, COORDINATOR, at=noon) == 2
    deliver()
    deliver(noon + timedelta(days=1))
    assert sorted(sink.told) == [
        (ONE, "REQUEST", "m-1@test.invalid", 0),
        (ONE, "REQUEST", "m-2@test.invalid", 0),
    ]


def test_mail_that_nobody_looks_at_goes_after_the_delay(
    publish: Callable[..., None],
    joined: Callable[..., None],
    deliver: Callable[..., int],
    sink: Any,
    noon: datetime,
    office: Office,
) -> None:
    joined("r-1")
    publish(ALL)
    deliver(noon + office.hold - timedelta(seconds=1))
    assert sink.got == []
    deliver(noon + office.hold)
    assert len(sink.got) == 2


def test_a_change_within_two_days_goes_at_once_and_is_marked(
    session: Session,
    publish: Callable[..., None],
    joined: Callable[..., None],
    rows: Callable[..., list[tables.Outgoing]],
    deliver: Callable[..., int],
    sink: Any,
) -> None:
    joined("r-1")
    publish(ALL)
    release_mail(session, COORDINATOR, at=datetime.fromisoformat("2027-01-04T12:00Z"))
    deliver()
    sink.got.clear()
    eve = datetime.fromisoformat("2027-03-03T09:00Z")
    publish(ALL, at=eve, deputies={"m-1": "r-2", "m-2": "r-2"})
    assert [(row.uid, row.urgent) for row in rows(MailState.WAITING)] == [
        ("m-1@test.invalid", True)
    ]
    deliver(eve)
    assert [subject["Subject"] for subject in sink.messages] == ["Let op, gewijzigd: Overleg m-1"]


def test_who_is_taken_off_a_meeting_gets_a_cancellation_and_who_comes_an_invitation(
    session: Session,
    publish: Callable[..., None],
    joined: Callable[..., None],
    deliver: Callable[..., int],
    sink: Any,
    noon: datetime,
    office: Office,
) -> None:
    joined("r-1")
    joined("r-2")
    publish(ALL)
    deliver(noon + office.hold)
    sink.got.clear()
    publish({**ALL, "m-2": ["r-2"]}, at=noon + timedelta(hours=2))
    deliver(noon + timedelta(hours=4))
    assert sorted(sink.told) == [
        (ONE, "CANCEL", "m-2@test.invalid", 1),
        ("twee@post.example", "REQUEST", "m-2@test.invalid", 1),
    ]


def test_who_never_got_an_invitation_gets_no_cancellation(
    session: Session,
    publish: Callable[..., None],
    joined: Callable[..., None],
    rows: Callable[..., list[tables.Outgoing]],
    deliver: Callable[..., int],
    sink: Any,
    noon: datetime,
    office: Office,
) -> None:
    joined("r-1")
    publish(ALL)
    session.get_one(tables.Meeting, "m-1").state = MeetingState.CANCELLED
    publish({"m-2": ["r-1"]}, at=noon + timedelta(minutes=5))
    deliver(noon + timedelta(hours=4))
    assert sink.told == [(ONE, "REQUEST", "m-2@test.invalid", 0)]
    assert [row.uid for row in rows(MailState.WITHDRAWN)] == ["m-1@test.invalid"]


def test_a_meeting_called_off_and_restored_is_mailed_as_such(
    session: Session,
    publish: Callable[..., None],
    joined: Callable[..., None],
    deliver: Callable[..., int],
    sink: Any,
    noon: datetime,
) -> None:
    joined("r-1")
    publish(ALL)
    deliver(noon + timedelta(hours=1))
    meeting = session.get_one(tables.Meeting, "m-1")
    meeting.state = MeetingState.CANCELLED
    publish({"m-2": ["r-1"]}, at=noon + timedelta(hours=2))
    deliver(noon + timedelta(hours=3))
    meeting.state = MeetingState.PLANNED
    publish(ALL, at=noon + timedelta(hours=4))
    deliver(noon + timedelta(hours=5))
    about = [(method, sequence) for _, method, uid, sequence in sink.told if uid.startswith("m-1")]
    assert about == [("REQUEST", 0), ("CANCEL", 1), ("REQUEST", 2)]
    assert [each["Subject"] for each in sink.messages][-2:] == [
        "Gaat niet door: Overleg m-1",
        "Uitnodiging: Overleg m-1",
    ]


def test_a_contact_person_is_invited_to_the_meetings_of_the_municipality(
    session: Session,
    office: Office,
    publish: Callable[..., None],
    deliver: Callable[..., int],
    sink: Any,
    noon: datetime,
) -> None:
    publish(ALL)
    add_contact(
        session,
        COORDINATOR,
        office,
        Actor(Role.MUNICIPALITY, "GM0106"),
        function="beleidsmedewerker wonen",
        typed="wonen@assen.example",
        at=noon,
    )
    deliver(noon + office.hold)
    assert [(to, method) for to, method, *_ in sink.told] == [
        ("wonen@assen.example", "REQUEST")
    ] * 3
    for _, message in sink.got:
        assert b"Afgevaardigde" not in message


def test_no_message_names_another_recipient(
    session: Session,
    office: Office,
    publish: Callable[..., None],
    joined: Callable[..., None],
    deliver: Callable[..., int],
    sink: Any,
    noon: datetime,
) -> None:
    joined("r-1")
    joined("r-3")
    add_contact(
        session,
        COORDINATOR,
        office,
        Actor(Role.MUNICIPALITY, "GM0106"),
        function="wonen",
        typed="w@assen.example",
        at=noon,
    )
    publish({"m-1": ["r-1", "r-3"]})
    deliver(noon + office.hold)
    addresses = {"een@post.example", "drie@post.example", "w@assen.example"}
    assert {recipient for recipient, _ in sink.got} == addresses
    for (recipient, _), message in zip(sink.got, sink.messages, strict=True):
        parts = [part.get_payload(decode=True) or b"" for part in message.walk()]
        whole = b"".join(parts).decode() + str(message)
        assert [each for each in addresses if each in whole] == [recipient]


def test_who_stopped_is_told_once_more_when_a_meeting_changes(
    session: Session,
    publish: Callable[..., None],
    joined: Callable[..., None],
    deliver: Callable[..., int],
    sink: Any,
    noon: datetime,
) -> None:
    joined("r-1")
    publish(ALL)
    deliver(noon + timedelta(hours=1))
    stop_mail(session, Actor(Role.REPRESENTATIVE, "r-1"), "r-1", at=noon + timedelta(hours=2))
    sink.got.clear()
    publish({**ALL, "m-1": ["r-1", "r-3"]}, at=noon + timedelta(hours=3))
    deliver(noon + timedelta(hours=5))
    assert sink.told == [(ONE, "CANCEL", "m-1@test.invalid", 1)]


def test_who_joins_later_is_invited_to_what_is_coming(
    session: Session,
    publish: Callable[..., None],
    joined: Callable[..., None],
    deliver: Callable[..., int],
    sink: Any,
    noon: datetime,
) -> None:
    publish(ALL)
    joined("r-3", at=datetime.fromisoformat("2027-03-01T09:00Z"))
    deliver(datetime.fromisoformat("2027-03-01T09:00Z"))
    assert sink.told == [("drie@post.example", "REQUEST", "m-3@test.invalid", 0)]


def test_nothing_is_mailed_about_what_is_over(
    publish: Callable[..., None],
    joined: Callable[..., None],
    rows: Callable[..., list[tables.Outgoing]],
    deliver: Callable[..., int],
    sink: Any,
) -> None:
    joined("r-1")
    publish(ALL)
    deliver(datetime.fromisoformat("2027-03-04T11:00Z"))
    assert [uid for _, _, uid, _ in sink.told] == ["m-2@test.invalid"]
    (late,) = rows(MailState.WITHDRAWN)
    assert (late.uid, late.failure) == ("m-1@test.invalid", "late")


def test_a_mail_that_is_withdrawn_stays_unsent_and_the_next_change_goes(
    session: Session,
    publish: Callable[..., None],
    joined: Callable[..., None],
    rows: Callable[..., list[tables.Outgoing]],
    deliver: Callable[..., int],
    sink: Any,
    noon: datetime,
) -> None:
    joined("r-3")
    publish(ALL)
    (held,) = rows(MailState.HELD)
    withdraw_mail(session, COORDINATOR, held.id, at=noon)
    session.expire_all()
    deliver(noon + timedelta(days=1))
    assert sink.got == []
    publish({**ALL, "m-3": ["r-3", "r-2"]}, at=noon + timedelta(days=2))
    deliver(noon + timedelta(days=3))
    assert sink.told == [("drie@post.example", "REQUEST", "m-3@test.invalid", 1)]


def test_a_mail_that_was_sent_cannot_be_withdrawn(
    session: Session,
    publish: Callable[..., None],
    joined: Callable[..., None],
    rows: Callable[..., list[tables.Outgoing]],
    deliver: Callable[..., int],
    noon: datetime,
) -> None:
    joined("r-3")
    publish(ALL)
    deliver(noon + timedelta(hours=1))
    (sent,) = [row for row in rows(MailState.SENT) if row.kind is MailKind.REQUEST]
    assert (sent.message, len(sent.digest)) == (None, 64)
    with pytest.raises(NothingToDo):
        withdraw_mail(session, COORDINATOR, sent.id, at=noon)


def test_what_a_server_refuses_for_good_is_shown_and_can_be_tried_again(
    session: Session,
    publish: Callable[..., None],
    joined: Callable[..., None],
    rows: Callable[..., list[tables.Outgoing]],
    deliver: Callable[..., int],
    sink: Any,
    noon: datetime,
) -> None:
    joined("r-3")
    publish(ALL)
    sink.says = Verdict.REFUSED
    deliver(noon + timedelta(hours=1))
    (failed,) = rows(MailState.FAILED)
    sink.says = Verdict.SENT
    retry_mail(session, COORDINATOR, failed.id, at=noon + timedelta(hours=2))
    session.expire_all()
    deliver(noon + timedelta(hours=2))
    assert len(sink.got) == 1


def test_only_a_coordinator_handles_the_outbox(session: Session, noon: datetime) -> None:
    person = Actor(Role.REPRESENTATIVE, "r-1")
    for act in (
        lambda: release_mail(session, person, at=noon),
        lambda: withdraw_mail(session, person, 1, at=noon),
        lambda: retry_mail(session, person, 1, at=noon),
        lambda: remove_contact(session, person, "ma-1", at=noon),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_the_same_letter_is_sent_again_after_doubt(
    publish: Callable[..., None],
    joined: Callable[..., None],
    deliver: Callable[..., int],
    sink: Any,
    noon: datetime,
    office: Office,
) -> None:
    joined("r-3")
    publish(ALL)
    sink.says = Verdict.IN_DOUBT
    deliver(noon + timedelta(hours=1))
    sink.says = Verdict.SENT
    deliver(noon + timedelta(hours=2))
    (_, first), (_, second) = sink.got
    assert first == second


def test_a_draft_says_beforehand_what_it_would_mail(
    session: Session,
    draft: Callable[..., int],
    publish: Callable[..., None],
    joined: Callable[..., None],
    deliver: Callable[..., int],
    rows: Callable[..., list[tables.Outgoing]],
    noon: datetime,
    office: Office,
) -> None:
    joined("r-1")
    joined("r-3")
    publish(ALL)
    deliver(noon + office.hold)
    plan = draft({**ALL, "m-2": ["r-3"]})
    later = noon + timedelta(hours=2)
    said = preview_mail(session, COORDINATOR, plan, at=later)
    assert sorted((each.kind, each.recipient, each.meeting_title) for each in said) == [
        (MailKind.CANCEL, "Afgevaardigde 1", "Overleg m-2"),
        (MailKind.REQUEST, "Afgevaardigde 3", "Overleg m-2"),
    ]
    publish_plan(session, COORDINATOR, plan, at=later)
    assert len(rows(MailState.HELD)) == len(said)
    with pytest.raises(NotFound):
        preview_mail(session, COORDINATOR, plan, at=later)
    with pytest.raises(NotAllowed):
        preview_mail(session, Actor(Role.REPRESENTATIVE, "r-1"), plan, at=later)
