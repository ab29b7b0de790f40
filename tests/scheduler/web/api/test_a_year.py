"""A municipality's year by API, half of it changed while the planner runs: nothing is lost."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from sqlmodel import Session, col, select
from starlette.testclient import TestClient

from scheduler.db.tables import Event, Meeting, MeetingRequest, PublishedMeeting, Slot
from scheduler.domain.access import COORDINATOR, SYSTEM
from scheduler.domain.errors import NothingToDo
from scheduler.domain.requests import StepNotPossible
from scheduler.domain.terms import EventKind, MeetingState, RequestState
from scheduler.flows.planning.plan_period import Wish, queue_plan
from scheduler.flows.publishing.publish_plan import publish_plan
from scheduler.flows.requests.accept_request import accept_request
from scheduler.jobs.planning import solve_next
from scheduler.web.context import Context

NUMBER = int(os.environ.get("AANTAFEL_YEAR_REQUESTS", "24"))
"""How many requests; `make soak-api` takes a whole year's 400."""

WISH = Wish(
    first_day=date(2027, 3, 1),
    last_day=date(2028, 2, 28),
    time_limit_seconds=max(2, NUMBER / 20),
    workers=1,
)


def wanted(number: int) -> dict[str, Any]:
    """The so many-th request of the year: one on a working day, at an hour of its own."""
    day = datetime(2027, 4, 5, 9, tzinfo=UTC) + timedelta(days=number * 300 // NUMBER)
    starts = day + timedelta(hours=number % 8, minutes=15 * (number % 4))
    return {
        "title": f"Overleg {number}",
        "character": ("deciding", "advising", "informing")[number % 3],
        "times": [{"startsAt": starts.isoformat(), "lengthMinutes": 60}],
        "mode": "online",
        "reference": f"Z-{number}",
    }


@contextmanager
def planning(context: Context) -> Iterator[None]:
    """A coordinator who accepts what comes in, plans and publishes, until the block ends."""
    done = threading.Event()
    failed: list[BaseException] = []

    def work() -> None:
        try:
            while not done.is_set():
                _plan_once(context)
        except BaseException as error:  # noqa: BLE001 - told by the test
            failed.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
    assert failed == []


def _plan_once(context: Context) -> None:
    _accept_all(context)
    with context.database.session() as session:
        number = queue_plan(session, SYSTEM, WISH, at=context.clock())
    assert solve_next(context.database, context.policy, clock=context.clock) == number
    with context.database.session() as session:
        try:
            publish_plan(session, COORDINATOR, number, at=context.clock())
        except NothingToDo:
            session.rollback()


def _accept_all(context: Context) -> None:
    waiting = select(MeetingRequest.id).where(MeetingRequest.state == RequestState.RECEIVED)
    with context.database.session() as session:
        identifiers = session.exec(waiting).all()
    for identifier in identifiers:
        # What was withdrawn meanwhile is refused, as a coordinator who presses too late is told.
        with context.database.session() as session, suppress(StepNotPossible):
            accept_request(session, COORDINATOR, identifier, at=context.clock())


def sent(client: TestClient, method: str, path: str, **rest: Any) -> dict[str, Any]:
    """Send it until it is answered: a database that is busy says so, and when to come again."""
    for _ in range(20):
        answer = client.request(method, path, **rest)
        if answer.status_code != 503:
            break
    assert answer.status_code in {200, 201}, answer.text
    document: dict[str, Any] = answer.json()
    return document


def test_no_request_of_a_year_is_lost_and_each_state_is_explained(
    context: Context, program: Callable[..., TestClient]
) -> None:
    emmen, chance = program(), Random(7)
    asked: dict[str, int] = {}
    withdrawn: set[str] = set()
    moved: dict[str, str] = {}
    with planning(context):
        for number in range(NUMBER):
            named = {"Idempotency-Key": f"year-{number}"}
            made = sent(emmen, "POST", "/requests", json=wanted(number), headers=named)
            asked[made["id"]] = number
        for identifier in chance.sample(sorted(asked), NUMBER // 2):
            if chance.random() < 0.5:
                sent(emmen, "PUT", f"/requests/{identifier}/cancellation")
                withdrawn.add(identifier)
            else:
                starts = datetime(2027, 5, 3, 18, tzinfo=UTC) + timedelta(days=asked[identifier])
                times = [{"startsAt": starts.isoformat(), "lengthMinutes": 60}]
                found = sent(emmen, "PUT", f"/requests/{identifier}/times", json={"times": times})
                moved[identifier] = found["times"][0]["startsAt"]
    _plan_once(context)

    found = dict(_all(emmen))
    assert found.keys() == asked.keys(), "no request is lost, and none is there twice"
    assert {"confirmed", "withdrawn"} <= {each["state"] for each in found.values()}
    for identifier, request in found.items():
        assert request["reference"] == f"Z-{asked[identifier]}"
        assert request["explanation"]
        assert (request["state"] == "withdrawn") == (identifier in withdrawn)
        if identifier in moved:
            assert request["times"][0]["startsAt"] == moved[identifier]
    with context.database.session() as session:
        for row in session.exec(select(MeetingRequest)).all():
            _is_explained(session, row)


def _all(client: TestClient) -> Iterator[tuple[str, dict[str, Any]]]:
    after: str | None = ""
    while after is not None:
        page = client.get("/requests", params={"after": after, "limit": 100}).json()
        yield from ((each["id"], each) for each in page["items"])
        after = page["next"]


_SAYS = {
    RequestState.RECEIVED: {EventKind.REQUEST_RECEIVED, EventKind.REQUEST_MOVED},
    RequestState.PLANNED: {
        EventKind.REQUEST_PLANNED,
        EventKind.REQUEST_MOVED,
        EventKind.REQUEST_REOPENED,
    },
    RequestState.CONFIRMED: {EventKind.REQUEST_CONFIRMED},
    RequestState.WITHDRAWN: {EventKind.REQUEST_WITHDRAWN},
}


def _is_explained(session: Session, row: MeetingRequest) -> None:
    """The last that happened to it led to its state, and its meeting is what the state says."""
    events = session.exec(
        select(Event).where(Event.request_id == row.id).order_by(col(Event.id))
    ).all()
    assert events[0].kind is EventKind.REQUEST_RECEIVED
    assert events[-1].state is row.state
    assert events[-1].kind in _SAYS[row.state], (row.id, row.state, [e.kind for e in events])
    if row.meeting_id is None:
        assert row.state is RequestState.WITHDRAWN
        return
    meeting = session.get_one(Meeting, row.meeting_id)
    off = meeting.state is MeetingState.CANCELLED
    assert off == (row.state is RequestState.WITHDRAWN)
    published = session.exec(
        select(PublishedMeeting).where(
            PublishedMeeting.meeting_id == meeting.id,
            col(PublishedMeeting.last_publication).is_(None),
        )
    ).first()
    if row.state is RequestState.CONFIRMED:
        slot = session.exec(select(Slot).where(Slot.meeting_id == meeting.id)).one()
        assert published is not None
        assert (published.starts_at, published.ends_at) == (slot.starts_at, slot.ends_at)
    if off and published is not None:
        assert published.state is MeetingState.CANCELLED
