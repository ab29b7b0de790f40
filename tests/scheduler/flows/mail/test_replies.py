"""What comes back by mail: an answer counts, a forged one doesn't, and nothing makes it fall."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from scheduler.db import outbox, tables
from scheduler.domain.access import COORDINATOR, SYSTEM, Actor
from scheduler.domain.errors import AanTafelError, NotAllowed
from scheduler.domain.terms import Choice, ReplyKind, ReplyState, Role, Way
from scheduler.flows.mail.contact_persons import add_contact
from scheduler.flows.mail.outbox import close_reply
from scheduler.flows.mail.receive_reply import BadMail, ForgedMail, Received, receive_reply
from scheduler.flows.publishing.publish_plan import publish_plan
from scheduler.mail import Office

UID = "m-1@test.invalid"


def reply(
    *,
    attendee: str = "een@post.example",
    sender: str = "",
    answer: str = "ACCEPTED",
    method: str = "REPLY",
    uid: str = UID,
    sequence: int = 0,
    stamp: str = "20270105T090000Z",
    extra: str = "",
) -> bytes:
    return (
        f"From: Iemand <{sender or attendee}>\r\nTo: agenda@ons.example\r\nSubject: Re\r\n"
        f"Message-ID: <{stamp}.{answer}@post.example>\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: text/calendar; charset=utf-8; method={method}\r\n\r\n"
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//\r\nMETHOD:{method}\r\n"
        f"BEGIN:VEVENT\r\nUID:{uid}\r\nSEQUENCE:{sequence}\r\nDTSTAMP:{stamp}\r\n"
        f"ATTENDEE;PARTSTAT={answer}:mailto:{attendee}\r\n{extra}"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


Receive = Callable[[bytes], Received]


@pytest.fixture
def receive(session: Session, office: Office, noon: datetime) -> Receive:
    return lambda mail: receive_reply(session, SYSTEM, office, mail, at=noon + timedelta(days=1))


@pytest.fixture
def invited(
    session: Session,
    draft: Callable[..., int],
    joined: Callable[..., None],
    deliver: Callable[..., int],
    sink: Any,
    noon: datetime,
    office: Office,
) -> None:
    """r-1 has got an invitation for m-1, r-3 for m-3, and a contact person for all."""
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
    publish_plan(session, COORDINATOR, draft({"m-1": ["r-1"], "m-3": ["r-3"]}), at=noon)
    deliver(noon + office.hold)
    assert len(sink.got) == 4


def answers(session: Session) -> list[tuple[str, str, Choice, Way, str]]:
    found = session.exec(select(tables.Answer)).all()
    return [(a.representative_id, a.meeting_id, a.choice, a.way, a.comment) for a in found]


@pytest.mark.parametrize(
    ("said", "choice"),
    [("ACCEPTED", Choice.YES), ("TENTATIVE", Choice.PERHAPS), ("DECLINED", Choice.NO)],
)
def test_a_representatives_answer_counts(
    session: Session, invited: None, receive: Receive, said: str, choice: Choice
) -> None:
    receive(reply(answer=said, extra="COMMENT:Ik ben er\\, denk ik.\r\n"))
    assert answers(session) == [("r-1", "m-1", choice, Way.REPLY, "Ik ben er, denk ik.")]
    assert outbox.replies(session, COORDINATOR) == ()


def test_the_same_mail_twice_is_one_answer(
    session: Session, invited: None, receive: Receive
) -> None:
    assert receive(reply()) == Received(ReplyKind.ACCEPTED)
    assert receive(reply()) == Received(None)
    assert len(session.exec(select(tables.MailReply)).all()) == 1


def test_of_two_answers_the_one_given_later_counts(
    session: Session, invited: None, receive: Receive
) -> None:
    receive(reply(answer="DECLINED", stamp="20270105T100000Z"))
    receive(reply(answer="ACCEPTED", stamp="20270105T090000Z"))
    assert [choice for _, _, choice, *_ in answers(session)] == [Choice.NO]


def test_an_answer_to_an_earlier_revision_is_kept_but_does_not_count(
    session: Session, draft: Callable[..., int], invited: None, receive: Receive, noon: datetime
) -> None:
    changed = draft({"m-1": ["r-1", "r-2"], "m-3": ["r-3"]})
    publish_plan(session, COORDINATOR, changed, at=noon + timedelta(hours=3))
    receive(reply(answer="ACCEPTED", sequence=0))
    assert answers(session) == []
    (kept,) = session.exec(select(tables.MailReply)).all()
    assert kept.state is ReplyState.STALE


def test_another_time_is_a_proposal_for_the_coordinator(
    session: Session, invited: None, receive: Receive, noon: datetime
) -> None:
    times = "DTSTART:20270305T090000Z\r\nDTEND:20270305T110000Z\r\n"
    receive(reply(attendee="w@assen.example", method="COUNTER", answer="TENTATIVE", extra=times))
    (seen,) = outbox.replies(session, COORDINATOR)
    assert (seen.kind, seen.sender, seen.meeting_id) == (ReplyKind.COUNTER, "wonen, Assen", "m-1")
    assert f"{seen.starts_at:%d %H:%M}" == "05 09:00"
    close_reply(session, COORDINATOR, seen.id, at=noon)
    assert outbox.replies(session, COORDINATOR) == ()


def test_what_a_contact_person_answers_is_for_the_coordinator_to_see(
    session: Session, invited: None, receive: Receive
) -> None:
    receive(reply(attendee="w@assen.example", answer="DECLINED"))
    assert [each.kind for each in outbox.replies(session, COORDINATOR)] == [ReplyKind.DECLINED]
    assert answers(session) == []


def test_somebodys_own_words_are_for_the_coordinator_to_read(
    session: Session, invited: None, receive: Receive
) -> None:
    mail = b"From: een@post.example\r\nSubject: Re\r\n\r\nIk ben ziek <b>thuis</b>.\r\n"
    assert receive(mail) == Received(ReplyKind.NOTE)
    (seen,) = outbox.replies(session, COORDINATOR)
    assert (seen.sender, seen.comment) == ("Afgevaardigde 1", "Ik ben ziek <b>thuis</b>.")


@pytest.mark.parametrize(
    "mail",
    [
        b"From: een@post.example\r\nAuto-Submitted: auto-replied\r\n\r\nIk ben er niet.\r\n",
        b"From: vreemd@elders.example\r\n\r\nKoop nu.\r\n",
        b"From: MAILER-DAEMON@post.example\r\nContent-Type: multipart/report\r\n\r\nbounce\r\n",
    ],
)
def test_automatic_mail_and_strangers_words_are_left(
    session: Session, invited: None, receive: Receive, mail: bytes
) -> None:
    assert receive(mail) == Received(None)
    assert outbox.replies(session, COORDINATOR) == ()


@pytest.mark.parametrize(
    "mail",
    [
        reply(sender="drie@post.example"),
        reply(attendee="drie@post.example"),
        reply(attendee="vreemd@elders.example"),
        reply(uid="anders@test.invalid"),
        reply(sequence=7),
    ],
    ids=["wrong sender", "somebody else's meeting", "stranger", "unknown meeting", "from later"],
)
def test_a_forged_answer_is_named_and_changes_nothing(
    session: Session, invited: None, receive: Receive, mail: bytes
) -> None:
    with pytest.raises(ForgedMail):
        receive(mail)
    assert answers(session) == []
    assert session.exec(select(tables.MailReply)).all() == []


@pytest.mark.parametrize(
    "mail",
    [
        reply(answer="MISSCHIEN"),
        reply(stamp="gisteren"),
        reply(extra="ATTENDEE;PARTSTAT=ACCEPTED:mailto:drie@post.example\r\n"),
        reply(extra="X-VUL:" + "x" * 300_000 + "\r\n"),
        b"x" * 5_000_001,
    ],
    ids=["no answer", "no time", "two people", "a calendar too large", "5 MB"],
)
def test_what_cannot_be_read_is_named(
    session: Session, invited: None, receive: Receive, mail: bytes
) -> None:
    with pytest.raises(BadMail) as error:
        receive(mail)
    assert error.value.sentences[0].nl.startswith("Deze mail is niet te lezen: ")
    assert answers(session) == []


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_no_mail_makes_it_fall(
    session: Session, invited: None, receive: Receive, data: st.DataObject
) -> None:
    whole = reply()
    cut = data.draw(st.integers(0, len(whole)))
    junk = data.draw(st.binary(max_size=60))
    mail = whole[:cut] + junk + whole[cut + data.draw(st.integers(0, 40)) :]
    try:
        with session.begin_nested() as nested:
            receive(mail)
            nested.rollback()
    except AanTafelError:
        pass


def test_only_who_plans_for_all_sees_and_closes_what_came_back(
    session: Session, invited: None, noon: datetime
) -> None:
    person = Actor(Role.REPRESENTATIVE, "r-1")
    with pytest.raises(NotAllowed):
        outbox.replies(session, person)
    with pytest.raises(NotAllowed):
        close_reply(session, person, 1, at=noon)
