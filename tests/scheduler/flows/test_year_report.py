"""The year report: what stands in it, who may have it, and that it is the same each time."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from io import BytesIO

import docx
import pytest
from sqlmodel import Session

from scheduler.db import tables
from scheduler.db.engine import Database
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.errors import NotAllowed, NotFound
from scheduler.domain.terms import Carried, Outcome, Role, Stance
from scheduler.flows.agenda.items import TypedItem, add_item
from scheduler.flows.input.author import author_of
from scheduler.flows.input.form import REASON, STANCE, field_of
from scheduler.flows.input.give import give_input, own_occasion
from scheduler.flows.report_back.due import Terms
from scheduler.flows.report_back.typed import TypedItem as TypedPoint
from scheduler.flows.report_back.typed import TypedReport
from scheduler.flows.report_back.write import send_report
from scheduler.flows.year_report import Kind, year_file, years_told
from scheduler.flows.year_report.facts import YearFacts
from scheduler.flows.year_report.gather import gather_year
from scheduler.policy import read_policy

SBDE = Actor(Role.BOARD, "sbde")
TERMS = Terms(due_days=7, remind_days=2, ask_days=60)
Told = Callable[..., YearFacts]
Made = Callable[..., bytes]


@pytest.fixture
def session(province: Database) -> Iterator[Session]:
    with province.session() as session:
        yield session


@pytest.fixture
def told(session: Session, now: datetime) -> Told:
    def make(actor: Actor = COORDINATOR, organisation: str | None = None) -> YearFacts:
        return gather_year(
            session, actor, 2027, organisation, policy=read_policy(), terms=TERMS, at=now
        )

    return make


@pytest.fixture
def made(session: Session, now: datetime) -> Made:
    def make(kind: Kind, organisation: str | None = None, *, at: datetime = now) -> bytes:
        return year_file(
            session,
            COORDINATOR,
            2027,
            organisation,
            kind,
            policy=read_policy(),
            terms=TERMS,
            at=at,
        ).content

    return make


def test_a_board_reads_its_own_year_and_no_other(told: Told) -> None:
    assert told(SBDE, "sbde").organisation is not None
    with pytest.raises(NotFound):
        told(SBDE, "mevm")
    with pytest.raises(NotAllowed):
        told(SBDE)


@pytest.mark.parametrize(
    "actor", [Actor(Role.REPRESENTATIVE, "r27"), Actor(Role.MUNICIPALITY, "GM0114")]
)
def test_nobody_else_reads_a_year(told: Told, actor: Actor) -> None:
    with pytest.raises(NotFound):
        told(actor, "sbde")


def test_what_no_mandate_carried_any_more_isnt_counted_as_by_mandate(
    told: Told, made: Made, session: Session
) -> None:
    assert "terwijl er geen mandaat" not in made(Kind.HTML).decode()
    before = sum(each.carried for each in told().spoken)
    session.get_one(tables.Mandate, "md-sbde").stops_on = date(2027, 4, 1)
    session.flush()
    assert sum(each.carried for each in told().spoken) == before - 1
    assert sum(each.meetings for each in told().spoken) == before
    text = made(Kind.HTML).decode().replace("\u00ad", "")
    assert f"met mandaat: {before - 1} keer." in text
    assert "terwijl er geen mandaat meer gold: 1 keer." in text


def test_it_says_who_spoke_for_whom_and_by_which_mandate(told: Told) -> None:
    spoken = {(each.organisation, each.speaker): each for each in told(SBDE, "sbde").spoken}
    line = spoken["SBDE", "De Huurdersfederatie"]
    assert line.meetings >= 1
    assert line.mandates == ("md-sbde",)


def test_a_mandate_that_was_withdrawn_stands_there_until_its_last_day(
    session: Session, told: Told
) -> None:
    session.get_one(tables.Mandate, "md-sbde").stops_on = date(2027, 5, 1)
    session.flush()
    mandates = {each.id: each for each in told().mandates}
    assert mandates["md-sbde"].last_day == date(2027, 4, 30)


@pytest.fixture
def given(session: Session, now: datetime) -> str:
    """What MEVM and SBDE think of one agenda item, with what came of it; gives the item."""
    item = add_item(session, COORDINATOR, "m-urgentie", TypedItem(title="Voorrang"), at=now)
    for name, stance, words in (("sbde", "tegen", "Te duur"), ("mevm", "voor", "Goed plan")):
        author = author_of(session, Actor(Role.BOARD, name))
        occasion = own_occasion(session, author, "m-urgentie", 10)
        typed = {field_of(STANCE, item): stance, field_of(REASON, item): words}
        give_input(session, author, occasion, typed, at=now)
    return item


def test_positions_stand_beside_what_came_of_them(
    session: Session, told: Told, given: str, now: datetime
) -> None:
    (before,) = told(SBDE, "sbde").positions
    assert (before.own and before.own.stance, before.outcome) == (Stance.AGAINST, None)
    report = TypedReport(
        items=(
            TypedPoint(
                agenda_item_id=given,
                title="Voorrang",
                said="Het gaat door",
                outcome="decided",
                voices={"sbde": "in_vain"},
            ),
        )
    )
    writer = Actor(Role.REPRESENTATIVE, "r4")
    send_report(session, writer, "m-urgentie", report, at=now + timedelta(days=90))
    (after,) = told(SBDE, "sbde").positions
    assert (after.outcome, after.carried) == (Outcome.DECIDED, Carried.IN_VAIN)


def test_the_province_counts_positions_and_an_organisation_reads_its_own(
    told: Told, made: Made, given: str
) -> None:
    (line,) = told().positions
    assert (line.counts, line.own) == (((Stance.FOR, 1), (Stance.AGAINST, 1)), None)
    own, whole = made(Kind.HTML, "sbde").decode(), made(Kind.HTML).decode()
    assert "tegen: Te duur" in own
    assert "Goed plan" not in own
    assert "1 voor, 1 tegen" in whole
    assert "Te duur" not in whole


def test_of_other_organisations_no_person_is_named(made: Made) -> None:
    page = made(Kind.HTML, "sbde").decode()
    assert "Afgevaardigde 12" not in page
    assert "Afgevaardigde" not in made(Kind.HTML).decode()


def test_the_work_of_all_is_shared_out_over_the_corporations_without_a_minute_too_many(
    told: Told,
) -> None:
    facts = told()
    assert facts.corporations
    shared = sum(each.total for each in facts.corporations)
    assert shared <= sum(each.total for each in facts.work)


@pytest.mark.parametrize("kind", list(Kind))
def test_the_same_record_on_the_same_day_gives_the_same_bytes(
    made: Made, now: datetime, kind: Kind
) -> None:
    assert made(kind) == made(kind, at=now + timedelta(hours=3))


def test_the_word_file_is_read_by_its_own_library(made: Made) -> None:
    file = docx.Document(BytesIO(made(Kind.DOCX, "sbde")))
    assert file.core_properties.title == "Jaarverslag 2027: SBDE"
    assert "In het kort" in [each.text for each in file.paragraphs]
    assert file.tables


def test_the_pdf_is_one_that_screen_readers_can_follow(made: Made) -> None:
    content = made(Kind.PDF, "sbde")
    assert content.startswith(b"%PDF-")
    assert b"/MarkInfo" in content


def test_the_years_are_those_in_which_there_are_meetings(session: Session) -> None:
    assert years_told(session, SBDE) == (2027,)
