"""What surrounds every answer: headers, caching, compression, errors, the log, foreign forms."""

import gc
import logging
from collections.abc import Callable
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from scheduler.domain.access import COORDINATOR
from scheduler.domain.errors import (
    AanTafelError,
    BadInput,
    Gone,
    NotAllowed,
    NotFound,
    NothingToDo,
    Sentence,
)
from scheduler.domain.secrets import new_token
from scheduler.logs import log, scrubbed, set_up
from scheduler.web.app import create_app
from scheduler.web.assets import addresses
from scheduler.web.context import Context
from scheduler.web.feeds import publications as publication_feed
from scheduler.web.pages import ROUTERS

Browser = Callable[..., TestClient]
ITS_REASON = Sentence("Dit is waarom.", "This is why.")


@pytest.mark.parametrize("path", ["/", "/hulp", "/bestaat-niet", "/healthz"])
def test_every_answer_has_the_security_headers(coordinator: TestClient, path: str) -> None:
    headers = coordinator.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_over_tls_browsers_are_told_to_stay_there(context: Context) -> None:
    web = replace(context.settings.web, public_url="https://aantafel.example")
    secure = replace(context, settings=replace(context.settings, web=web))
    told = TestClient(create_app(secure)).get("/hulp").headers
    assert told["strict-transport-security"] == "max-age=31536000; includeSubDomains"
    assert "strict-transport-security" not in TestClient(create_app(context)).get("/hulp").headers


def test_while_serving_the_collector_leaves_what_was_imported_alone(context: Context) -> None:
    with TestClient(create_app(context)) as client:
        assert client.get("/healthz").status_code == 200
        assert gc.get_freeze_count() > 0
    assert gc.get_freeze_count() == 0


def test_the_health_check_is_plain(browser: Browser) -> None:
    answer = browser().get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok")
    assert browser().head("/healthz").status_code == 200


def test_signed_in_pages_are_never_kept(coordinator: TestClient) -> None:
    assert coordinator.get("/rooster").headers["cache-control"] == "no-store"


def test_a_static_file_with_its_digest_is_kept_for_good(browser: Browser) -> None:
    address = addresses()["css/tokens.css"]
    assert "immutable" in browser().get(address).headers["cache-control"]
    bare = browser().get("/static/css/tokens.css").headers["cache-control"]
    assert "immutable" not in bare


def test_pages_are_compressed(coordinator: TestClient) -> None:
    answer = coordinator.get("/agenda", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotFound("overleg", "m-1"), 404),
        (NotAllowed(), 403),
        (Gone(), 410),
        (BadInput(ITS_REASON, ITS_REASON), 400),
        (NothingToDo(ITS_REASON), 409),
        (AanTafelError(ITS_REASON), 500),
    ],
)
def test_each_error_becomes_its_answer_with_a_sentence(
    context: Context, error: AanTafelError, status: int
) -> None:
    app = create_app(context)

    def fail() -> None:
        raise error

    app.add_api_route("/proef", fail)
    answer = TestClient(app).get("/proef")
    assert answer.status_code == status
    assert error.sentences[0].nl in answer.text
    assert 'href="/"' in answer.text
    english = TestClient(app, cookies={"taal": "en"}).get("/proef").text
    assert error.sentences[0].en.replace("'", "&#39;") in english


@pytest.mark.parametrize("number", ["laatste", "0", "99999999999999999999"])
def test_what_isnt_a_number_is_refused_with_a_page(coordinator: TestClient, number: str) -> None:
    answer = coordinator.get(f"/publicatie/{number}")
    assert answer.status_code == 400
    assert "niet te lezen" in answer.text


def test_a_method_that_isnt_there_has_a_page(coordinator: TestClient) -> None:
    answer = coordinator.post("/rooster")
    assert answer.status_code == 405
    assert "Dit kan hier niet" in answer.text


def test_an_unexpected_fault_is_calm_and_logged_without_its_words(
    context: Context, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(context)

    def fail() -> None:
        raise RuntimeError("token=geheim")

    app.add_api_route("/proef", fail)
    with caplog.at_level(logging.INFO, log.name):
        answer = TestClient(app).get("/proef")
    assert answer.status_code == 500
    assert "Er is niets veranderd." in answer.text
    assert "RuntimeError at fail" in caplog.text
    assert "geheim" not in caplog.text + answer.text


def test_a_fault_halfway_leaves_nothing_behind(
    context: Context, coordinator: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = coordinator.get("/agenda/afgevaardigde/r12").text

    def fail(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr("scheduler.flows.feeds.addresses._view", fail)
        assert coordinator.post("/agenda/afgevaardigde/r12/nieuw-adres").status_code == 500
    assert coordinator.get("/agenda/afgevaardigde/r12").text == before


def test_the_log_holds_no_token(
    browser: Browser, link: Callable[..., str], caplog: pytest.LogCaptureFixture
) -> None:
    path = link(COORDINATOR, loopback_only=False)
    with caplog.at_level(logging.INFO, log.name):
        browser().get(path)
        browser().get("/feeds/abcdefgh/emmen.ics")
        browser().get("/hulp?geheim=1")
    assert path.rpartition("/")[2] not in caplog.text
    assert "GET /inloggen/- 200" in caplog.text
    assert "GET /feeds/-/emmen.ics 404" in caplog.text
    assert "geheim" not in caplog.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elders.example"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1:8000"},
    ],
)
def test_a_form_from_another_site_does_nothing(
    coordinator: TestClient, headers: dict[str, str]
) -> None:
    address = "/agenda/afgevaardigde/r12"
    before = coordinator.get(address).text
    answer = coordinator.post(f"{address}/nieuw-adres", headers=headers)
    assert answer.status_code == 403
    assert "Er is niets veranderd." in answer.text
    assert coordinator.get(address).text == before


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://127.0.0.1:8000"},
        {"Origin": "null"},
    ],
)
def test_our_own_form_does_its_work(coordinator: TestClient, headers: dict[str, str]) -> None:
    answer = coordinator.post("/agenda/afgevaardigde/r12/nieuw-adres", headers=headers)
    assert "Er is een nieuw adres" in answer.text


def test_reading_is_allowed_from_everywhere(coordinator: TestClient) -> None:
    answer = coordinator.get("/rooster", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 200


def test_no_address_with_a_token_is_logged_with_it() -> None:
    routers = (*ROUTERS, publication_feed.router)
    found = {route.path for router in routers for route in router.routes}
    paths = {path for path in found if "{token}" in path}
    assert len(paths) > 5
    for path in paths:
        token = new_token()
        assert token not in scrubbed(path.replace("{token}", token))


def test_each_answer_bears_the_id_that_its_lines_in_the_log_have(
    browser: Callable[..., TestClient], capsys: pytest.CaptureFixture[str]
) -> None:
    set_up()
    client = browser()
    own = client.get("/inloggen").headers["X-Request-Id"]
    assert own != client.get("/inloggen").headers["X-Request-Id"]
    proxied = {"X-Request-Id": "3f2a-proxy-1"}
    assert client.get("/inloggen", headers=proxied).headers["X-Request-Id"] == "3f2a-proxy-1"
    forged = {"X-Request-Id": "x] 200 forged line"}
    assert client.get("/inloggen", headers=forged).headers["X-Request-Id"] != "x] 200 forged line"
    lines = capsys.readouterr().err
    assert f"[{own}]" in lines
    assert "forged" not in lines
