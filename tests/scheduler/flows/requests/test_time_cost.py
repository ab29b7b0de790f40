"""What a time costs: counted by the planner's own rules, and nobody named."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlmodel import Session, col, select

from scheduler.db import tables
from scheduler.domain.terms import Mode, Part
from scheduler.domain.times import local
from scheduler.flows.requests.requesting import Asker, Time
from scheduler.flows.requests.time_cost import Cost, time_costs
from scheduler.policy import read_policy

Reckon = Callable[..., Cost]


@pytest.fixture
def reckon(session: Session, asker: Asker, now: datetime) -> Reckon:
    """`reckon(hour)` is the cost of two hours on Thursday 10 June, from that UTC hour on."""

    def make(hour: int, *, mode: Mode = Mode.IN_PERSON, day: int = 10) -> Cost:
        starts = datetime(2027, 6, day, hour, tzinfo=UTC)
        wanted = Time(local(starts).date(), starts, starts + timedelta(hours=2))
        (cost,) = time_costs(
            session,
            asker,
            [wanted],
            organisations=["federatie", "sbde"],
            mode=mode,
            policy=read_policy(),
            at=now,
        )
        assert cost is not None
        return cost

    return make


def change(session: Session, person: str, **values: object) -> None:
    row = session.get_one(tables.Representative, person)
    for name, value in values.items():
        setattr(row, name, value)
    session.flush()


def test_everybody_concerned_who_is_free_counts(reckon: Reckon) -> None:
    assert (reckon(8).can, reckon(8).of) == (3, 3)


def test_who_comes_along_elsewhere_that_month_has_had_one(
    session: Session, reckon: Reckon, now: datetime
) -> None:
    change(session, "r4", max_meetings_per_month=1)
    meeting = session.get_one(tables.Meeting, "m-emmen")
    moved = session.exec(
        select(tables.PublishedMeeting).where(
            tables.PublishedMeeting.meeting_id == meeting.id,
            col(tables.PublishedMeeting.last_publication).is_(None),
        )
    ).one()
    moved.starts_at = datetime(2027, 6, 1, 8, tzinfo=UTC)
    moved.ends_at = datetime(2027, 6, 1, 10, tzinfo=UTC)
    there = session.get_one(tables.PublishedAttendance, (moved.id, "r4"))
    for part, can in ((Part.DEPUTY, 3), (Part.SHADOW, 2), (Part.ATTENDEE, 2)):
        there.part = part
        session.flush()
        assert reckon(8).can == can, part


def test_office_hours_are_told(reckon: Reckon) -> None:
    assert reckon(8).in_office_hours
    assert not reckon(17).in_office_hours
    assert not reckon(8, day=12).in_office_hours, "a Saturday"


def test_a_mandate_holder_is_concerned_too(session: Session, reckon: Reckon) -> None:
    session.add(
        tables.Mandate(
            id="md",
            giver_id="sbde",
            holder_id="mevm",
            everywhere=True,
            first_day=datetime(2027, 1, 1, tzinfo=UTC).date(),
            last_day=datetime(2027, 12, 31, tzinfo=UTC).date(),
        )
    )
    session.flush()
    assert reckon(8).of == 5


def test_an_evening_is_offered_where_more_can(session: Session, reckon: Reckon) -> None:
    change(session, "r4", always_available=False)
    session.add(
        tables.Availability(
            representative_id="r4",
            weekday=4,
            starts=time(18),
            ends=time(23),
            ends_at_midnight=False,
        )
    )
    session.flush()
    cost = reckon(8)
    assert cost.can == 2
    assert [(local(each.starts_at).hour, each.can, each.online) for each in cost.better] == [
        (19, 3, False)
    ]
    assert reckon(17, day=10).can == 3


def test_busy_people_and_those_who_stop_dont_count(session: Session, reckon: Reckon) -> None:
    session.add(
        tables.Busy(
            representative_id="r4",
            starts_at=datetime(2027, 6, 10, 9, tzinfo=UTC),
            ends_at=datetime(2027, 6, 10, 9, 30, tzinfo=UTC),
        )
    )
    change(session, "r5", last_day=datetime(2027, 5, 1, tzinfo=UTC).date())
    assert reckon(8).can == 1


def test_online_is_offered_to_those_who_wont_travel(session: Session, reckon: Reckon) -> None:
    row = session.get_one(tables.Place, "emmen")
    row.lat, row.lon = 52.0, 6.9
    change(session, "r4", max_travel_minutes=0, home_id="assen")
    cost = reckon(8)
    assert cost.can == 2
    assert any(each.online and each.can == 3 for each in cost.better)
    assert reckon(8, mode=Mode.ONLINE).can == 3


def test_limits_that_are_reached_count(session: Session, reckon: Reckon) -> None:
    change(session, "r4", max_office_hours_meetings_per_week=0)
    change(session, "r5", max_meetings_per_month=0)
    assert (reckon(8).can, reckon(17).can) == (1, 2)


def test_who_is_due_elsewhere_by_the_plan_doesnt_count(
    session: Session, asker: Asker, now: datetime
) -> None:
    starts = datetime(2027, 3, 18, 13, tzinfo=UTC)  # while r4 is at m-emmen
    wanted = [Time(starts.date(), starts, starts + timedelta(hours=1)), None]
    costs = time_costs(
        session,
        asker,
        wanted,
        organisations=["federatie"],
        mode=Mode.IN_PERSON,
        policy=read_policy(),
        at=now,
    )
    assert costs[0] is not None
    assert (costs[0].can, costs[0].of) == (1, 2)
    assert costs[1] is None


def test_without_a_time_there_is_nothing_to_reckon(
    session: Session, asker: Asker, now: datetime
) -> None:
    assert time_costs(
        session,
        asker,
        [None, Time(now.date())],
        organisations=[],
        mode=Mode.ONLINE,
        policy=read_policy(),
        at=now,
    ) == (None, None)
