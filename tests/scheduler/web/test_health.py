"""For who keeps watch: alive, and ready or not."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace

from starlette.testclient import TestClient

from scheduler.db.engine import Database
from scheduler.web.app import create_app
from scheduler.web.context import Context

ABSENT = "postgresql://nobody@127.0.0.1:1/nothing?connect_timeout=2"


def test_a_process_with_its_database_is_ready(browser: Callable[..., TestClient]) -> None:
    answer = browser().get("/readyz")
    assert (answer.status_code, answer.text) == (200, "ok")
    assert browser().head("/readyz").status_code == 200


def test_without_its_database_it_is_alive_and_not_ready(context: Context) -> None:
    with closing(Database(ABSENT)) as database:
        client = TestClient(create_app(replace(context, database=database)))
        assert client.get("/healthz").status_code == 200
        answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "nobody" not in answer.text
