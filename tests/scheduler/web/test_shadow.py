"""Coming along: seen by the table and in calendars, counted as work, never as presence."""

from sqlmodel import Session
from starlette.testclient import TestClient

from scheduler.db.engine import Database
from scheduler.db.feeds import Subject
from scheduler.db.published import published_meeting
from scheduler.db.views import MeetingView
from scheduler.domain.access import SYSTEM
from scheduler.domain.terms import FeedKind
from scheduler.flows.calendar_builder import Publisher, calendar_entries
from scheduler.flows.load.loads import WORKING
from scheduler.settings import Settings
from scheduler.web.context import Context


def _meeting(database: Database, meeting: str = "m-vries") -> MeetingView:
    with database.session() as session:
        return published_meeting(session, SYSTEM, meeting)


def _titles(session: Session, person: str, context: Context) -> list[str]:
    settings = Settings.read({})
    entries = calendar_entries(
        session,
        Subject(FeedKind.REPRESENTATIVE, person, ""),
        settings.feeds,
        Publisher.of(settings),
        at=context.clock(),
    )
    return [entry.title for entry in entries]


def test_who_comes_along_is_seen_and_takes_no_seat(
    coordinator: TestClient, province: Database, context: Context
) -> None:
    before = _meeting(province)
    page = coordinator.post("/overleg/m-vries/meelopen", data={"daad": "mee", "wie": "r5"}).text
    assert "Loopt mee" in page
    after = _meeting(province)
    assert [each.representative_id for each in after.shadows] == ["r5"]
    assert (after.attendees, after.deputy, after.voices) == (
        before.attendees,
        before.deputy,
        before.voices,
    )
    assert after.revision == before.revision + 1
    with province.session() as session:
        assert "Loopt mee: Woonvisie Tynaarlo" in _titles(session, "r5", context)
    again = coordinator.post("/overleg/m-vries/meelopen", data={"daad": "mee", "wie": "r5"})
    assert again.status_code == 200
    assert _meeting(province).revision == after.revision


def test_a_representative_goes_along_and_comes_back_on_it(
    representative: TestClient, province: Database
) -> None:
    other = "/overleg/m-vries/meelopen"
    assert representative.post(other, data={"daad": "mee"}).status_code == 400
    assert representative.post(other, data={"daad": "mee", "wie": "r5"}).status_code == 404
    assert representative.post("/overleg/m-emmen/meelopen", data={"daad": "mee"}).status_code == 404
    assert _meeting(province).shadows == ()


def test_nobody_comes_along_while_they_are_elsewhere(coordinator: TestClient) -> None:
    answer = coordinator.post("/overleg/m-eerder/meelopen", data={"daad": "mee", "wie": "r5"})
    assert answer.status_code == 409
    assert coordinator.post("/overleg/m-bod/meelopen", data={"daad": "dansen"}).status_code == 400


def test_who_stays_away_after_all_is_gone(coordinator: TestClient, province: Database) -> None:
    for act, number in (("mee", 1), ("toch-niet", 0), ("toch-niet", 0)):
        coordinator.post("/overleg/m-vries/meelopen", data={"daad": act, "wie": "r5"})
        assert len(_meeting(province).shadows) == number


def test_coming_along_is_work() -> None:
    assert {part.value for part in WORKING} == {"attendee", "shadow"}
