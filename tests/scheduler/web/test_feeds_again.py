"""Who asks for a feed again at once: answered from memory, and never with what no longer holds."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date

import pytest
from fastapi import FastAPI
from sqlalchemy import event
from starlette.testclient import TestClient

from calendars.ical import read
from scheduler.db.engine import Database
from scheduler.db.tables import Meeting, Plan, Representative
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.terms import FeedKind, MeetingState, PlanState, Role
from scheduler.flows.calendar_builder import Publisher
from scheduler.flows.feeds.addresses import feeds_of, renew_feed
from scheduler.flows.feeds.calendar_source import MEETINGS, PublishedCalendars
from scheduler.flows.publishing.publish_plan import publish_plan
from scheduler.web import errors
from scheduler.web.context import Context
from scheduler.web.feeds.serving import FeedDesk, FeedsFirst

R12 = Actor(Role.REPRESENTATIVE, "r12")


@dataclass
class Hand:
    """A clock of seconds that is moved by hand, and every statement that the database heard."""

    seconds: float = 0.0
    statements: list[str] = field(default_factory=list)

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def hand(context: Context) -> Hand:
    made = Hand()
    event.listen(
        context.database.engine,
        "before_cursor_execute",
        lambda _c, _u, statement, *_rest: made.statements.append(statement),
    )
    return made


@pytest.fixture
def client(context: Context, hand: Hand) -> Iterator[TestClient]:
    """Nothing but the feeds, with our own clock."""
    app = FastAPI()
    app.state.context = context
    errors.install(app)
    desk = FeedDesk(context, clock=hand)
    desk.mount(app)
    app.add_middleware(FeedsFirst, desk=desk, secure=True)
    with TestClient(app) as client:
        yield client


@pytest.fixture
def path(context: Context) -> str:
    with context.database.session() as session:
        (view,) = feeds_of(session, R12, context.key, "", at=context.clock())
    return view.url


@pytest.fixture
def elsewhere(context: Context) -> Iterator[Database]:
    """The same database in the hands of another process."""
    with closing(Database(str(context.database.engine.url))) as database:
        yield database


def _renew(database: Database, context: Context) -> None:
    with database.session() as session:
        renew_feed(
            session,
            R12,
            context.key,
            "",
            kind=FeedKind.REPRESENTATIVE,
            subject_id="r12",
            at=context.clock(),
        )


def _call_off(database: Database, context: Context) -> None:
    with database.session() as session:
        session.get_one(Meeting, "m-vries").state = MeetingState.CANCELLED
        draft = Plan(
            first_day=date(2027, 3, 1),
            last_day=date(2027, 12, 31),
            as_of=context.clock(),
            state=PlanState.DRAFT,
            created_at=context.clock(),
            seed=1,
            workers=1,
            time_limit_seconds=1,
        )
        session.add(draft)
        session.flush()
        publish_plan(session, COORDINATOR, draft.id, at=context.clock())


def test_who_asks_again_is_answered_without_the_database(
    client: TestClient, path: str, hand: Hand
) -> None:
    client.get(path)  # notes who asked, and so begins an edition
    first = client.get(path)
    heard = len(hand.statements)
    again = client.get(path)
    unchanged = client.get(path, headers={"if-none-match": first.headers["etag"]})
    assert len(hand.statements) == heard
    assert (again.content, unchanged.status_code) == (first.content, 304)
    assert again.headers["etag"] == first.headers["etag"]
    for answer in (again, unchanged):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "strict-transport-security" in answer.headers


def test_half_a_second_later_the_database_is_asked(
    client: TestClient, path: str, hand: Hand
) -> None:
    client.get(path)
    client.get(path)
    heard = len(hand.statements)
    hand.seconds = 0.5
    client.get(path)
    assert len(hand.statements) > heard


def test_another_kind_of_program_is_noted_first(
    client: TestClient, path: str, context: Context
) -> None:
    client.get(path, headers={"user-agent": "curl/8.5"})
    client.get(path, headers={"user-agent": "Thunderbird/153.7.0"})
    with context.database.session() as session:
        (view,) = feeds_of(session, R12, context.key, "", at=context.clock())
    assert view.last_client == "Thunderbird"


def test_what_this_process_writes_is_seen_at_once(
    client: TestClient, path: str, context: Context
) -> None:
    before = client.get(path)
    _call_off(context.database, context)
    after = client.get(path, headers={"if-none-match": before.headers["etag"]})
    assert after.status_code == 200
    assert b"GEANNULEERD: Woonvisie Tynaarlo" in after.content
    _renew(context.database, context)
    assert client.get(path).status_code == 410


def test_what_another_process_writes_is_seen_half_a_second_later(
    client: TestClient, path: str, context: Context, elsewhere: Database, hand: Hand
) -> None:
    before = client.get(path)
    _call_off(elsewhere, context)
    hand.seconds = 0.5
    assert len(read(client.get(path).content)) == len(read(before.content))
    assert b"GEANNULEERD: Woonvisie Tynaarlo" in client.get(path).content
    _renew(elsewhere, context)
    hand.seconds = 1.0
    assert client.get(path).status_code == 410


def test_a_meeting_called_off_stands_in_the_account_at_once(
    context: Context, elsewhere: Database
) -> None:

    source = PublishedCalendars(
        context.database, Publisher.of(context.settings), context.key, context.clock
    )
    assert not any(b"GEANNULEERD" in item.content for item in source.items("r12", MEETINGS))
    _call_off(elsewhere, context)
    assert any(b"GEANNULEERD" in item.content for item in source.items("r12", MEETINGS))


def test_a_feed_can_only_be_read(client: TestClient, path: str) -> None:
    answer = client.post(path)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("changes", [True, False])
def test_the_edition_of_a_database_rises_with_what_is_written(
    context: Context, changes: bool
) -> None:
    before = context.database.edition
    with context.database.session() as session:
        person = session.get_one(Representative, "r12")
        if changes:
            person.online = False
    assert (context.database.edition > before) == changes
