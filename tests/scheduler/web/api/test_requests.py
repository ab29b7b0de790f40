"""Asking, following, changing and cancelling by a program."""

from collections.abc import Callable

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from scheduler.db.tables import MailAddress, MeetingRequest
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.terms import ApiScope, RequestSource, Role
from scheduler.flows.requests.accept_request import accept_request
from scheduler.flows.requests.change_request import decline_request
from scheduler.flows.requests.propose_times import propose_times
from scheduler.flows.requests.request_times import TypedTime
from scheduler.web.context import Context

WANTED = {
    "title": "Woonzorgvisie: eerste bespreking",
    "character": "advising",
    "times": [{"startsAt": "2027-06-10T13:30:00+02:00", "lengthMinutes": 90}],
    "organisations": ["federatie"],
    "papers": ["https://emmen.example/stuk.pdf"],
    "contact": "wonen@emmen.example",
    "answerUntil": "2027-05-01",
    "reference": "Z-2027-1",
}
ASSEN = Actor(Role.MUNICIPALITY, "GM0106")


@pytest.fixture
def asked(emmen: TestClient) -> str:
    answer = emmen.post("/requests", json=WANTED)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def test_a_program_asks_and_reads_it_back(emmen: TestClient, context: Context, asked: str) -> None:
    answer = emmen.get(f"/requests/{asked}")
    assert answer.headers["api-version"] == "1.0.0"
    found = answer.json()
    assert found["state"] == "received"
    assert found["explanation"] == "De uitnodiging wacht op een antwoord van de coördinator."
    assert found["times"] == [
        {
            "day": "2027-06-10",
            "startsAt": "2027-06-10T11:30:00Z",
            "endsAt": "2027-06-10T13:00:00Z",
        }
    ]
    assert found["organisations"] == [{"id": "federatie", "name": "De Huurdersfederatie"}]
    assert found["followUrl"].startswith(f"http://127.0.0.1:8000/verzoek/{asked}.")
    with context.database.session() as session:
        (row,) = session.exec(select(MeetingRequest))
        assert row.source is RequestSource.API
        assert len(session.exec(select(MailAddress)).all()) == 1


def test_the_location_leads_to_it(emmen: TestClient) -> None:
    answer = emmen.post("/requests", json=WANTED)
    path = answer.headers["location"].removeprefix("/api/v1")
    assert emmen.get(path).json() == answer.json()


def test_the_same_post_twice_asks_once(emmen: TestClient) -> None:
    named = {"Idempotency-Key": "post-1"}
    first, second = (emmen.post("/requests", json=WANTED, headers=named) for _ in range(2))
    assert second.status_code == 201
    assert second.content == first.content
    assert second.headers["location"] == first.headers["location"]
    assert (first.headers.get("idempotency-replayed"), second.headers["idempotency-replayed"]) == (
        None,
        "true",
    )
    other = emmen.post("/requests", json=WANTED | {"title": "Anders"}, headers=named)
    assert other.status_code == 409
    assert len(emmen.get("/requests").json()["items"]) == 1


def test_one_programs_post_is_not_anothers(
    emmen: TestClient, program: Callable[..., TestClient]
) -> None:
    named = {"Idempotency-Key": "post-1"}
    for client in (emmen, program(ASSEN)):
        assert client.post("/requests", json=WANTED, headers=named).status_code == 201
    assert len(emmen.get("/requests").json()["items"]) == 1


def test_whoever_has_dwellings_there_is_asked_where_none_is_named(emmen: TestClient) -> None:
    wanted = {name: value for name, value in WANTED.items() if name != "organisations"}
    assert emmen.post("/requests", json=wanted).json()["organisations"] is None


def test_a_list_is_read_page_by_page(emmen: TestClient) -> None:
    made = {
        emmen.post("/requests", json=WANTED | {"reference": f"Z{n}"}).json()["id"] for n in range(5)
    }
    seen: list[str] = []
    after: str | None = ""
    while after is not None:
        page = emmen.get("/requests", params={"after": after, "limit": 2}).json()
        seen += [each["id"] for each in page["items"]]
        after = page["next"]
    assert (sorted(seen), set(seen)) == (seen, made)
    (found,) = emmen.get("/requests", params={"reference": "Z3"}).json()["items"]
    assert found["reference"] == "Z3"
    assert emmen.get("/requests", params={"state": "declined"}).json()["items"] == []


def test_what_it_says_can_be_changed(emmen: TestClient, asked: str) -> None:
    wanted = {"title": "Anders", "conferenceUrl": "https://vergader.example/1", "papers": []}
    changed = emmen.patch(f"/requests/{asked}", json=wanted).json()
    assert (changed["title"], changed["papers"]) == ("Anders", [])
    assert changed["question"] == ""
    assert emmen.patch(f"/requests/{asked}", json={}).status_code == 200


def test_it_can_be_moved_and_cancelled_and_twice_is_once(emmen: TestClient, asked: str) -> None:
    times = {"times": [{"startsAt": "2027-06-17T19:00:00+02:00"}]}
    for _ in range(2):
        moved = emmen.put(f"/requests/{asked}/times", json=times).json()
        assert moved["times"][0]["startsAt"] == "2027-06-17T17:00:00Z"
        assert moved["times"][0]["endsAt"] == "2027-06-17T19:00:00Z"
    for _ in range(2):
        assert emmen.put(f"/requests/{asked}/cancellation").json()["state"] == "withdrawn"
    assert emmen.put(f"/requests/{asked}/times", json=WANTED_TIMES).status_code == 409
    assert emmen.patch(f"/requests/{asked}", json={"title": "Toch"}).status_code == 409
    types = [each["type"] for each in emmen.get("/changes").json()["items"]]
    assert types[-3:] == ["request.received", "request.moved", "request.withdrawn"]


WANTED_TIMES = {"times": [{"startsAt": "2027-06-18T19:00:00Z", "lengthMinutes": 60}]}


def test_a_reasoned_no_is_read(emmen: TestClient, context: Context, asked: str) -> None:
    with context.database.session() as session:
        decline_request(session, COORDINATOR, asked, "Te kort dag.", at=context.clock())
    found = emmen.get(f"/requests/{asked}").json()
    assert found["explanation"] == "De huurders komen niet: Te kort dag."
    assert emmen.put(f"/requests/{asked}/cancellation").status_code == 409


def test_a_proposal_is_answered(emmen: TestClient, context: Context, asked: str) -> None:
    with context.database.session() as session:
        number = propose_times(
            session,
            COORDINATOR,
            asked,
            (TypedTime("2027-06-17", "19:00", "21:00"),),
            "Dan kunnen er meer.",
            at=context.clock(),
        )
    proposal = emmen.get(f"/requests/{asked}").json()["proposal"]
    assert (proposal["id"], proposal["state"]) == (number, "open")
    taken = {"proposalId": number, "position": 0}
    for _ in range(2):
        found = emmen.put(f"/requests/{asked}/proposal-answer", json=taken).json()
        assert found["proposal"]["state"] == "taken"
        assert found["times"][0]["startsAt"] == "2027-06-17T17:00:00Z"
    refused = emmen.put(f"/requests/{asked}/proposal-answer", json={"proposalId": number})
    assert refused.status_code == 409


def test_a_meeting_that_comes_of_it_is_named(
    emmen: TestClient, context: Context, asked: str
) -> None:
    with context.database.session() as session:
        meeting = accept_request(session, COORDINATOR, asked, at=context.clock())
    found = emmen.get(f"/requests/{asked}").json()
    assert (found["state"], found["meetingId"]) == ("planned", meeting)


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"times": [{"startsAt": "2027-03-01T10:00:00Z"}]}, "/times/0"),
        ({"times": [{"startsAt": "2035-03-01T10:00:00Z"}]}, "/times/0"),
        ({"times": [WANTED_TIMES["times"][0]] * 2}, "/times/1"),
        ({"organisations": ["nergens"]}, "/organisations"),
        ({"tableId": "t-GM0106"}, "/tableId"),
        ({"answerUntil": "2027-06-12"}, "/answerUntil"),
    ],
)
def test_what_doesnt_fit_the_facts_is_a_conflict(
    emmen: TestClient, change: dict[str, object], pointer: str
) -> None:
    answer = emmen.post("/requests", json=WANTED | change)
    assert answer.status_code == 409
    assert answer.headers["content-type"] == "application/problem+json"
    assert [each["location"]["pointer"] for each in answer.json()["errors"]] == [pointer]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"title": "   "}, "/title"),
        ({"times": []}, "/times"),
        ({"times": [{"startsAt": "2027-06-10T13:30:00"}]}, "/times/0/startsAt"),
        ({"times": [{"startsAt": 1}]}, "/times/0/startsAt"),
        ({"character": "boos"}, "/character"),
        ({"nieuw": 1}, "/nieuw"),
        ({"papers": ["javascript:alert(1)"]}, "/papers/0"),
    ],
)
def test_what_the_schema_refuses_is_a_bad_request(
    emmen: TestClient, change: dict[str, object], pointer: str
) -> None:
    answer = emmen.post("/requests", json=WANTED | change)
    assert answer.status_code == 400
    assert pointer in [each["location"]["pointer"] for each in answer.json()["errors"]]


def test_another_bodys_request_looks_like_none(
    program: Callable[..., TestClient], context: Context, asked: str
) -> None:
    other = program(ASSEN)
    for method, path, body in (
        ("GET", "", None),
        ("PATCH", "", {"title": "Gekaapt"}),
        ("PUT", "/times", WANTED_TIMES),
        ("PUT", "/cancellation", None),
        ("PUT", "/proposal-answer", {"proposalId": 1}),
    ):
        answers = [
            other.request(method, f"/requests/{each}{path}", json=body)
            for each in (asked, "u-0000000000")
        ]
        assert {answer.status_code for answer in answers} == {404}
        assert len({answer.text.replace(asked, "u-0000000000") for answer in answers}) == 1
    assert other.get("/requests").json()["items"] == []
    assert {each["requestId"] for each in other.get("/changes").json()["items"]} == {None}
    with context.database.session() as session:
        assert session.get_one(MeetingRequest, asked).title == WANTED["title"]


@pytest.mark.parametrize(
    ("scope", "allowed"),
    [
        (ApiScope.REQUESTS_READ, {"GET /requests", "GET /changes"}),
        (ApiScope.REQUESTS_WRITE, {"POST /requests"}),
        (ApiScope.MEETINGS_READ, {"GET /meetings", "GET /vergaderingen"}),
        (ApiScope.WEBHOOKS_WRITE, {"GET /webhooks"}),
    ],
)
def test_a_key_does_what_its_scopes_allow(
    program: Callable[..., TestClient], scope: ApiScope, allowed: set[str]
) -> None:
    client = program(Actor(Role.MUNICIPALITY, "GM0114"), scope)
    calls = ("GET /requests", "GET /changes", "GET /meetings", "GET /vergaderingen")
    for call in (*calls, "GET /webhooks", "POST /requests"):
        method, path = call.split()
        answer = client.request(method, path, json=WANTED if method == "POST" else None)
        assert answer.status_code in ({200, 201} if call in allowed else {403}), call
