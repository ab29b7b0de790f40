"""A new arrangement is in both persons' calendars at their very next request, feed and account."""

from collections.abc import Callable

import pytest
from icalendar import Calendar
from starlette.testclient import TestClient

from scheduler.db import drafts
from scheduler.db.stand_ins import newest_of
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.links import Links, Purpose
from scheduler.domain.terms import Role
from scheduler.flows.access.accounts import issue_account
from scheduler.flows.feeds.addresses import feeds_of
from scheduler.web.context import Context

Held = Callable[[str], list[dict[str, str]]]


@pytest.fixture
def held(browser: Callable[..., TestClient], context: Context) -> Held:
    """Reads somebody's feed and account: each meeting's title with its status."""
    client, passwords = browser(), {}

    def read(person: str) -> list[dict[str, str]]:
        with context.database.session() as session:
            feeds = feeds_of(session, COORDINATOR, context.key, "", at=context.clock())
            feed = next(each.url for each in feeds if each.subject_id == person)
            if person not in passwords:
                account = issue_account(session, COORDINATOR, person, "", at=context.clock())
                passwords[person] = account.password
        auth = (person, passwords[person])
        answers = [client.get(feed), client.get(f"/dav/{person}/overleggen/", auth=auth)]
        assert [each.status_code for each in answers] == [200, 200]
        return [_statuses(each.content) for each in answers]

    return read


def _statuses(content: bytes) -> dict[str, str]:
    events = Calendar.from_ical(content).walk("VEVENT")
    return {str(event["SUMMARY"]): str(event.get("STATUS", "")) for event in events}


def test_after_a_publication_both_calendars_hold_it(
    coordinator: TestClient, context: Context, held: Held
) -> None:
    title = "Voortgang prestatieafspraken Emmen"
    assert [title in each for each in held("r5")] == [False, False]
    fields = {"daad": "assign", "wie": "r5", "versie": "0"}
    assert coordinator.post("/rooster/m-emmen", data=fields).status_code == 200
    with context.database.session() as session:
        plan = drafts.working_draft(session).plan_id
    answer = coordinator.post(f"/publiceren/{plan}", data={"na": "2"})
    assert answer.status_code == 200, answer.text
    assert [title in each for each in held("r5")] == [True, True]
    assert [title in each for each in held("r4")] == [True, True]


def test_after_a_stand_in_is_taken_the_calendars_of_both_are_right(
    representative: TestClient, browser: Callable[..., TestClient], context: Context, held: Held
) -> None:
    title = "Woonvisie Tynaarlo"
    assert [title in each for each in held("r12")] == [True, True]
    assert [f"Vervanger: {title}" in each for each in held("r14")] == [True, True]
    representative.post("/overleg/m-vries/antwoord", data={"antwoord": "nee"})
    with context.database.session() as session:
        asker = Actor(Role.REPRESENTATIVE, "r12")
        request = newest_of(session, asker, "r12", "m-vries")
    assert request
    token = Links(context.key).token(Purpose.STAND_IN, request.id, "r14")
    assert browser().post(f"/invallen/{token}", data={"antwoord": "ja"}).status_code == 200
    assert [title in each for each in held("r12")] == [False, False]
    assert [title in each for each in held("r14")] == [True, True]
    assert [f"Vervanger: {title}" in each for each in held("r14")] == [False, False]
