import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session, select

from scheduler.closed_days import closed_days
from scheduler.db import people
from scheduler.db.audits import recent
from scheduler.db.tables import (
    Availability,
    Busy,
    Expertise,
    Interest,
    Mandate,
    Meeting,
    Organisation,
    Representative,
    Slot,
    Table,
    TableKind,
    TableWish,
)
from scheduler.domain.access import COORDINATOR, SYSTEM, Actor
from scheduler.domain.errors import NotAllowed, NotFound
from scheduler.domain.seasons import Season
from scheduler.domain.terms import Bond, DayPart, Experience, Level, MeetingState, Mode, Role
from scheduler.domain.times import local
from scheduler.flows.province.sample_year import add_sample_year
from scheduler.flows.province.stakes import read_stakes
from scheduler.policy import read_policy

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
Contents = Callable[[Session], dict[str, list[tuple[object, ...]]]]


def uids(session: Session) -> set[str]:
    return set(session.exec(select(Meeting.uid)))


def local_starts(session: Session) -> list[tuple[Meeting, datetime]]:
    query = select(Meeting, Slot).join(Slot)
    return [(meeting, local(slot.starts_at)) for meeting, slot in session.exec(query)]


def test_the_same_year_and_seed_give_the_same_rows_in_another_database(
    loaded: Session, sampled: Session, contents: Contents
) -> None:
    add_sample_year(loaded, SYSTEM, year=2027, seed=1, at=AT)
    assert contents(loaded) == contents(sampled)


@pytest.mark.parametrize(("year", "seed"), [(2027, 2), (2026, 1)])
def test_another_year_or_seed_gives_other_meetings(
    loaded: Session, sampled: Session, year: int, seed: int
) -> None:
    add_sample_year(loaded, SYSTEM, year=year, seed=seed, at=AT)
    assert uids(loaded).isdisjoint(uids(sampled))


def test_the_sample_has_fifty_people_twelve_mandates_and_about_400_meetings(
    loaded: Session,
) -> None:
    counts = add_sample_year(loaded, SYSTEM, year=2027, seed=1, at=AT)
    assert (counts.representatives, counts.mandates, counts.meetings) == (50, 12, 392)
    assert str(counts) == "50 representatives, 12 mandates, 392 meetings"


def test_everything_is_marked_as_sample_and_nobody_has_a_name(sampled: Session) -> None:
    people = sampled.exec(select(Representative)).all()
    rows = [*people, *sampled.exec(select(Meeting)), *sampled.exec(select(Mandate))]
    assert all(row.is_sample for row in rows)
    assert all(re.fullmatch(r"Afgevaardigde \d+", person.label) for person in people)
    assert {person.id for person in people} == {f"r-{number:03}" for number in range(1, 51)}


def test_meetings_are_numbered_by_when_they_start(sampled: Session) -> None:
    query = select(Meeting.id).join(Slot).where(Slot.position == 0)
    by_start = sampled.exec(query.order_by(Slot.starts_at, Meeting.table_id)).all()
    assert by_start == [f"m-{number:04}" for number in range(1, 393)]


@pytest.mark.parametrize("year", [2026, 2027, 2028, 2030])
def test_no_meeting_falls_on_a_closed_day_or_outside_the_year(loaded: Session, year: int) -> None:
    counts = add_sample_year(loaded, SYSTEM, year=year, seed=5, at=AT)
    closed = closed_days(date(year, 1, 1), date(year, 12, 31), read_policy())
    days = {start.date() for _, start in local_starts(loaded)}
    assert counts.meetings == 392
    assert days.isdisjoint(closed)
    assert {day.year for day in days} == {year}


def test_meetings_fall_in_the_seasons_of_their_kind_and_on_its_days(sampled: Session) -> None:
    kinds = {
        table.id: kind for table, kind in sampled.exec(select(Table, TableKind).join(TableKind))
    }
    for meeting, start in local_starts(sampled):
        kind = kinds[meeting.table_id or ""]
        days = {day for text in kind.seasons for day in Season.read(text).days(2027)}
        assert start.date() in days
        assert (start.isoweekday() == 6) is (kind.day_part is DayPart.SATURDAY)
        assert start.isoweekday() <= 6


def test_every_table_meets_as_often_as_its_kind_does(sampled: Session) -> None:
    meetings = Counter(sampled.exec(select(Meeting.table_id)))
    for table, kind in sampled.exec(select(Table, TableKind).join(TableKind)):
        assert meetings[table.id] == kind.meetings_per_year


def test_most_meetings_are_in_office_hours_and_some_in_the_evening(sampled: Session) -> None:
    evenings = sum(start.hour >= 17 for _, start in local_starts(sampled))
    assert 0.2 < evenings / len(local_starts(sampled)) < 0.4


def test_meetings_last_what_their_kind_says_and_have_one_to_three_slots(sampled: Session) -> None:
    query = select(Slot, TableKind).join(Meeting).join(Table).join(TableKind)
    slots: Counter[str] = Counter()
    for slot, kind in sampled.exec(query):
        slots[slot.meeting_id] += 1
        assert slot.ends_at - slot.starts_at == timedelta(minutes=kind.duration_minutes)
    assert set(slots.values()) == {1, 2, 3}
    assert Counter(slots.values())[1] > 250


def test_those_with_dwellings_are_interested_with_their_dwellings(sampled: Session) -> None:
    stakes = read_stakes(sampled)
    interests: dict[str, dict[str, int]] = {}
    for interest in sampled.exec(select(Interest)):
        interests.setdefault(interest.meeting_id, {})[interest.organisation_id] = interest.weight
    for meeting, table in sampled.exec(select(Meeting, Table).join(Table)):
        assert interests[meeting.id] == stakes.at(
            meeting.level,
            municipality_id=meeting.municipality_id,
            corporation_id=meeting.corporation_id,
            organisation_id=table.organisation_id,
        )
        assert meeting.seats_min <= len(interests[meeting.id])
    provincial = sampled.exec(select(Meeting.id).where(Meeting.level == Level.PROVINCE))
    assert {len(interests[meeting]) for meeting in provincial} == {12}


def test_meetings_are_held_at_the_town_hall_the_head_office_or_in_assen(sampled: Session) -> None:
    places = {
        meeting.table_id: meeting.place_id
        for meeting in sampled.exec(select(Meeting))
        if meeting.mode is not Mode.ONLINE
    }
    assert places["prestatie-aa-en-hunze"] == "gieten"
    assert places["bestuurlijk-woonservice-samensterk"] == "westerbork"
    assert places["stuurgroep"] == "assen"
    # Lefier's head office is unknown, so it is met where most of its dwellings are.
    assert places["bestuurlijk-lefier-huurdertje"] == "exloo"


def test_people_differ_as_people_do(sampled: Session) -> None:
    people = sampled.exec(select(Representative).order_by(Representative.id)).all()
    firsts = {person.organisation_id: person for person in reversed(people)}
    assert len(firsts) == 12
    assert {person.experience for person in firsts.values()} == {Experience.EXPERIENCED}
    professionals = [person for person in people if person.bond is Bond.PROFESSIONAL]
    assert {each.organisation_id for each in professionals} == {
        "mevm",
        "samensterk",
        "huurdersfederatie",
    }
    assert not any(person.paid_job for person in professionals)
    assert 15 <= sum(person.paid_job for person in people) <= 35
    assert 5 <= sum(person.experience is Experience.NEW for person in people) <= 15
    assert 25 <= sum(person.online for person in people) <= 45


def test_people_have_windows_appointments_topics_and_wishes(sampled: Session) -> None:
    always = set(sampled.exec(select(Representative.id).where(Representative.always_available)))
    windows = set(sampled.exec(select(Availability.representative_id)))
    assert len(always | windows) == 50
    assert always.isdisjoint(windows)
    appointments = Counter(sampled.exec(select(Busy.representative_id)))
    assert len(appointments) == 50
    assert min(appointments.values()) >= 20
    assert 30 <= len(set(sampled.exec(select(Expertise.representative_id)))) <= 48
    prefers = Counter(sampled.exec(select(TableWish.prefers)))
    assert prefers[True] > 30
    assert prefers[False] > 15


def test_people_together_want_a_little_more_than_their_organisation_can(sampled: Session) -> None:
    for organisation in sampled.exec(select(Organisation)):
        targets = select(Representative.target_minutes_per_year).where(
            Representative.organisation_id == organisation.id
        )
        share = sum(sampled.exec(targets)) / organisation.capacity_minutes_per_year
        assert share == pytest.approx(1.1, abs=0.02)


def test_mandates_are_given_by_who_has_a_stake_to_another(sampled: Session) -> None:
    stakes = read_stakes(sampled)
    for mandate in sampled.exec(select(Mandate)):
        assert mandate.giver_id != mandate.holder_id
        assert stakes.of(mandate.giver_id)
        assert mandate.first_day.year == mandate.last_day.year == 2027
        assert mandate.everywhere is (mandate.levels == ["province"])


def test_adding_it_again_leaves_it_as_it_is_with_what_was_done_to_it(
    sampled: Session, contents: Contents
) -> None:
    sampled.get_one(Meeting, "m-0007").state = MeetingState.CANCELLED
    before = contents(sampled)
    counts = add_sample_year(sampled, SYSTEM, year=2027, seed=1, at=AT)
    assert counts.meetings == 392
    assert contents(sampled) == before
    assert [audit.act for audit in recent(sampled, COORDINATOR)] == ["add", "load"]


def test_another_sample_takes_the_place_of_the_one_before(
    loaded: Session, sampled: Session, contents: Contents
) -> None:
    add_sample_year(sampled, SYSTEM, year=2028, seed=1, at=AT)
    add_sample_year(loaded, SYSTEM, year=2028, seed=1, at=AT)
    apart = [contents(session) for session in (sampled, loaded)]
    for each in apart:
        # These are numbered by the database, which doesn't begin anew.
        del each["busy"], each["availability"]
        each["mandate_event"] = sorted((event[1:] for event in each["mandate_event"]), key=repr)
    assert apart[0] == apart[1]


def test_a_table_more_leaves_the_other_tables_meetings_as_they_were(
    loaded: Session, sampled: Session
) -> None:
    table = loaded.get_one(Table, "woondeal")
    loaded.add(Table(**table.model_dump() | {"id": "aaa", "name": "Een tafel erbij"}))
    loaded.flush()
    add_sample_year(loaded, SYSTEM, year=2027, seed=1, at=AT)
    query = select(Meeting.uid, Slot.starts_at).join(Slot)
    assert set(sampled.exec(query)) < set(loaded.exec(query))


def test_only_who_plans_for_all_makes_up_a_year(loaded: Session) -> None:
    with pytest.raises(NotAllowed):
        add_sample_year(loaded, Actor(Role.REPRESENTATIVE, "r-001"), year=2027, seed=1, at=AT)


def test_without_a_province_there_is_nothing_to_make_up(session: Session) -> None:
    with pytest.raises(NotFound):
        add_sample_year(session, SYSTEM, year=2027, seed=1, at=AT)


def test_a_kind_that_always_meets_online_or_hybrid_does_so(loaded: Session) -> None:
    loaded.get_one(TableKind, "bod").mode = Mode.HYBRID
    loaded.flush()
    add_sample_year(loaded, SYSTEM, year=2027, seed=1, at=AT)
    meetings = loaded.exec(select(Meeting).join(Table).where(Table.kind_id == "bod")).all()
    assert {meeting.mode for meeting in meetings} == {Mode.HYBRID}


def test_a_table_without_a_place_meets_online(loaded: Session) -> None:
    people.the_province(loaded).place_id = None
    loaded.flush()
    add_sample_year(loaded, SYSTEM, year=2027, seed=1, at=AT)
    provincial = loaded.exec(select(Meeting).where(Meeting.level == Level.PROVINCE)).all()
    assert {(meeting.mode, meeting.place_id) for meeting in provincial} == {(Mode.ONLINE, None)}
