"""The register as a whole: who speaks on a day, and where nobody does, or two do."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session, col, delete, select

from scheduler.db import tables
from scheduler.db.views import Named
from scheduler.domain.terms import Level, Participation, Role
from scheduler.flows.mandates.checks import clashes, holes
from scheduler.flows.mandates.ground import Ground, read_ground
from scheduler.flows.mandates.matrix import Speaking, cell

DAY, NOW = date(2027, 2, 1), datetime(2027, 2, 1, 12, tzinfo=UTC)
MEVM, SAMEN = Named("mevm", "MEVM"), Named("samensterk", "Samen Sterk")


@pytest.fixture
def session(session: Session) -> Session:
    """Samen Sterk has tenants in Assen as well; one mandate, for Assen only, until June."""
    session.exec(delete(tables.Mandate))
    session.add_all(
        tables.Dwellings(
            corporation_id="actium",
            municipality_id="GM0106",
            organisation_id=each,
            number=10,
            source="toets",
            confidence="sourced",
        )
        for each in ("mevm", "samensterk")
    )
    give(session, "md-1", date(2027, 6, 30))
    return session


def give(
    session: Session,
    identifier: str,
    last_day: date,
    *,
    holder: str = "mevm",
    topics: list[str] | None = None,
) -> None:
    session.add(
        tables.Mandate(
            id=identifier,
            giver_id="samensterk",
            holder_id=holder,
            everywhere=False,
            topics=topics,
            levels=["municipality"],
            first_day=date(2027, 1, 1),
            last_day=last_day,
        )
    )
    session.flush()
    session.add(tables.MandateMunicipality(mandate_id=identifier, municipality_id="GM0106"))
    session.flush()


def stop_going(session: Session) -> None:
    """Nobody of Samen Sterk can go any more."""
    person = tables.Representative
    session.exec(delete(person).where(col(person.organisation_id) == "samensterk"))


def speaking(ground: Ground, organisation: Named, town: str | None, day: date = DAY) -> Speaking:
    column = next(each for each in ground.columns if each.municipality == town)
    return cell(ground, organisation, column, day, notice_days=30).speaking


def test_each_cell_says_who_speaks(session: Session) -> None:
    ground = read_ground(session, today=DAY)
    assert speaking(ground, MEVM, "GM0106") is Speaking.SELF
    assert speaking(ground, SAMEN, "GM0106") is Speaking.VIA
    assert speaking(ground, SAMEN, "GM0106", date(2027, 6, 15)) is Speaking.ENDING
    assert speaking(ground, SAMEN, "GM0106", date(2027, 7, 1)) is Speaking.SELF
    assert speaking(ground, SAMEN, "GM0114") is Speaking.NONE


def test_who_has_nobody_and_no_mandate_is_spoken_for_by_nobody(session: Session) -> None:
    stop_going(session)
    ground = read_ground(session, today=DAY)
    assert speaking(ground, SAMEN, None) is Speaking.NOBODY


def test_what_is_left_alone_shows(session: Session) -> None:
    session.add(
        tables.ParticipationChoice(
            id="pc-1",
            organisation_id="samensterk",
            level=Level.PROVINCE,
            choice=Participation.OUT,
            reason="Te ver",
            first_day=DAY,
            ask_on=DAY,
            role=Role.BOARD,
            chosen_at=NOW,
        )
    )
    session.flush()
    stop_going(session)
    ground = read_ground(session, today=DAY)
    assert speaking(ground, SAMEN, None) is Speaking.OUT
    assert all(each.column.municipality for each in holes(ground, first_day=DAY))


def test_a_hole_begins_where_the_mandate_ends(session: Session) -> None:
    stop_going(session)
    found = holes(read_ground(session, today=DAY), first_day=DAY)
    told = {(each.column.municipality, each.first_day, each.last_day) for each in found}
    assert ("GM0106", date(2027, 7, 1), None) in told
    assert (None, DAY, None) in told


def test_a_hole_is_told_per_topic_where_topics_differ(session: Session) -> None:
    stop_going(session)
    session.exec(delete(tables.Mandate))
    give(session, "md-2", date(2028, 12, 31), topics=["woonvisie"])
    found = holes(read_ground(session, today=DAY), first_day=DAY)
    assert {each.topic for each in found if each.column.municipality == "GM0106"} <= {
        None,
        "prestatieafspraken",
    }
    assert sum(each.meetings for each in found if each.column.municipality == "GM0106") == 3


def test_two_holders_contradict_and_one_twice_is_double(session: Session) -> None:
    other = session.exec(select(tables.Organisation).where(tables.Organisation.id == "mevm")).one()
    session.add(
        tables.Organisation(
            id="sbde",
            name="SBDE",
            full_name="SBDE",
            region_id=other.region_id,
            capacity_minutes_per_year=1,
        )
    )
    session.flush()
    give(session, "md-2", date(2027, 3, 31), holder="sbde")
    give(session, "md-3", date(2027, 5, 31))
    found = clashes(read_ground(session, today=DAY).agreed, first_day=DAY)
    told = {(each.one.id, each.other.id): (each.contradicts, each.last_day) for each in found}
    assert sorted(told.values()) == [
        (False, date(2027, 5, 31)),
        (True, date(2027, 3, 31)),
        (True, date(2027, 3, 31)),
    ]
