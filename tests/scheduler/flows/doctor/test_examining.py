"""An examination says what is wrong and what to do, and changes nothing by looking."""

import socket
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from clamd import Clamd
from sqlmodel import select

from scheduler.db import cluster
from scheduler.db.engine import Database
from scheduler.db.tables import (
    Audit,
    ConnectedCalendar,
    Connection,
    Outgoing,
    Plan,
    Representative,
)
from scheduler.domain.errors import Sentence
from scheduler.domain.secrets import SecretKey
from scheduler.domain.terms import CalendarUse, MailKind, MailState, PlanState
from scheduler.flows.audit_trail import seal_audits
from scheduler.flows.doctor import Finding, Ground, State, examine
from scheduler.flows.doctor.amounts import size_in_words
from scheduler.keyring import secret_key
from scheduler.settings import Settings

Examined = Callable[..., dict[str, Finding]]


@pytest.fixture
def key(tmp_path: Path) -> SecretKey:
    return secret_key(tmp_path)


@pytest.fixture
def examined(province: Database, tmp_path: Path, key: SecretKey, now: datetime) -> Examined:
    """`examined(AANTAFEL_WEB_HOST="…")` gives what was found, by its subject."""

    def make(at: datetime = now, **environment: str) -> dict[str, Finding]:
        settings = Settings.read({"AANTAFEL_DATA": str(tmp_path), **environment})
        ground = Ground(settings=settings, database=province, key=key, at=at)
        return {finding.subject: finding for finding in examine(ground)}

    return make


@pytest.fixture
def _worked_on(province: Database) -> None:
    """On PostgreSQL: a worker was heard of a moment ago."""
    if cluster.is_shared(province.engine):
        cluster.prepare(province.engine)
        with province.engine.begin() as connection:
            connection.exec_driver_sql(
                f"INSERT INTO {cluster.SCHEMA}.procrastinate_workers DEFAULT VALUES"
            )


@pytest.mark.usefixtures("_worked_on")
def test_a_sound_installation_has_nothing_wrong(examined: Examined) -> None:
    found = examined()
    assert {finding.state for finding in found.values()} == {State.FINE, State.WATCH}
    assert [name for name, each in found.items() if each.state is State.WATCH] == ["mail", "papers"]
    assert "as files" in found["mail"].said.en


def test_sizes_and_moments_are_said_as_people_read_them(examined: Examined) -> None:
    found = examined()
    assert found["time"].said.nl == "Het is 2 maart 2027, 09:30 uur."
    assert found["time"].said.en == "It is 2 March 2027, 09:30."
    assert size_in_words(71_680_000_000) == Sentence("71,7 GB", "71.7 GB")
    assert size_in_words(1_000_000_000) == Sentence("1 GB", "1 GB")
    assert size_in_words(345_600_000) == Sentence("345 MB", "345 MB")


def test_a_key_that_others_can_read_is_wrong(examined: Examined, tmp_path: Path) -> None:
    (tmp_path / "secret.key").chmod(0o640)
    assert examined()["key"].state is State.WRONG
    assert "chmod 600" in examined()["key"].said.nl


def test_a_full_disk_is_wrong(examined: Examined, monkeypatch: pytest.MonkeyPatch) -> None:
    for free, state in ((100, State.WRONG), (1_000, State.WATCH), (9_000, State.FINE)):
        usage = type("Usage", (), {"free": free * 1_000_000})
        monkeypatch.setattr("shutil.disk_usage", lambda _, usage=usage: usage)
        assert examined()["disk"].state is state


def test_a_clock_that_was_set_back_is_wrong(examined: Examined, now: datetime) -> None:
    assert examined()["time"].state is State.FINE
    assert examined(now - timedelta(days=3000))["time"].state is State.WRONG


def test_pages_for_others_want_tls(examined: Examined) -> None:
    assert examined(AANTAFEL_WEB_HOST="0.0.0.0")["pages"].state is State.WATCH
    behind = examined(AANTAFEL_WEB_PUBLIC_URL="https://tafel.example")
    assert behind["pages"].state is State.FINE


@pytest.fixture
def port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as found:
        number = int(found.getsockname()[1])
    server = Controller(Sink(), hostname="127.0.0.1", port=number)
    server.start()
    yield number
    server.stop()


def test_a_mail_server_is_asked(examined: Examined, port: int) -> None:
    mail = {"AANTAFEL_MAIL_SMTP_HOST": "127.0.0.1", "AANTAFEL_MAIL_SMTP_SECURITY": "none"}
    assert examined(**mail, AANTAFEL_MAIL_SMTP_PORT=str(port))["mail"].state is State.FINE
    wrong = examined(**mail, AANTAFEL_MAIL_SMTP_PORT="1")["mail"]
    assert wrong.state is State.WRONG
    assert "[mail]" in wrong.said.en


def test_a_mailbox_that_does_not_answer_is_wrong(examined: Examined) -> None:
    box = {"AANTAFEL_MAIL_IMAP_HOST": "127.0.0.1", "AANTAFEL_MAIL_IMAP_PORT": "1"}
    assert examined(**box)["mailbox"].state is State.WRONG
    assert "mailbox" not in examined()


def test_a_virus_scanner_is_asked_where_one_is_set(examined: Examined, clamd: Clamd) -> None:
    assert "No virus scanner is set" in examined()["papers"].said.en
    assert examined(AANTAFEL_PAPERS_SCANNER=clamd.path)["papers"].state is State.FINE
    gone = examined(AANTAFEL_PAPERS_SCANNER="/nowhere/clamd.ctl")["papers"]
    assert gone.state is State.WRONG
    assert "[papers]" in gone.said.en


def test_mail_that_was_given_up_is_told(
    examined: Examined, province: Database, now: datetime
) -> None:
    assert "outbox" not in examined()
    with province.session() as session:
        session.add(
            Outgoing(
                uid="u",
                sequence=0,
                kind=MailKind.REQUEST,
                recipient_id="x",
                state=MailState.FAILED,
                created_at=now,
                not_before=now,
            )
        )
    assert "1 mails" in examined()["outbox"].said.en


def test_a_calendar_that_fails_is_told(
    examined: Examined, province: Database, now: datetime
) -> None:
    with province.session() as session:
        person = session.exec(select(Representative.id)).first()
        session.add(
            Connection(
                id="c",
                representative_id=person,
                address="https://agenda.example",
                sealed_secret=b"",
                created_at=now,
            )
        )
        session.flush()
        calendar = ConnectedCalendar(id="k", connection_id="c", use=CalendarUse.WRITE)
        session.add(calendar)
    assert "calendars" not in examined()
    with province.session() as session:
        session.get_one(ConnectedCalendar, "k").failing_since = now
    assert "1 of 1" in examined()["calendars"].said.en


def test_a_plan_that_nobody_works_on_is_wrong(
    examined: Examined, province: Database, now: datetime
) -> None:
    with province.session() as session:
        session.add(
            Plan(
                first_day=date(2027, 3, 1),
                last_day=date(2027, 3, 31),
                as_of=now,
                state=PlanState.QUEUED,
                created_at=now,
                seed=1,
                workers=1,
                time_limit_seconds=1,
            )
        )
    assert "plans" not in examined(now + timedelta(minutes=5))
    assert examined(now + timedelta(minutes=15))["plans"].state is State.WRONG


def test_a_log_that_was_changed_is_wrong(
    examined: Examined, province: Database, key: SecretKey, now: datetime
) -> None:
    with province.session() as session:
        seal_audits(session, key, at=now)
    assert examined()["log"].state is State.FINE
    with province.session() as session:
        session.exec(select(Audit)).first().detail = "nothing happened"
    assert examined()["log"].state is State.WRONG
