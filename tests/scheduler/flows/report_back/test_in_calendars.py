"""What was agreed stands in the calendars of who wants deadlines, until it is done."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session

from calendars.entry import Entry
from scheduler.db import reports
from scheduler.db.feeds import Subject
from scheduler.db.report_views import ReportView
from scheduler.db.views import FeedChoices
from scheduler.domain.access import Actor
from scheduler.domain.terms import FeedKind, Role
from scheduler.domain.times import local
from scheduler.flows.calendar_builder import Publisher, calendar_entries
from scheduler.flows.report_back.agreements import set_done
from scheduler.flows.report_back.typed import TypedReport
from scheduler.flows.report_back.write import send_report
from scheduler.settings import Settings

SETTINGS = Settings.read({})


def _agreed(
    session: Session,
    kind: FeedKind,
    subject: str,
    at: datetime,
    *,
    deadlines: bool = True,
    lead: str = "afspraak-",
) -> list[Entry]:
    entries = calendar_entries(
        session,
        Subject(kind, subject, subject),
        SETTINGS.feeds,
        Publisher.of(SETTINGS),
        at=at,
        choices=FeedChoices(deadlines=deadlines),
    )
    return [each for each in entries if each.uid.startswith(lead)]


@pytest.mark.parametrize(
    ("kind", "subject", "number"),
    [
        (FeedKind.REPRESENTATIVE, "r4", 1),
        (FeedKind.REPRESENTATIVE, "r27", 1),
        (FeedKind.ORGANISATION, "sbde", 1),
        (FeedKind.MUNICIPALITY, "GM0114", 0),
        (FeedKind.PROVINCE, "drenthe", 0),
    ],
)
def test_who_may_read_it_has_it_in_the_calendar(
    held: Session, told: ReportView, kind: FeedKind, subject: str, number: int, after: datetime
) -> None:
    found = _agreed(held, kind, subject, after)
    assert len(found) == number
    for each in found:
        assert (each.title, each.all_day, each.blocks) == (
            "Uiterlijk vandaag: De provincie stuurt de tekst",
            True,
            False,
        )
        assert local(each.starts_at).date() == date(2027, 5, 10)


def test_who_wants_no_deadlines_has_none(held: Session, told: ReportView, after: datetime) -> None:
    assert _agreed(held, FeedKind.REPRESENTATIVE, "r4", after, deadlines=False) == []


def test_what_is_done_leaves_the_calendar(
    held: Session, told: ReportView, writer: Actor, after: datetime
) -> None:
    before = reports.agreed_state(held)
    done_at = datetime(2027, 4, 23, 9, tzinfo=UTC)
    set_done(held, writer, "m-urgentie", "0-0", done=True, at=done_at)
    held.flush()
    assert _agreed(held, FeedKind.REPRESENTATIVE, "r4", after) == []
    assert reports.agreed_state(held) != before
    assert reports.agreed_state(held).changed_at == done_at


def test_the_last_day_to_tell_leaves_the_calendar_once_it_is_told(
    held: Session, typed: TypedReport, after: datetime
) -> None:
    before = reports.agreed_state(held)
    kind, lead = FeedKind.REPRESENTATIVE, "terugkoppeling-"
    due = _agreed(held, kind, "r4", after, lead=lead)
    assert any("urgentie" in each.title.lower() for each in due)
    send_report(held, Actor(Role.REPRESENTATIVE, "r4"), "m-urgentie", typed, at=after)
    left = _agreed(held, kind, "r4", after, lead=lead)
    assert [each for each in due if each not in left] == [
        each for each in due if "urgentie" in each.title.lower()
    ]
    assert reports.agreed_state(held).told == before.told + 1
