"""Hours, and what they are made of: every figure reckoned by hand."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from sqlmodel import Session, select

from scheduler.db import published, tables
from scheduler.db.views import MeetingFilter
from scheduler.domain.access import COORDINATOR, SYSTEM, Actor
from scheduler.domain.errors import NotAllowed
from scheduler.domain.terms import Level, Role
from scheduler.flows.load.loads import Load, attended_in_force
from scheduler.flows.load.province_map import province_map
from scheduler.flows.load.workload import Bearer, Workload, workload
from scheduler.flows.publishing.publish_plan import publish_plan
from scheduler.policy import read_policy

Draft = Callable[..., int]
MARCH = (date(2027, 3, 1), date(2027, 3, 31))
YEAR = (date(2027, 1, 1), date(2027, 12, 31))
ALL = {"m-1": ["r-1", "r-3"], "m-2": ["r-1"], "m-3": ["r-3"]}
POLICY = read_policy()
OTHER = Actor(Role.REPRESENTATIVE, "r-1")


@pytest.fixture
def work(session: Session, draft: Draft, noon: datetime) -> Callable[..., Workload]:
    def of(bearer: Bearer, days: tuple[date, date] = YEAR, **rest: object) -> Workload:
        attended = attended_in_force(session, COORDINATOR)
        return workload(session, COORDINATOR, bearer, days, POLICY, attended=attended, **rest)

    publish_plan(session, COORDINATOR, draft(ALL, deputies={"m-2": "r-2"}), at=noon)
    return of


def test_an_organisation_bears_what_its_people_do(work: Callable[..., Workload]) -> None:
    lines = {line.id: line for line in work(Bearer.ORGANISATION).lines}
    assert lines["mevm"].load == Load(meeting=240, preparation=120, travel=0, report=60)
    assert (lines["mevm"].meetings, lines["mevm"].capacity) == (2, 36_500)
    assert lines["mevm"].percent == round(100 * 420 / 36_500)


def test_a_period_has_its_share_of_the_year(work: Callable[..., Workload]) -> None:
    assert {line.capacity for line in work(Bearer.ORGANISATION, MARCH).lines} == {3_100}
    empty = work(Bearer.ORGANISATION, (date(2027, 5, 1), date(2027, 5, 31)))
    assert {line.load.total for line in empty.lines} == {0}
    assert empty.asked.meetings == 0


def test_standing_by_is_no_load(work: Callable[..., Workload]) -> None:
    lines = {line.id: line for line in work(Bearer.REPRESENTATIVE).lines}
    assert lines["r-2"].load == Load()
    assert lines["r-1"].load.total == 420


def test_a_region_counts_its_own(work: Callable[..., Workload]) -> None:
    assert [line.id for line in work(Bearer.ORGANISATION, region="zuid").lines] == ["samensterk"]


def test_a_corporation_bears_by_dwellings(session: Session, work: Callable[..., Workload]) -> None:
    session.add(tables.Corporation(id="domesta", name="Domesta", place_id="emmen"))
    session.flush()
    for corporation, number in (("actium", 300), ("domesta", 100)):
        session.add(
            tables.Dwellings(
                corporation_id=corporation,
                municipality_id="GM0106",
                organisation_id="mevm",
                number=number,
                source="jaarverslag",
                confidence="sourced",
            )
        )
    session.flush()
    lines = {line.id: line for line in work(Bearer.CORPORATION).lines}
    assert lines["actium"].load == Load(meeting=180, preparation=90, travel=0, report=45)
    assert lines["domesta"].load.total * 3 == lines["actium"].load.total
    assert (lines["actium"].capacity, lines["actium"].percent) == (None, 0)


def test_an_own_table_counts_for_its_corporation_alone(
    session: Session, work: Callable[..., Workload]
) -> None:
    for row in session.exec(select(tables.PublishedMeeting)).all():
        row.level, row.corporation_id = Level.CORPORATION, "actium"
    session.flush()
    (line,) = work(Bearer.CORPORATION).lines
    assert line.load.meeting == 480


def test_fairness_is_the_mean_distance_to_the_middle(work: Callable[..., Workload]) -> None:
    found = work(Bearer.ORGANISATION, MARCH)
    shares = [100 * line.load.total / 3_100 for line in found.lines]
    middle = 100 * sum(line.load.total for line in found.lines) / 6_200
    assert found.fairness is not None
    assert found.fairness.middle == round(middle)
    assert found.fairness.deviation == round(sum(abs(each - middle) for each in shares) / 2)
    assert work(Bearer.CORPORATION).fairness is None


def test_what_it_asks_of_people(session: Session, work: Callable[..., Workload]) -> None:
    evening = session.exec(
        select(tables.PublishedMeeting).where(tables.PublishedMeeting.meeting_id == "m-3")
    ).one()
    evening.starts_at = datetime.fromisoformat("2027-03-18T18:00:00+00:00")
    evening.ends_at = datetime.fromisoformat("2027-03-18T20:00:00+00:00")
    evening.level = Level.PROVINCE
    session.flush()
    asked = work(Bearer.ORGANISATION).asked
    assert (asked.meetings, asked.in_office_hours, asked.evenings) == (3, 2, 1)
    assert asked.province[0][0] == "Samen Sterk"
    # r-3 drives twice from Emmen to Assen and back: 33.5 km as the crow flies, times the detour.
    assert asked.kilometres == pytest.approx(4 * 1.3 * 33.5, abs=4)


def test_months_add_up_to_the_year(work: Callable[..., Workload]) -> None:
    found = work(Bearer.ORGANISATION)
    assert [month for month, _ in found.months] == [date(2027, 3, 1)]
    total = sum(line.load.total for line in found.lines)
    assert sum(load.total for _, load in found.months) == total


def test_the_map_counts_what_is_to_come(session: Session, work: Callable[..., Workload]) -> None:
    meetings = published.published_meetings(session, SYSTEM, MeetingFilter())
    attended = attended_in_force(session, COORDINATOR)
    found = province_map(session, COORDINATOR, meetings, attended)
    towns = {town.municipality.id: town for town in found}
    assert towns["GM0106"].meetings == 3
    assert towns["GM0106"].gaps == 2
    assert towns["GM0106"].seated == ("MEVM", "Samen Sterk")
    assert towns["GM0106"].load.meeting == 480
    assert towns["GM0114"].meetings == 0
    assert province_map(session, COORDINATOR, (), ())[0].load == Load()


def test_only_who_plans_for_all_sees_everybodys_load(session: Session) -> None:
    with pytest.raises(NotAllowed):
        workload(session, OTHER, Bearer.ORGANISATION, YEAR, POLICY, attended=())
    with pytest.raises(NotAllowed):
        province_map(session, OTHER, (), ())
    with pytest.raises(NotAllowed):
        attended_in_force(session, OTHER)
