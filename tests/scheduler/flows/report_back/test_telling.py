"""Who is mailed what about a report, when, and never twice."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from sqlmodel import Session, select

from scheduler.db import tables
from scheduler.db.report_views import ReportView
from scheduler.domain.access import SYSTEM, Actor
from scheduler.domain.errors import SpentLink
from scheduler.domain.terms import MailKind, MailState, ReactionKind, Role
from scheduler.flows.mail.prepare_mail import prepare_mail
from scheduler.flows.report_back.ask import queue_report_asks
from scheduler.flows.report_back.due import Terms
from scheduler.flows.report_back.follow import follow_table
from scheduler.flows.report_back.links import (
    open_reading_link,
    open_writing_link,
    reading_link,
    writing_link,
)
from scheduler.flows.report_back.react import answer_reaction, react
from scheduler.flows.report_back.tell import tell_readers
from scheduler.flows.report_back.typed import TypedReport, again
from scheduler.flows.report_back.write import send_report
from scheduler.mail import Office

Address = Callable[..., str]


@pytest.fixture
def letters(
    held: Session, office: Office, after: datetime
) -> Callable[[], dict[str, EmailMessage]]:
    """What the outbox holds, written out, by who gets it."""

    def write() -> dict[str, EmailMessage]:
        prepare_mail(held, SYSTEM, office, at=after)
        query = select(tables.Outgoing).where(tables.Outgoing.state == MailState.WAITING)
        return {
            row.recipient_id: message_from_bytes(
                office.letters.open(row.message or b""), policy=default
            )
            for row in held.exec(query).all()
        }

    return write


def _text(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_who_was_spoken_for_gets_all_and_who_follows_gets_the_short_version(
    held: Session,
    told: ReportView,
    writer: Actor,
    address: Address,
    letters: Callable[[], dict[str, EmailMessage]],
    after: datetime,
) -> None:
    board = address("voorzitter@sbde.example", organisation_id="sbde")
    colleague = address("vijf@federatie.example", representative_id="r5")
    address("vier@federatie.example", representative_id="r4")
    address("wonen@emmen.example", municipality_id="GM0114")
    held.add(
        tables.Organisation(
            id="ander",
            name="Ander",
            full_name="Ander",
            region_id="zuid",
            capacity_minutes_per_year=600,
        )
    )
    held.flush()
    follower = address("bestuur@ander.example", organisation_id="ander")
    follow_table(held, Actor(Role.BOARD, "ander"), "t-provincie", follows=True, at=after)
    assert tell_readers(held, writer, told, at=after) == 3
    got = letters()
    assert set(got) == {board, colleague, follower}
    assert "Besloten. De provincie wil één regel" in _text(got[board])
    assert "Afgevaardigde 4 was erbij" in _text(got[board])
    assert "Dit is besloten." in _text(got[follower])
    assert "Afgevaardigde 4" not in _text(got[follower])
    assert "SBDE" not in _text(got[follower])


def test_an_overtaken_report_isnt_mailed_any_more(
    held: Session,
    told: ReportView,
    writer: Actor,
    address: Address,
    letters: Callable[[], dict[str, EmailMessage]],
    after: datetime,
) -> None:
    board = address("voorzitter@sbde.example", organisation_id="sbde")
    tell_readers(held, writer, told, at=after)
    mended = replace(again(told), coming="Juli", why="Verkeerde maand")
    corrected = send_report(held, writer, "m-urgentie", mended, at=after)
    tell_readers(held, writer, corrected, at=after)
    letter = letters()[board]
    assert letter["Subject"] == "Verbeterd: Provinciaal overleg urgentieregels"
    assert "De reden: Verkeerde maand" in _text(letter)
    states = held.exec(select(tables.Outgoing.state).order_by(tables.Outgoing.sequence)).all()
    assert states == [MailState.WITHDRAWN, MailState.WAITING]


def test_who_went_is_asked_reminded_and_asked_once_more(
    held: Session, terms: Terms, address: Address, after: datetime
) -> None:
    person = address("vier@federatie.example", representative_id="r4")
    moments = [
        (datetime(2027, 4, 21, 13, 29, tzinfo=UTC), 0),  # it isn't over yet
        (datetime(2027, 4, 21, 13, 30, tzinfo=UTC), 1),
        (after, 0),
        (datetime(2027, 4, 26, 6, tzinfo=UTC), 1),  # eight in the morning, two days before
        (datetime(2027, 4, 26, 7, tzinfo=UTC), 0),
        (datetime(2027, 4, 29, 6, tzinfo=UTC), 1),  # the morning after the last day
        (datetime(2027, 5, 20, 6, tzinfo=UTC), 0),
    ]
    _only_urgency(held)
    queued = [queue_report_asks(held, SYSTEM, terms, at=moment) for moment, _ in moments]
    assert queued == [number for _, number in moments]
    rows = held.exec(select(tables.Outgoing)).all()
    assert {(row.kind, row.recipient_id) for row in rows} == {(MailKind.REPORT_ASK, person)}


def test_after_a_standstill_one_reminder_goes(
    held: Session, terms: Terms, address: Address
) -> None:
    address("vier@federatie.example", representative_id="r4")
    _only_urgency(held)
    assert queue_report_asks(held, SYSTEM, terms, at=datetime(2027, 5, 3, 6, tzinfo=UTC)) == 1


def _only_urgency(session: Session) -> None:
    for name in ("m-emmen", "m-eerder", "m-bod", "m-vries"):
        for row in session.exec(
            select(tables.PublishedMeeting).where(tables.PublishedMeeting.meeting_id == name)
        ):
            row.state = "cancelled"
    session.flush()


def test_what_has_been_told_is_no_longer_asked(
    held: Session,
    terms: Terms,
    told: ReportView,
    address: Address,
    after: datetime,
) -> None:
    address("vier@federatie.example", representative_id="r4")
    _only_urgency(held)
    assert queue_report_asks(held, SYSTEM, terms, at=after) == 0


def test_a_question_written_before_the_report_came_is_withdrawn(
    held: Session,
    terms: Terms,
    typed: TypedReport,
    writer: Actor,
    address: Address,
    letters: Callable[[], dict[str, EmailMessage]],
    after: datetime,
) -> None:
    address("vier@federatie.example", representative_id="r4")
    _only_urgency(held)
    assert queue_report_asks(held, SYSTEM, terms, at=after) == 1
    send_report(held, writer, "m-urgentie", typed, at=after)
    assert letters() == {}


def test_a_reaction_goes_to_the_writer_and_the_answer_back(
    held: Session,
    told: ReportView,
    writer: Actor,
    address: Address,
    letters: Callable[[], dict[str, EmailMessage]],
    after: datetime,
) -> None:
    board = address("voorzitter@sbde.example", organisation_id="sbde")
    person = address("vier@federatie.example", representative_id="r4")
    who = Actor(Role.BOARD, "sbde")
    said = react(held, who, "m-urgentie", ReactionKind.NOT_ASKED, "Wij wilden nee", at=after)
    assert "dit is niet wat wij vroegen" in _text(letters()[person])
    answer_reaction(held, writer, said, "Dat zei ik ook", at=after)
    assert "Dat zei ik ook" in _text(letters()[board])


def test_a_link_to_write_opens_for_who_was_there_until_it_is_long_ago(
    held: Session, office: Office, after: datetime
) -> None:
    token = writing_link(office.links, "", "r4", "m-urgentie").rpartition("/")[2]
    found = open_writing_link(held, office.links, token, at=after)
    assert (found.actor.subject, found.meeting.id) == ("r4", "m-urgentie")
    with pytest.raises(SpentLink):
        open_writing_link(held, office.links, token, at=after + timedelta(days=200))
    foreign = writing_link(office.links, "", "r27", "m-urgentie").rpartition("/")[2]
    with pytest.raises(SpentLink):
        open_writing_link(held, office.links, foreign, at=after)


def test_a_link_to_read_opens_until_its_address_is_stopped(
    held: Session, office: Office, address: Address, after: datetime
) -> None:
    board = address("voorzitter@sbde.example", organisation_id="sbde")
    token = reading_link(office.links, "", board, "m-urgentie").rpartition("/")[2]
    who = Actor(Role.BOARD, "sbde")
    assert open_reading_link(held, office.links, token) == (who, "m-urgentie")
    held.get_one(tables.MailAddress, board).stopped_at = after
    with pytest.raises(SpentLink):
        open_reading_link(held, office.links, token)
    with pytest.raises(SpentLink):
        open_writing_link(held, office.links, token, at=after)
