"""What is kept of people: classified, given to them, erased for them, and not kept for ever."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, timedelta

import pytest
from icalendar import Calendar
from sqlmodel import Session, SQLModel, select

from scheduler.db import audits, dump, tables
from scheduler.db.engine import Database
from scheduler.db.published import published_meeting
from scheduler.domain.access import COORDINATOR, SYSTEM, Actor
from scheduler.domain.errors import BadInput, NotAllowed, NotFound
from scheduler.domain.sealing import Seal
from scheduler.domain.secrets import SecretKey
from scheduler.domain.terms import Choice, MailKind, MailState, Role, Way
from scheduler.flows.access.sessions import open_session, session_of
from scheduler.flows.audit_trail import blank_acts, seal_audits, verify_audits
from scheduler.flows.calendar_builder import Publisher
from scheduler.flows.feeds.addresses import feeds_of
from scheduler.flows.privacy import (
    Holds,
    calendar_of_person,
    erase_colleague,
    erase_person,
    inventory,
    record_of_person,
    tidy,
)
from scheduler.flows.privacy.erase import NOBODY
from scheduler.settings import Settings

KEY = SecretKey(b"k" * 32)
PERSON = Actor(Role.REPRESENTATIVE, "r12")
TOLD = (
    "Afgevaardigde 12",
    "knie-operatie",
    "zij is ziek",
    "geheim@post.example",
    "dokter",
    "nas.example",
)


@pytest.fixture
def session(province: Database, now: datetime) -> Iterator[Session]:
    """The small province, in which r12 has left as many traces as can be."""
    with province.session() as session:
        for row in _traces(now):
            session.add(row)
            session.flush()
        feeds_of(session, PERSON, KEY, "", at=now)
        audits.record(
            session,
            COORDINATOR,
            "change",
            noun="representative",
            noun_id="r12",
            at=now,
            before={"naam": "Afgevaardigde 12"},
            after={"naam": "zij is ziek"},
            why="dokter",
        )
        audits.record(
            session,
            PERSON,
            "answer",
            noun="meeting",
            noun_id="m-bod",
            at=now,
            detail="knie-operatie",
        )
        seal_audits(session, KEY, at=now)
        yield session


def _traces(now: datetime) -> Iterator[tables.Row]:
    own = {"representative_id": "r12"}
    yield tables.Answer(
        **own,
        meeting_id="m-bod",
        revision=1,
        choice=Choice.NO,
        comment="knie-operatie",
        way=Way.PAGE,
        answered_at=now,
    )
    yield tables.InputVersion(
        id="iv-1",
        meeting_id="m-bod",
        organisation_id="mevm",
        number=1,
        given_at=now,
        given_by="Afgevaardigde 12",
        late=False,
    )
    yield tables.InputDraft(
        meeting_id="m-bod",
        organisation_id="mevm",
        author="r12",
        author_name="Afgevaardigde 12",
        typed={"reden": "knie-operatie"},
        saved_at=now,
    )
    yield tables.Absence(**own, first_day=now.date(), last_day=now.date())
    yield tables.Expertise(**own, topic="wonen")
    yield tables.Busy(**own, starts_at=now, ends_at=now + timedelta(hours=1))
    busy = Seal(KEY, "busy block")
    yield tables.BusyBlock(
        **own,
        href="x.ics",
        uid="x",
        content=busy.seal(b"SUMMARY:dokter"),
        searched=busy.seal(b""),
        starts_at=now,
        ends_at=now + timedelta(hours=1),
        written_at=now,
    )
    yield tables.Connection(
        id="k-1",
        **own,
        address="https://nas.example",
        username="anna",
        sealed_secret=b"x",
        server="nas.example",
        home="/anna",
        created_at=now,
    )
    seal = Seal(KEY, "mail address")
    address = "geheim@post.example"
    yield tables.MailAddress(
        id="ma-1",
        **own,
        sealed=seal.seal(address.encode()),
        fingerprint=seal.fingerprint(address),
        confirmed_at=now,
        created_at=now,
    )
    for number, state in enumerate((MailState.SENT, MailState.WAITING)):
        yield tables.Outgoing(
            uid=f"u-{number}",
            sequence=0,
            kind=MailKind.REMINDER,
            recipient_id="ma-1",
            state=state,
            created_at=now,
            not_before=now,
            message=b"Afgevaardigde 12",
        )


def everything(province: Database) -> str:
    """The whole database as text."""
    with dump.snapshot(province.engine) as connection:
        return "\n".join(line for name in dump.tables() for line in dump.lines(connection, name))


def test_every_column_is_classified() -> None:
    there = {table.name: set(table.columns.keys()) for table in SQLModel.metadata.tables.values()}
    listed = {name: set(columns) for name, columns in inventory().items()}
    assert listed == there, "put each new column of a table into config/personal_data.toml"


def test_what_is_keyed_to_a_person_is_never_called_nobodys() -> None:
    named = {
        (table.name, column.name)
        for table in SQLModel.metadata.tables.values()
        for column in table.columns
        if any(key.target_fullname == "representative.id" for key in column.foreign_keys)
    }
    assert not [each for each in named if inventory()[each[0]][each[1]] is Holds.NOBODY]


def test_a_person_gets_everything_and_no_secret(session: Session, now: datetime) -> None:
    record = record_of_person(session, PERSON, KEY, "r12", at=now)
    text = json.dumps(asdict(record), default=str)
    assert set(record.tables) > {
        "answer",
        "absence",
        "busy_block",
        "mail_address",
        "outbox",
        "audit",
    }
    for told in TOLD:
        assert told in text, told
    assert "sealed_secret" not in text
    assert "fingerprint" not in text
    assert "r14" not in text, "nothing of a colleague"
    assert audits.recent(session, COORDINATOR, most=1)[0].act == "export"


@pytest.mark.parametrize(
    "actor", [COORDINATOR, Actor(Role.REPRESENTATIVE, "r14"), Actor(Role.AUDITOR)]
)
def test_nobody_gets_somebody_elses_record(session: Session, now: datetime, actor: Actor) -> None:
    publisher = Publisher.of(Settings.read({}))
    with pytest.raises(NotFound):
        record_of_person(session, actor, KEY, "r12", at=now)
    with pytest.raises(NotFound):
        calendar_of_person(session, actor, publisher, "r12")


def test_the_calendar_holds_every_published_meeting(session: Session) -> None:
    content = calendar_of_person(session, PERSON, Publisher.of(Settings.read({})), "r12")
    titles = {str(each["SUMMARY"]) for each in Calendar.from_ical(content).walk("VEVENT")}
    assert {"Voorbereiding bod Assen", "Woonvisie Tynaarlo"} <= titles


def test_erasing_leaves_nothing_of_the_person(
    province: Database, session: Session, now: datetime
) -> None:
    session.commit()
    assert all(
        each in everything(province)
        for each in TOLD
        if each not in {"geheim@post.example", "dokter"}
    )
    erased = erase_person(session, COORDINATOR, KEY, "r12", at=now)
    session.commit()
    assert (erased.answers, erased.acts) == (1, 2)
    kept = everything(province)
    assert not [each for each in TOLD if each in kept]
    assert verify_audits(session, COORDINATOR, KEY).is_whole


def test_the_plan_keeps_its_history_without_the_person(session: Session, now: datetime) -> None:
    before = published_meeting(session, COORDINATOR, "m-bod")
    erase_person(session, COORDINATOR, KEY, "r12", at=now)
    after = published_meeting(session, COORDINATOR, "m-bod")
    assert {each.representative_id for each in after.attendees} == {
        each.representative_id for each in before.attendees
    }
    assert NOBODY in {each.label for each in after.attendees}
    assert session.get_one(tables.Answer, ("r12", "m-bod", 1)).choice is Choice.NO


def test_no_way_in_is_left(session: Session, now: datetime) -> None:
    opened = open_session(session, PERSON, client="Mac", days=1, second_needed=False, at=now)
    erase_person(session, COORDINATOR, KEY, "r12", at=now)
    assert session_of(session, opened.token, at=now) is None
    assert session.exec(select(tables.MailAddress)).all() == []
    rows = session.exec(select(tables.Outgoing).order_by(tables.Outgoing.uid)).all()
    assert [each.state for each in rows] == [MailState.SENT, MailState.WITHDRAWN]


def test_erasing_twice_is_erasing_once(session: Session, now: datetime) -> None:
    erase_person(session, COORDINATOR, KEY, "r12", at=now)
    again = erase_person(session, SYSTEM, KEY, "r12", at=now)
    assert (again.rows, again.answers) == (0, 0)
    assert session.get_one(tables.Representative, "r12").last_day == now.date()


@pytest.mark.parametrize("actor", [PERSON, Actor(Role.AUDITOR), Actor(Role.ADMINISTRATOR)])
def test_only_who_may_erase_erases(session: Session, now: datetime, actor: Actor) -> None:
    with pytest.raises(NotAllowed):
        erase_person(session, actor, KEY, "r12", at=now)
    with pytest.raises(NotAllowed):
        blank_acts(session, actor, KEY, ())
    with pytest.raises(NotAllowed):
        tidy(session, actor, KEY, Settings.read({}).privacy, at=now)


def test_who_isnt_there_cant_be_erased(session: Session, now: datetime) -> None:
    with pytest.raises(NotFound):
        erase_person(session, COORDINATOR, KEY, "r0", at=now)
    with pytest.raises(NotFound):
        erase_colleague(session, COORDINATOR, KEY, "st-geen", at=now)


def test_texts_taken_out_without_the_key_show(session: Session, now: datetime) -> None:
    act = session.exec(select(tables.Audit).where(tables.Audit.why == "dokter")).one()
    act.before, act.after, act.why, act.told_digest = None, None, "", "0" * 64
    session.flush()
    assert not verify_audits(session, COORDINATOR, KEY).is_whole


def test_texts_sealed_with_an_earlier_key_are_taken_out_as_well(
    session: Session, now: datetime
) -> None:
    rotated = SecretKey(b"n" * 32, (KEY.value,))
    acts = session.exec(select(tables.Audit)).all()
    assert blank_acts(session, COORDINATOR, rotated, acts) > 2
    assert verify_audits(session, COORDINATOR, rotated).is_whole


def test_a_colleagues_name_goes_once_they_are_gone(session: Session, now: datetime) -> None:
    row = tables.Staff(id="st-1", role=Role.COORDINATOR, name="Anna", created_at=now)
    session.add(row)
    session.flush()
    with pytest.raises(BadInput):
        erase_colleague(session, COORDINATOR, KEY, "st-1", at=now)
    row.ended_at = now
    erase_colleague(session, COORDINATOR, KEY, "st-1", at=now)
    assert session.get_one(tables.Staff, "st-1").name == "Voormalig medewerker"


def test_what_has_served_its_purpose_goes_and_the_rest_stays(
    session: Session, now: datetime
) -> None:
    keep = Settings.read({}).privacy
    assert not any(tidy(session, SYSTEM, KEY, keep, at=now).values())
    years = now + timedelta(days=6 * 365)
    gone = tidy(session, SYSTEM, KEY, keep, at=years)
    assert {name for name, number in gone.items() if number} == {
        "reasons",
        "mail",
        "busy",
        "absences",
        "log texts",
    }
    assert session.exec(select(tables.Answer.comment)).all() == [""]
    assert [each.state for each in session.exec(select(tables.Outgoing))] == [MailState.WAITING]
    assert verify_audits(session, COORDINATOR, KEY).is_whole
    assert audits.recent(session, COORDINATOR, most=1)[0].act == "tidy"


@pytest.mark.parametrize(
    ("setting", "table"),
    [("busy_days", tables.Busy), ("absences_days", tables.Absence)],
)
def test_each_kind_goes_on_its_own_day(
    session: Session, now: datetime, setting: str, table: type[tables.Row]
) -> None:
    name = f"AANTAFEL_PRIVACY_{setting}".upper()
    keep = Settings.read({name: "10"}).privacy
    tidy(session, SYSTEM, KEY, keep, at=now + timedelta(days=9))
    assert session.exec(select(table)).all()
    tidy(session, SYSTEM, KEY, keep, at=now + timedelta(days=12))
    assert session.exec(select(table)).all() == []
