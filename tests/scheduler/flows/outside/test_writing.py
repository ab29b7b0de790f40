"""Our meetings in somebody's own calendar: there, true, and mended whatever breaks."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session, col, select

from calendars.ical import read
from calendars.stores import BadAnswer
from scheduler.db import tables
from scheduler.db.connections import connections
from scheduler.domain.access import COORDINATOR, SYSTEM, Actor
from scheduler.domain.errors import Sentence
from scheduler.domain.terms import CalendarUse, DeliveryPhase, MeetingState, PlanState, Role
from scheduler.flows.outside import (
    Means,
    confirm_empty,
    disconnect,
    pause,
    sync_calendars,
    try_again,
)
from scheduler.flows.outside import target as targets
from scheduler.flows.outside.write_out import write_out
from scheduler.flows.publishing.publish_plan import publish_plan

Connect = Callable[..., str]
R12 = Actor(Role.REPRESENTATIVE, "r12")
TITLES = {
    "Terugblik Assen",
    "Voorbereiding bod Assen",
    "Woonvisie Tynaarlo",
    "Provinciaal overleg urgentieregels",
}


def titles(owner: Any) -> list[str]:
    return sorted(entry.title for body in owner.items().values() for entry in read(body.encode()))


def republish(means: Means, change: Callable[[Session], object]) -> None:
    """Publish the plan in force once more, after a change of the meetings."""
    with means.database.session() as session:
        change(session)
        plan = session.exec(select(tables.Plan).order_by(col(tables.Plan.id).desc())).first()
        copy = plan.model_dump() | {"id": None, "state": PlanState.DRAFT}
        fresh = tables.Plan(**copy)
        session.add(fresh)
        session.flush()
        for kind in (tables.PlannedMeeting, tables.Assignment, tables.Voice):
            for row in session.exec(select(kind).where(kind.plan_id == plan.id)).all():
                values = row.model_dump() | {"plan_id": fresh.id}
                session.add(kind(**{k: v for k, v in values.items() if k != "id"}))
            session.flush()
        publish_plan(session, COORDINATOR, fresh.id, at=means.clock())


def calendar_row(means: Means) -> tables.ConnectedCalendar:
    query = select(tables.ConnectedCalendar).where(
        tables.ConnectedCalendar.use == CalendarUse.WRITE
    )
    with means.database.session() as session:
        return session.exec(query).one()


def test_what_was_published_stands_in_the_own_calendar(
    means: Means, connect: Connect, anyone: Any
) -> None:
    connect(anyone, writes=True)
    (result,) = sync_calendars(means)
    assert result.is_done, result.said
    assert result.said.nl == "4 overleggen staan erin."
    assert set(titles(anyone)) == TITLES
    bodies = "".join(anyone.items().values())
    assert "ORGANIZER" not in bodies
    assert "ATTENDEE" not in bodies


def test_a_quiet_calendar_is_left_alone_until_the_next_look(
    means: Means, connect: Connect, owner: Any, clock: Any
) -> None:
    connect(owner, writes=True)
    assert len(sync_calendars(means)) == 1
    clock.forward(minutes=5)
    assert sync_calendars(means) == ()
    assert len(sync_calendars(means, asked_for=True)) == 1
    clock.forward(minutes=16)
    assert len(sync_calendars(means)) == 1


def test_a_new_publication_is_brought_at_once(means: Means, connect: Connect, anyone: Any) -> None:
    connect(anyone, writes=True)
    sync_calendars(means)

    def call_off(session: Session) -> None:
        session.get_one(tables.Meeting, "m-bod").state = MeetingState.CANCELLED

    republish(means, call_off)
    (result,) = sync_calendars(means)
    assert result.is_done
    assert sum("STATUS:CANCELLED" in body for body in anyone.items().values()) == 1
    assert len(anyone.items()) == 4


def test_what_the_owner_changes_is_put_right_once(
    means: Means, connect: Connect, owner: Any, clock: Any
) -> None:
    connect(owner, writes=True)
    sync_calendars(means)
    href, body = next((href, body) for href, body in owner.items().items() if "Woonvisie" in body)
    owner.put("aan-tafel-r12", href, body.replace("\r\n", "\n").replace("Woonvisie", "Feest"))
    clock.forward(minutes=16)
    sync_calendars(means)
    assert set(titles(owner)) == TITLES
    restored = owner.items()[href].replace("\r\n", "\n")
    owner.put("aan-tafel-r12", href, restored.replace("Woonvisie", "Borrel"))
    clock.forward(minutes=16)
    (result,) = sync_calendars(means)
    assert "Borrel Tynaarlo" in titles(owner)
    assert "1 overleg hebt u veranderd" in result.said.nl


def test_what_the_owner_deletes_stays_away(
    means: Means, connect: Connect, anyone: Any, clock: Any
) -> None:
    connect(anyone, writes=True)
    sync_calendars(means)
    gone = min(anyone.items())
    anyone.delete("aan-tafel-r12", gone)
    clock.forward(minutes=16)
    (result,) = sync_calendars(means)
    assert gone not in anyone.items()
    assert len(anyone.items()) == 3
    assert "1 overleg hebt u verwijderd" in result.said.nl


def test_an_emptied_calendar_is_asked_about_and_then_let_be(
    means: Means, connect: Connect, owner: Any, clock: Any
) -> None:
    connect(owner, writes=True)
    sync_calendars(means)
    for href in owner.items():
        owner.delete("aan-tafel-r12", href)
    clock.forward(minutes=16)
    (result,) = sync_calendars(means)
    assert not result.is_done
    assert "Deed u dat zelf?" in result.said.nl
    with means.database.session() as session:
        confirm_empty(session, R12, result.calendar_id, at=clock())
    (result,) = sync_calendars(means)
    assert result.is_done
    assert owner.items() == {}


def test_a_calendar_that_was_taken_away_is_made_again_only_when_asked(
    means: Means, connect: Connect, owner: Any, clock: Any
) -> None:
    connection = connect(owner, writes=True)
    sync_calendars(means)
    store = owner.store()
    assert store._web.request("DELETE", store.url).status_code == 200
    store.close()
    clock.forward(minutes=16)
    (result,) = sync_calendars(means)
    assert "er niet meer" in result.said.nl
    clock.forward(days=3)
    assert sync_calendars(means) == ()
    with means.database.session() as session:
        try_again(session, R12, connection, at=clock())
    (result,) = sync_calendars(means)
    assert result.is_done
    assert set(titles(owner)) == TITLES


def test_a_server_that_is_down_is_waited_for_and_mends_itself(
    means: Means, connect: Connect, on_xandikos: Any, clock: Any
) -> None:
    connect(on_xandikos, writes=True)
    on_xandikos.server.stop()
    for _ in range(4):
        (result,) = sync_calendars(means)
        assert result.will_pass
        assert "antwoordt niet" in result.said.nl
        assert sync_calendars(means) == ()
        clock.forward(hours=1)
    row = calendar_row(means)
    assert (row.phase, row.attempts) == (DeliveryPhase.WAITING, 4)
    on_xandikos.server.start()
    (result,) = sync_calendars(means)
    assert result.is_done
    assert set(titles(on_xandikos)) == TITLES


def test_a_server_in_trouble_is_left_alone_by_all(
    means: Means, connect: Connect, on_xandikos: Any, clock: Any
) -> None:
    connect(on_xandikos, writes=True)
    on_xandikos.server.stop()
    for _ in range(5):
        sync_calendars(means)
        clock.forward(hours=1)
    with means.database.session() as session:
        server = session.exec(select(tables.CalendarServer)).one()
        assert server.failures == 5
        server.open_until = clock.now.replace(year=2028)
    assert sync_calendars(means) == ()


def test_a_wrong_password_pauses_tells_and_goes_on_with_a_new_one(
    means: Means, connect: Connect, owner: Any, clock: Any
) -> None:
    connection = connect(owner, writes=True, reads_all=True)
    with means.database.session() as session:
        session.get_one(tables.Connection, connection).sealed_secret = means.seal.seal(b"fout")
    results = sync_calendars(means)
    assert "wachtwoord" in results[0].said.nl
    assert calendar_row(means).phase is DeliveryPhase.PAUSED
    clock.forward(days=3)
    assert sync_calendars(means) == ()
    with means.database.session() as session:
        (view,) = connections(session, R12, "r12")
        assert view.needs_password
    connect(owner, writes=True)
    assert all(result.is_done for result in sync_calendars(means) if result.use == "write")
    assert set(titles(owner)) == TITLES


def test_killed_in_the_middle_nothing_is_lost_or_doubled(
    means: Means, connect: Connect, owner: Any, clock: Any
) -> None:
    connect(owner, writes=True)
    address = means.database.engine.url.render_as_string(hide_password=False)
    child = subprocess.Popen([sys.executable, "-c", CHILD, address])
    until = time.monotonic() + 60
    while not calendar_row(means).url or not owner.items():
        assert time.monotonic() < until
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    (result,) = sync_calendars(means, asked_for=True)
    assert result.is_done, result.said
    assert set(titles(owner)) == TITLES
    assert len(titles(owner)) == 4


CHILD = """
import sys
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from calendars.stores import Guard
from scheduler.db.engine import Database
from scheduler.domain.sealing import Seal
from scheduler.domain.secrets import SecretKey
from scheduler.flows.outside import Means, sync_calendars
sync_calendars(Means(
    database=Database(sys.argv[1]),
    seal=Seal(SecretKey(b"k" * 32), "calendar password"),
    guard=Guard(allowed=(ip_network("127.0.0.0/8"),), plain_http=True, ports=None),
    base_url="https://tafel.example",
    poll=timedelta(minutes=15),
    busy_ahead=timedelta(days=400),
    clock=lambda: datetime(2027, 3, 2, 8, 30, tzinfo=UTC),
))
"""


def test_a_paused_connection_is_left_alone(
    means: Means, connect: Connect, owner: Any, clock: Any
) -> None:
    connection = connect(owner, writes=True)
    with means.database.session() as session:
        pause(session, R12, connection, paused=True, at=clock())
    assert sync_calendars(means, asked_for=True) == ()
    with means.database.session() as session:
        pause(session, R12, connection, paused=False, at=clock())
    assert len(sync_calendars(means)) == 1


def test_who_is_at_work_on_a_calendar_is_not_disturbed(
    means: Means, connect: Connect, owner: Any, clock: Any
) -> None:
    connect(owner, writes=True)
    with means.database.session() as session:
        row = session.exec(
            select(tables.ConnectedCalendar).where(
                tables.ConnectedCalendar.use == CalendarUse.WRITE
            )
        ).one()
        row.lease_until, row.lease_holder = clock.now.replace(hour=23), "another-machine/1"
    assert sync_calendars(means, asked_for=True) == ()
    clock.forward(days=1)
    assert len(sync_calendars(means)) == 1


def test_a_visit_that_comes_back_late_says_nothing_more(
    means: Means, connect: Connect, owner: Any, clock: Any
) -> None:
    """Its process was paused; another visit came, and what that one found is what stands."""
    connect(owner, writes=True)
    with means.database.session() as session:
        name = session.exec(
            select(tables.ConnectedCalendar.id).where(
                tables.ConnectedCalendar.use == CalendarUse.WRITE
            )
        ).one()
        visit = targets.claim(session, name, clock())
        late = targets.take_up(session, means, name, visit, 2)
    clock.forward(days=1)
    (result,) = sync_calendars(means)
    assert result.is_done
    failed = targets.Attempt(said=Sentence("Mislukt.", "Failed."), error=BadAnswer("x"))
    with pytest.raises(targets.Overtaken), means.database.session() as session:
        targets.settle(session, means, late, failed)
    with pytest.raises(targets.Overtaken):
        write_out(means, late)
    assert len(sync_calendars(means, asked_for=True)) == 1
    with means.database.session() as session:
        assert session.get_one(tables.ConnectedCalendar, name).failing_since is None


def test_a_new_connection_takes_up_the_calendar_of_the_old(
    means: Means, connect: Connect, owner: Any, clock: Any
) -> None:
    connection = connect(owner, writes=True)
    sync_calendars(means)
    before = owner.items()
    with means.database.session() as session:
        disconnect(session, R12, connection, at=clock())
        assert connections(session, SYSTEM) == ()
    assert owner.items() == before
    connect(owner, writes=True)
    (result,) = sync_calendars(means)
    assert result.is_done
    assert owner.items() == before


def test_with_another_key_it_says_so_and_asks_nobody(
    means: Means, connect: Connect, owner: Any
) -> None:
    connect(owner, writes=True)
    with means.database.session() as session:
        row = session.exec(select(tables.Connection)).one()
        row.sealed_secret = b"van een andere sleutel"
    (result,) = sync_calendars(means)
    assert "secret.key" in result.said.nl
    assert calendar_row(means).phase is DeliveryPhase.DEAD
