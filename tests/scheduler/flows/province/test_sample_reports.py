"""The demo's report-backs: most are sent, one is begun, one is late, and something is said back."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from originals import Originals
from sqlmodel import Session, select

from scheduler.db import reports
from scheduler.db.engine import Database
from scheduler.db.tables import FormDraft, Mandate, Meeting, Reaction, Slot, TableFollow
from scheduler.domain.access import COORDINATOR, SYSTEM, Actor
from scheduler.domain.errors import NotAllowed
from scheduler.domain.terms import Carried, ReactionKind, Role
from scheduler.domain.times import local
from scheduler.flows.province.sample.reports import add_sample_reports
from scheduler.flows.province.sample_year import add_sample_year, remove_sample
from scheduler.flows.publishing.publish_plan import publish_plan
from scheduler.flows.report_back.drafts import kept_report

AT = datetime(2027, 3, 15, 9, tzinfo=UTC)
AUTUMN = datetime(2026, 11, 24, 9, tzinfo=UTC)
SINCE = date(2026, 9, 29)


@pytest.fixture(scope="session")
def telling(originals: Originals, sample_plan: Callable[[Session], int]) -> Originals:
    """The originals with a published sample year and what was told of it."""

    def build(session: Session) -> None:
        publish_plan(session, SYSTEM, sample_plan(session), at=AT, with_past=True)
        assert add_sample_reports(session, SYSTEM, seed=1, at=AT) > 2

    originals.keep("told", build, of="empty")
    return originals


@pytest.fixture
def told(telling: Originals) -> Iterator[Database]:
    with telling.copy("told") as database:
        yield database


def test_the_demo_has_sent_late_and_begun_report_backs(told: Database) -> None:
    with told.session() as session:
        assert all(each.report.items for each in reports.reports_told(session, COORDINATOR))
        waiting = reports.waiting_reports(session, COORDINATOR, since=date(2027, 1, 14), at=AT)
        late, begun = waiting
        assert late.ends_at + timedelta(days=9) <= AT
        writer = Actor(Role.REPRESENTATIVE, begun.attendees[0].representative_id)
        assert kept_report(session, writer, begun.id)


def test_what_is_said_back_is_thanks_a_question_and_an_objection(told: Database) -> None:
    with told.session() as session:
        rows = session.exec(select(Reaction)).all()
        assert {row.kind for row in rows} == set(ReactionKind)
        (waiting,) = reports.waiting_reactions(session, COORDINATOR)
        assert waiting.kind is ReactionKind.NOT_ASKED
        agreed = [
            action
            for each in reports.reports_told(session, COORDINATOR)
            for action in each.report.actions
        ]
        assert any(each.done_at for each in agreed)
        assert not all(each.done_at for each in agreed)


def test_a_voice_that_was_not_carried_across_is_in_it(told: Database) -> None:
    with told.session() as session:
        carried = {
            voice.carried
            for each in reports.reports_told(session, COORDINATOR)
            for item in each.report.items
            for voice in item.voices
        }
    assert carried > {Carried.LISTENED}


def test_who_follows_reads_the_short_version_alone(told: Database) -> None:
    with told.session() as session:
        person = session.exec(select(TableFollow.subject_id)).first()
        assert person
        follower = Actor(Role.REPRESENTATIVE, person)
        assert reports.shorts_told(session, follower)


def test_taking_the_sample_out_takes_what_was_told_along(told: Database) -> None:
    with told.session() as session:
        remove_sample(session, COORDINATOR, at=AT)
    with told.session() as session:
        assert [*session.exec(select(TableFollow)), *session.exec(select(FormDraft))] == []


def test_only_who_plans_for_all_makes_up_report_backs(province: Database, now: datetime) -> None:
    with province.session() as session:
        assert add_sample_reports(session, SYSTEM, seed=1, at=now) == 0
        with pytest.raises(NotAllowed):
            add_sample_reports(session, Actor(Role.AUDITOR), seed=1, at=now)


def test_a_year_ahead_has_meetings_of_the_last_weeks_too(loaded: Session) -> None:
    add_sample_year(loaded, SYSTEM, year=2027, seed=2027, at=AUTUMN, since=SINCE)
    query = (
        select(Slot.starts_at)
        .join(Meeting)
        .where(Slot.starts_at < datetime(2027, 1, 1, tzinfo=UTC))
    )
    days = [local(starts).date() for starts in loaded.exec(query)]
    assert len(days) == 8
    assert all(SINCE <= day < AUTUMN.date() for day in days)
    assert loaded.exec(select(Mandate).where(Mandate.first_day == SINCE)).all()


def test_a_year_that_runs_looks_back_upon_itself(loaded: Session, sampled: Session) -> None:
    at = datetime(2027, 6, 1, 9, tzinfo=UTC)
    add_sample_year(loaded, SYSTEM, year=2027, seed=1, at=at, since=date(2027, 1, 1))
    query = select(Meeting.uid).order_by(Meeting.uid)
    assert loaded.exec(query).all() == sampled.exec(query).all()
