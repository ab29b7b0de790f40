"""The round past calendars elsewhere."""

from datetime import datetime, timedelta

import pytest

from calendars.stores import Guard
from scheduler.db import tables
from scheduler.db.engine import Database
from scheduler.domain.sealing import Seal
from scheduler.domain.secrets import SecretKey
from scheduler.domain.terms import CalendarUse, DeliveryPhase
from scheduler.flows.outside import Means
from scheduler.jobs.outside import calendar_round


@pytest.fixture
def means(province: Database, now: datetime) -> Means:
    """Somebody's calendar at an address that our server may not go to."""
    seal = Seal(SecretKey(b"k" * 32), "calendar password")
    with province.session() as session:
        session.add(
            tables.Connection(
                id="k-een",
                representative_id="r12",
                address="localhost",
                sealed_secret=seal.seal(b"https://127.0.0.1/geheim-4711.ics"),
                created_at=now,
            )
        )
        session.flush()
        session.add(
            tables.ConnectedCalendar(
                id="kc-een", connection_id="k-een", use=CalendarUse.BUSY, is_chosen=True
            )
        )
    return Means(
        database=province,
        seal=seal,
        guard=Guard(),
        base_url="https://tafel.example",
        poll=timedelta(minutes=15),
        busy_ahead=timedelta(days=400),
        clock=lambda: now,
    )


def test_a_round_tells_the_log_which_calendar_failed_and_not_where(
    means: Means, caplog: pytest.LogCaptureFixture
) -> None:
    calendar_round(means).work(lambda: False)
    assert "calendar kc-een (busy) is not up to date" in caplog.text
    assert "4711" not in caplog.text
    with means.database.session() as session:
        row = session.get_one(tables.ConnectedCalendar, "kc-een")
        assert row.phase is DeliveryPhase.WAITING
        assert "openbare internet" in row.said_nl


def test_a_round_that_has_to_stop_begins_nothing(means: Means) -> None:
    calendar_round(means).work(lambda: True)
    with means.database.session() as session:
        assert session.get_one(tables.ConnectedCalendar, "kc-een").tried_at is None
