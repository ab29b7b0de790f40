"""Taken time from somebody's own calendars: start and end, and never less than was read."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlmodel import select

from scheduler.db import tables
from scheduler.domain.access import Actor
from scheduler.domain.errors import BadInput
from scheduler.domain.terms import CalendarUse, Role
from scheduler.flows.outside import (
    Means,
    Result,
    Wish,
    choose_calendars,
    confirm_empty,
    connect_calendar,
    disconnect,
    sync_calendars,
)
from scheduler.flows.problem_builder.people import representatives
from solver.problem import Horizon, Span

Connect = Callable[..., str]
R12 = Actor(Role.REPRESENTATIVE, "r12")


def appointment(uid: str, day: str = "20270310", *, hour: int = 9, extra: str = "") -> str:
    return (
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Iemand//NL\nBEGIN:VEVENT\n"
        f"UID:{uid}\nDTSTAMP:20270101T000000Z\nDTSTART:{day}T{hour:02}0000Z\n"
        f"DTEND:{day}T{hour + 1:02}0000Z\nSUMMARY:Tandarts\n{extra}END:VEVENT\nEND:VCALENDAR\n"
    )


def at(day: int, hour: int) -> datetime:
    return datetime(2027, 3, day, hour, tzinfo=UTC)


def taken(means: Means) -> list[tuple[datetime, datetime]]:
    with means.database.session() as session:
        query = select(tables.Busy).where(tables.Busy.source != "").order_by(tables.Busy.starts_at)
        return [(row.starts_at, row.ends_at) for row in session.exec(query)]


@pytest.fixture
def reading(connect: Connect, anyone: Any) -> Any:
    """Somebody with an appointment in a calendar that is read, and its name."""
    anyone.make("prive")
    anyone.put("prive", "een.ics", appointment("een"))
    connect(anyone, reads_all=True)
    return anyone


def of_prive(results: Any, means: Means) -> Result:
    """The result of the calendar that the test is about; servers come with others, empty ones."""
    with means.database.session() as session:
        names = {row.id: row.url for row in session.exec(select(tables.ConnectedCalendar))}
    return next(each for each in results if names[each.calendar_id].endswith("prive/"))


def test_an_appointment_becomes_taken_time_that_the_planner_respects(
    means: Means, reading: Any
) -> None:
    result = of_prive(sync_calendars(means), means)
    assert result.is_done, result.said
    assert result.said.nl.startswith("1 keer bezet gelezen")
    assert taken(means) == [(at(10, 9), at(10, 10))]
    with means.database.session() as session:
        horizon = Horizon(date(2027, 3, 1), date(2027, 12, 31))
        people = representatives(session, horizon)
    assert people["r12"].busy == (Span(at(10, 9), at(10, 10)),)
    assert people["r14"].busy == ()


def test_a_change_replaces_what_was_read_before(means: Means, reading: Any, clock: Any) -> None:
    sync_calendars(means)
    reading.put("prive", "een.ics", appointment("een", hour=14))
    clock.forward(minutes=16)
    sync_calendars(means)
    assert taken(means) == [(at(10, 14), at(10, 15))]


def test_an_unchanged_calendar_is_read_again_after_a_day(
    means: Means, reading: Any, clock: Any
) -> None:
    sync_calendars(means)
    clock.forward(minutes=16)
    assert of_prive(sync_calendars(means), means).said.nl.startswith("1 keer bezet")
    clock.forward(days=1)
    assert of_prive(sync_calendars(means), means).is_done
    assert taken(means) == [(at(10, 9), at(10, 10))]


def test_our_own_meetings_there_do_not_take_time(
    means: Means, connect: Connect, owner: Any
) -> None:
    owner.make("prive")
    owner.put("prive", "een.ics", appointment("een"))
    owner.put("prive", "onze.ics", appointment("m-vries@aantafel.invalid", "20270324", hour=18))
    connect(owner, writes=True, reads_all=True)
    assert all(result.is_done for result in sync_calendars(means))
    assert taken(means) == [(at(10, 9), at(10, 10))]


def test_an_emptied_calendar_is_asked_about_before_its_time_is_free(
    means: Means, connect: Connect, owner: Any, clock: Any
) -> None:
    owner.make("prive")
    owner.put("prive", "een.ics", appointment("een"))
    connect(owner, reads_all=True)
    sync_calendars(means)
    owner.delete("prive", "een.ics")
    clock.forward(minutes=16)
    (result,) = sync_calendars(means)
    assert not result.is_done
    assert "Klopt dat?" in result.said.nl
    assert taken(means) == [(at(10, 9), at(10, 10))]
    with means.database.session() as session:
        confirm_empty(session, R12, result.calendar_id, at=clock())
    (result,) = sync_calendars(means)
    assert result.is_done
    assert taken(means) == []


def test_a_server_that_is_down_frees_nothing(
    means: Means, connect: Connect, on_xandikos: Any, clock: Any
) -> None:
    on_xandikos.make("prive")
    on_xandikos.put("prive", "een.ics", appointment("een"))
    connect(on_xandikos, reads_all=True)
    sync_calendars(means)
    on_xandikos.server.stop()
    clock.forward(minutes=16)
    assert "antwoordt niet" in of_prive(sync_calendars(means), means).said.nl
    assert taken(means) == [(at(10, 9), at(10, 10))]


def test_a_calendar_that_is_no_longer_chosen_is_forgotten(
    means: Means, connect: Connect, owner: Any, clock: Any
) -> None:
    owner.make("prive")
    owner.put("prive", "een.ics", appointment("een"))
    connection = connect(owner, reads_all=True)
    sync_calendars(means)
    with means.database.session() as session:
        choose_calendars(session, R12, connection, writes=False, reads=[], at=clock())
    assert taken(means) == []
    assert sync_calendars(means, asked_for=True) == ()


def test_disconnecting_forgets_the_time_and_the_password(
    means: Means, connect: Connect, owner: Any, clock: Any
) -> None:
    owner.make("prive")
    owner.put("prive", "een.ics", appointment("een"))
    connection = connect(owner, reads_all=True)
    sync_calendars(means)
    with means.database.session() as session:
        disconnect(session, R12, connection, at=clock())
    assert taken(means) == []
    with means.database.session() as session:
        assert session.exec(select(tables.Connection)).all() == []
        assert session.exec(select(tables.ConnectedCalendar)).all() == []


@pytest.fixture
def open_calendar(means: Means, shelf: Any) -> Any:
    """r12's open .ics address, with one appointment."""
    shelf.body = appointment("een").replace("\n", "\r\n").encode()
    wish = Wish(representative_id="r12", address=shelf.url, reads_all=True)
    with means.database.session() as session:
        connect_calendar(session, R12, wish, means)
    return shelf


def test_an_open_address_is_read_too(means: Means, open_calendar: Any) -> None:
    (result,) = sync_calendars(means)
    assert result.use is CalendarUse.BUSY
    assert taken(means) == [(at(10, 9), at(10, 10))]


def test_an_open_address_is_not_sent_again_unchanged(
    means: Means, open_calendar: Any, clock: Any
) -> None:
    open_calendar.fields["ETag"] = '"1"'
    sync_calendars(means)
    open_calendar.body = b"not asked for"
    clock.forward(minutes=16)
    (result,) = sync_calendars(means)
    assert result.is_done
    assert taken(means) == [(at(10, 9), at(10, 10))]


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (200, b"<html>Log in</html>", "geen agenda"),
        (200, b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n", "geen agenda"),
        (404, b"", "er niet meer"),
        (500, b"", "antwoordt niet"),
        (429, b"", "te druk"),
        (418, b"", "niet begrijpen"),
    ],
)
def test_a_failed_reading_keeps_the_last_good_one(
    means: Means, open_calendar: Any, clock: Any, status: int, body: bytes, said: str
) -> None:
    sync_calendars(means)
    open_calendar.status, open_calendar.body = status, body
    clock.forward(minutes=16)
    (result,) = sync_calendars(means)
    assert not result.is_done
    assert said in result.said.nl
    assert taken(means) == [(at(10, 9), at(10, 10))]


def test_a_half_reading_adds_to_the_last_good_one(
    means: Means, open_calendar: Any, clock: Any
) -> None:
    sync_calendars(means)
    halves = appointment("twee", hour=14) + appointment("drie", "2027NEE0")
    open_calendar.body = halves.replace("\n", "\r\n").encode()
    clock.forward(minutes=16)
    (result,) = sync_calendars(means)
    assert "konden wij niet lezen" in result.said.nl
    assert (result.state, result.is_done) == ("half-read", False)
    assert taken(means) == [(at(10, 9), at(10, 10)), (at(10, 14), at(10, 15))]
    open_calendar.body = appointment("twee", hour=14).replace("\n", "\r\n").encode()
    clock.forward(minutes=16)
    (whole,) = sync_calendars(means)
    assert (whole.state, whole.is_done) == ("done", True)
    assert taken(means) == [(at(10, 14), at(10, 15))]


def test_a_busy_server_is_given_the_time_it_asks_for(
    means: Means, open_calendar: Any, clock: Any
) -> None:
    sync_calendars(means)
    open_calendar.status, open_calendar.fields = 429, {"Retry-After": "7200"}
    clock.forward(minutes=16)
    sync_calendars(means)
    clock.forward(minutes=100)
    assert sync_calendars(means, asked_for=True) == ()
    clock.forward(minutes=30)
    assert len(sync_calendars(means)) == 1


def test_nothing_can_be_written_to_an_open_address(means: Means, shelf: Any) -> None:
    wish = Wish(representative_id="r12", address=shelf.url, writes=True)
    with means.database.session() as session, pytest.raises(BadInput, match="user name"):
        connect_calendar(session, R12, wish, means)


def test_two_open_addresses_at_one_host_stay_two(means: Means, open_calendar: Any) -> None:
    other = open_calendar.url.replace("prive", "werk")
    wish = Wish(representative_id="r12", address=other, reads_all=True)
    with means.database.session() as session:
        connect_calendar(session, R12, wish, means)
    assert len(sync_calendars(means)) == 2
    assert len(taken(means)) == 2
