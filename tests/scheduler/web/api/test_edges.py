"""Keys, rates, versions and what the API Design Rules ask for; what is wrong is a problem."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from sqlmodel import select
from starlette.testclient import TestClient

from scheduler.db.tables import ApiKey
from scheduler.domain.access import COORDINATOR
from scheduler.flows.software.api_keys import keys_of, revoke_key
from scheduler.web.api.caller import Paces
from scheduler.web.context import Context
from scheduler.web.pace import Pace


def test_a_stolen_database_opens_nothing(context: Context, key_for: Callable[..., str]) -> None:
    secret = key_for()
    with context.database.session() as session:
        (row,) = session.exec(select(ApiKey))
    assert secret not in row.model_dump_json()


def refused(app: FastAPI, header: str | None) -> Any:
    headers = {} if header is None else {"Authorization": header}
    client = TestClient(app, base_url="http://127.0.0.1:8000/api/v1", headers=headers)
    return client.get("/requests")


@pytest.mark.parametrize("header", [None, "Bearer aantafel_x", "Bearer", "Basic eDp5"])
def test_without_a_good_key_nobody_gets_in(app: FastAPI, header: str | None) -> None:
    answer = refused(app, header)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_revoked_key_works_no_more(
    app: FastAPI, context: Context, key_for: Callable[..., str]
) -> None:
    header = f"Bearer {key_for()}"
    assert refused(app, header).status_code == 200
    with context.database.session() as session:
        (view,) = keys_of(session, COORDINATOR)
        assert view.last_used_at == context.clock()
        revoke_key(session, COORDINATOR, view.id, at=context.clock())
    assert refused(app, header).status_code == 401


def test_a_cookie_opens_no_api(municipality: TestClient) -> None:
    assert municipality.get("/api/v1/requests").status_code == 401


def test_who_asks_too_often_has_to_wait(app: FastAPI, key_for: Callable[..., str]) -> None:
    api = app.state.api
    api.state.paces = Paces(
        keys=Pace(a_minute=2, clock=lambda: 0.0), strangers=Pace(a_minute=1, clock=lambda: 0.0)
    )
    header = f"Bearer {key_for()}"
    first, _, third = (refused(app, header) for _ in range(3))
    assert first.headers["ratelimit-limit"] == "2"
    assert first.headers["ratelimit-remaining"] == "1"
    assert third.status_code == 429
    assert int(third.headers["retry-after"]) > 0
    assert [refused(app, "Bearer x").status_code for _ in range(2)] == [401, 429]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/requests/", 404),
        ("GET", "/", 404),
        ("GET", "", 404),
        ("GET", "/requests/%0Ax", 400),
        ("GET", "/nergens", 404),
        ("DELETE", "/requests", 405),
        ("POST", "/requests/u-1/cancellation", 405),
    ],
)
def test_what_isnt_there_is_a_problem_too(
    emmen: TestClient, method: str, path: str, status: int
) -> None:
    answer = emmen.request(method, path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["api-version"] == "1.0.0"
    assert answer.json()["status"] == status


def test_what_may_be_done_at_an_address_is_said_whole(emmen: TestClient) -> None:
    assert emmen.delete("/requests").headers["allow"] == "GET, POST"


def test_a_body_that_is_too_large_isnt_read(emmen: TestClient) -> None:
    assert emmen.post("/requests", content=b"x" * 300_000).status_code == 413
    assert emmen.post("/requests", content=b"{").status_code == 400


def test_a_problem_speaks_the_language_that_is_asked_for(emmen: TestClient) -> None:
    english = emmen.get("/requests/u-0", headers={"Accept-Language": "en-GB"}).json()["detail"]
    dutch = emmen.get("/requests/u-0").json()["detail"]
    assert english.startswith("This doesn't exist")
    assert dutch.startswith("Dit bestaat niet")


def test_every_body_has_a_key_page_of_its_own(
    municipality: TestClient, coordinator: TestClient, context: Context, app: FastAPI
) -> None:
    form = {"naam": "zaaksysteem", "scopes": ["requests:read"]}
    page = municipality.post("/sleutels", data=form).text
    (secret,) = re.findall(r"<code>(aantafel_[^<]+)</code>", page)
    assert refused(app, f"Bearer {secret}").status_code == 200
    assert secret not in municipality.get("/sleutels").text
    assert municipality.post("/sleutels", data={"naam": "x"}).status_code == 400
    assert municipality.post("/sleutels", data={"scopes": ["requests:read"]}).status_code == 400
    coordinator.post("/sleutels", data=form | {"van": "corporation:lefier"})
    assert "Lefier" in coordinator.get("/sleutels").text
    assert municipality.get("/sleutels").text.count("/intrekken") == 1
    with context.database.session() as session:
        own, other = sorted(keys_of(session, COORDINATOR), key=lambda each: each.owner.role)[::-1]
    assert municipality.post(f"/sleutels/{other.id}/intrekken").status_code == 404
    for _ in range(2):
        assert municipality.post(f"/sleutels/{own.id}/intrekken").status_code == 200
    assert refused(app, f"Bearer {secret}").status_code == 401


@pytest.fixture
def described(emmen: TestClient) -> dict[str, Any]:
    answer = emmen.get("/openapi.json", headers={"Authorization": ""})
    assert answer.headers["access-control-allow-origin"] == "*"
    document: dict[str, Any] = answer.json()
    return document


def operations(described: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_the_description_follows_the_api_design_rules(described: dict[str, Any]) -> None:
    """The rules of the published linter (ADR 2.2), as far as they can be broken here."""
    assert re.fullmatch(r"3(\.\d+){1,2}", described["openapi"])
    assert re.fullmatch(r"\d+\.\d+\.\d+", described["info"]["version"])
    assert {"name", "email", "url"} <= set(described["info"]["contact"])
    assert [each["url"] for each in described["servers"]] == ["http://127.0.0.1:8000/api/v1"]
    assert set(described["paths"]["/openapi.json"]) == {"get"}
    identifiers = [operation["operationId"] for _, _, operation in operations(described)]
    assert len(set(identifiers)) == len(identifiers)
    for path, method, operation in operations(described):
        assert not path.endswith("/")
        assert re.fullmatch(r"(/([a-z0-9-]+|\{[a-zA-Z]+\}|openapi\.json))+", path)
        assert method in {"get", "post", "put", "patch", "delete"}
        assert operation["description"]
        assert "400" in operation["responses"] or path == "/openapi.json"
        for parameter in operation.get("parameters", ()):
            is_header = parameter["in"] == "header"
            assert is_header or re.fullmatch(r"[a-z][a-zA-Z0-9]*", parameter["name"])
        for status, answer in operation["responses"].items():
            assert "API-Version" in answer["headers"], (path, status)
            if status >= "4":
                assert set(answer["content"]) == {"application/problem+json"}


def test_the_schemas_follow_the_api_design_rules(described: dict[str, Any]) -> None:
    for name, schema in described["components"]["schemas"].items():
        assert re.fullmatch(r"([A-Z][a-z0-9]*)+", name)
        for each, part in schema.get("properties", {}).items():
            assert re.fullmatch(r"[a-z][a-zA-Z0-9]*", each), (name, each)
            if re.search(r"[dD]at(e|um)$", each):
                assert part["format"] == "date", (name, each)
    problem = described["components"]["schemas"]["Problem"]["properties"]
    assert {"status", "title", "detail"} <= set(problem)
