"""The small province after its meeting about urgency rules, where SBDE was spoken for."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from sqlmodel import Session

from scheduler.db import tables
from scheduler.db.engine import Database
from scheduler.db.report_views import ReportView
from scheduler.domain.access import Actor
from scheduler.domain.secrets import SecretKey
from scheduler.domain.terms import Role
from scheduler.flows.mail.address_rows import new_row, start_mailing
from scheduler.flows.report_back.due import Terms
from scheduler.flows.report_back.typed import TypedAction, TypedItem, TypedReport
from scheduler.flows.report_back.write import send_report
from scheduler.mail import Office
from scheduler.settings import Settings

AFTER = datetime(2027, 4, 22, 9, tzinfo=UTC)
WRITER = Actor(Role.REPRESENTATIVE, "r4")


@pytest.fixture
def after() -> datetime:
    """The morning after the meeting of 21 April."""
    return AFTER


@pytest.fixture
def writer() -> Actor:
    return WRITER


@pytest.fixture
def terms() -> Terms:
    return Terms(due_days=7, remind_days=2, ask_days=60)


@pytest.fixture
def held(province: Database) -> Iterator[Session]:
    """A session on the province, in which the urgency rules are at a table."""
    with province.session() as session:
        session.add(
            tables.Table(
                id="t-provincie",
                name="Provinciaal overleg",
                level="province",
                character="advising",
            )
        )
        session.flush()
        session.get_one(tables.Meeting, "m-urgentie").table_id = "t-provincie"
        session.flush()
        yield session


@pytest.fixture
def office(tmp_path: object) -> Office:
    return Office.of(Settings.read({"AANTAFEL_MAIL_FOLDER": str(tmp_path)}), SecretKey(b"k" * 32))


@pytest.fixture
def typed() -> TypedReport:
    """One point with a voice and something agreed, and one that wasn't discussed."""
    return TypedReport(
        items=(
            TypedItem(
                title="Urgentie na een scheiding",
                said="De provincie wil één regel voor alle gemeenten",
                outcome="decided",
                voices={"sbde": "in_vain"},
                actions=(
                    TypedAction(what="De provincie stuurt de tekst", due="2027-05-10"),
                    TypedAction(),
                ),
            ),
            TypedItem(title="Rondvraag", outcome="not_discussed"),
            TypedItem(),
        ),
        coming="Volgend overleg in juni",
    )


@pytest.fixture
def told(held: Session, typed: TypedReport) -> ReportView:
    return send_report(held, WRITER, "m-urgentie", typed, at=AFTER)


@pytest.fixture
def address(held: Session, office: Office) -> Callable[..., str]:
    """`address("a@b.example", representative_id="r4")` mails somebody from now on."""

    def make(typed: str, **owner: str) -> str:
        row = new_row(office, typed, AFTER)
        for name, value in owner.items():
            setattr(row, name, value)
        held.add(row)
        held.flush()
        return start_mailing(held, row, AFTER).id

    return make
