"""Over the sample year: whoever is called possible can be sent, and lifting a cause helps."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime

import pytest
from sqlmodel import Session, col, select

from scheduler.db import drafts, tables
from scheduler.db.engine import Database
from scheduler.db.schema import migrate
from scheduler.domain.access import COORDINATOR, SYSTEM
from scheduler.domain.terms import Adjustment
from scheduler.flows.adjusting import AgainstRules, Shelf, Standing, Wish
from scheduler.flows.adjusting.arrangement import arrangement
from scheduler.flows.adjusting.wishes import wanted
from scheduler.flows.explain_meeting import DEPUTY, FREE, Someone, explain_meeting, places
from scheduler.flows.planning.adjust_plan import adjust_plan
from scheduler.flows.publishing.publish_plan import publish_plan
from scheduler.policy import read_policy
from solver.check import check

NOW = datetime(2027, 3, 2, 8, 30, tzinfo=UTC)
EACH = 36
"""Every how-manieth meeting is looked at."""


@pytest.fixture(scope="module")
def year(
    tmp_path_factory: pytest.TempPathFactory, sample_plan: Callable[[Session], int]
) -> Iterator[Database]:
    path = tmp_path_factory.mktemp("year") / "year.sqlite"
    with closing(Database(f"sqlite:///{path}")) as database:
        migrate(database.engine)
        with database.session() as session:
            publish_plan(session, SYSTEM, sample_plan(session), at=NOW, with_past=True)
        yield database


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return Shelf(read_policy())


@pytest.fixture
def session(year: Database) -> Iterator[Session]:
    """A session of which nothing is kept."""
    with year._sessions() as session:
        yield session
        session.rollback()


@pytest.fixture
def standing(session: Session, shelf: Shelf) -> Standing:
    found = shelf.standing(session, COORDINATOR, at=NOW)
    assert found is not None
    assert found.violations == ()
    return found


def _ahead(standing: Standing) -> list[str]:
    return [view.id for view in standing.views if standing.is_open(view.id)]


def _wish(meeting: str, place: str, who: Someone) -> Wish:
    acts = {FREE: Adjustment.ASSIGN, DEPUTY: Adjustment.SET_DEPUTY}
    return Wish(
        act=acts.get(place, Adjustment.REPLACE),
        meeting_id=meeting,
        representative_id=who.id,
        instead_of=None if place in acts else place,
        slot=who.slot,
    )


def test_whoever_is_called_possible_can_be_sent_and_nobody_else(
    session: Session, standing: Standing
) -> None:
    tried = 0
    for meeting in _ahead(standing)[::EACH]:
        now = arrangement(session, standing.planned(meeting), standing.question)
        for place in places(standing, meeting):
            explained = explain_meeting(standing, meeting, place)
            for who in (*explained.able, *explained.unable[:2]):
                allowed = _judged(standing, now, _wish(meeting, place, who))
                assert allowed is (who in explained.able), (meeting, place, who)
                tried += 1
    assert tried > 60


def _judged(standing: Standing, now: object, wish: Wish) -> bool:
    """Whether the independent judge lets the wish stand."""
    try:
        with standing.asking() as position:
            after = wanted(wish, now, standing.question, position)
    except AgainstRules:
        return False
    planned = after.planned(wish.meeting_id, standing.question)
    whole = {**standing.position.planned, wish.meeting_id: planned}
    return check(standing.question.problem, whole).is_valid


def test_another_time_that_is_offered_can_be_chosen(session: Session, standing: Standing) -> None:
    tried = 0
    meetings = standing.question.problem.meetings
    several = [each for each in _ahead(standing) if len(meetings[each].slots) > 1]
    for meeting in several[:20]:
        now = arrangement(session, standing.planned(meeting), standing.question)
        for time in explain_meeting(standing, meeting, places(standing, meeting)[0]).times:
            wish = Wish(act=Adjustment.MOVE, meeting_id=meeting, slot=time.slot)
            assert _judged(standing, now, wish) is (not time.refusals), (meeting, time)
            tried += 1
    assert tried > 1


def test_who_is_only_busy_can_be_sent_once_that_is_lifted_and_the_gap_is_smaller(
    session: Session, standing: Standing, shelf: Shelf
) -> None:
    meeting, who = next(_only_busy(standing))
    before = standing.view(meeting).empty_seats
    for row in session.exec(select(tables.Busy).where(tables.Busy.representative_id == who.id)):
        session.delete(row)
    session.flush()
    wish = _wish(meeting, FREE, who)
    version = drafts.working_draft(session).version
    adjust_plan(session, COORDINATOR, shelf, wish, made_on=version, at=NOW)
    after = shelf.standing(session, COORDINATOR, at=NOW).view(meeting).empty_seats
    assert after == before - 1


def _only_busy(standing: Standing) -> Iterator[tuple[str, Someone]]:
    """Gaps, and who could fill them but for one other appointment."""
    for meeting in _ahead(standing):
        view = standing.view(meeting)
        if not view.empty_seats or len(standing.question.slot_positions[meeting]) > 1:
            continue
        for who in explain_meeting(standing, meeting, FREE).unable:
            if len(who.reasons) == 1 and "is dan bezet" in who.reasons[0].nl:
                yield meeting, who


def test_there_are_meetings_of_every_sort_in_the_year(session: Session) -> None:
    """What the tests above stand on: gaps, several times, deputies."""
    assert session.exec(select(tables.Slot).where(col(tables.Slot.position) > 0)).first()
    assert session.exec(select(tables.Busy)).first()
