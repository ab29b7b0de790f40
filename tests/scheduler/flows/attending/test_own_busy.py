"""Busy time of one's own, and reading it on as the days go by."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from calendars.account import Condition, WriteRefused
from scheduler.db import tables
from scheduler.domain.sealing import Seal, SealBroken
from scheduler.domain.secrets import SecretKey
from scheduler.flows.attending.own_busy import (
    SEALED_FOR,
    busy_items,
    delete_busy,
    put_busy,
    read_on,
)

ANY = Condition()
WEEKLY = (
    b"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:yoga\n"
    b"SUMMARY:Yoga in het dorpshuis\nDTSTAMP:20270101T000000Z\n"
    b"DTSTART:20270105T190000Z\nDTEND:20270105T200000Z\nRRULE:FREQ=WEEKLY\nEND:VEVENT\n"
    b"END:VCALENDAR\n"
)

SEAL = Seal(SecretKey(b"k" * 32), SEALED_FOR)


def _busy(session: Session) -> list[datetime]:
    query = select(tables.Busy).where(tables.Busy.source == "account/yoga.ics")
    return sorted(row.starts_at for row in session.exec(query))


def test_a_recurring_block_is_read_on_before_it_ends(session: Session, noon: datetime) -> None:
    put_busy(session, "r-1", "yoga.ics", WEEKLY, ANY, seal=SEAL, at=noon)
    first = _busy(session)
    assert read_on(session, seal=SEAL, at=noon + timedelta(days=200)) == 0
    assert _busy(session) == first
    assert read_on(session, seal=SEAL, at=noon + timedelta(days=400)) == 1
    assert _busy(session)[-1] > first[-1] + timedelta(days=390)
    assert [item.content for item in busy_items(session, "r-1", SEAL)] == [WEEKLY]


def test_what_others_entered_stays(session: Session, noon: datetime) -> None:
    by_hand = tables.Busy(
        representative_id="r-1", starts_at=noon, ends_at=noon + timedelta(hours=1)
    )
    session.add(by_hand)
    put_busy(session, "r-1", "yoga.ics", WEEKLY, ANY, seal=SEAL, at=noon)
    delete_busy(session, "r-1", "yoga.ics", ANY, seal=SEAL, at=noon)
    assert session.exec(select(tables.Busy)).all() == [by_hand]


def test_each_has_their_own(session: Session, noon: datetime) -> None:
    put_busy(session, "r-1", "yoga.ics", WEEKLY, ANY, seal=SEAL, at=noon)
    put_busy(session, "r-2", "yoga.ics", WEEKLY, ANY, seal=SEAL, at=noon)
    with pytest.raises(WriteRefused):
        delete_busy(session, "r-3", "yoga.ics", ANY, seal=SEAL, at=noon)
    delete_busy(session, "r-1", "yoga.ics", ANY, seal=SEAL, at=noon)
    assert busy_items(session, "r-1", SEAL) == []
    assert len(busy_items(session, "r-2", SEAL)) == 1
    assert {row.representative_id for row in session.exec(select(tables.Busy))} == {"r-2"}


def test_what_an_appointment_is_about_can_not_be_read_in_the_database(
    session: Session, noon: datetime
) -> None:
    put_busy(session, "r-1", "yoga.ics", WEEKLY, ANY, seal=SEAL, at=noon)
    row = session.exec(select(tables.BusyBlock)).one()
    assert b"dorpshuis" not in row.content + row.searched
    assert SEAL.open(row.content) == WEEKLY


def test_with_another_key_the_times_hold_and_the_words_are_gone(
    session: Session, noon: datetime
) -> None:
    put_busy(session, "r-1", "yoga.ics", WEEKLY, ANY, seal=SEAL, at=noon)
    before = _busy(session)
    other = Seal(SecretKey(b"x" * 32), SEALED_FOR)
    read_on(session, seal=other, at=noon + timedelta(days=400))
    assert _busy(session) == before
    with pytest.raises(SealBroken):
        busy_items(session, "r-1", other)
