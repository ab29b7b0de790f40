"""What a monitor reads, and who may."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlmodel import select
from starlette.testclient import TestClient

from scheduler.db import tables
from scheduler.db.engine import Database
from scheduler.domain.access import COORDINATOR
from scheduler.flows.feeds.addresses import feeds_of
from scheduler.settings import Metrics, MetricsAccess
from scheduler.web.app import create_app
from scheduler.web.context import Context

TOKEN = "een-lang-en-geheim-token"


@pytest.fixture
def monitor(context: Context) -> Callable[..., TestClient]:
    """A program that watches, where the metrics are open as said."""

    def make(access: MetricsAccess, *, host: str = "127.0.0.1", **headers: str) -> TestClient:
        settings = replace(context.settings, metrics=Metrics(access=access, token=TOKEN))
        app = create_app(replace(context, settings=settings))
        return TestClient(app, client=(host, 50_000), headers=headers)

    return make


def _read(client: TestClient) -> dict[tuple[str, ...], float]:
    answer = client.get("/metrics")
    assert answer.status_code == 200
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_the_rows_and_the_requests_are_told(monitor: Any, province: Database) -> None:
    client = monitor(MetricsAccess.TOKEN, authorization=f"Bearer {TOKEN}")
    client.get("/inloggen")
    client.get("/geen-bladzijde/met-een-geheim")
    found = _read(client)
    assert found["aantafel_publication",] == 2
    assert found["aantafel_jobs", "plan", "waiting"] == 0
    assert found["aantafel_jobs", "plan", "done"] == 2
    assert found["aantafel_mails", "failed"] == 0
    assert found["aantafel_jobs_oldest_seconds",] == 0
    assert found["aantafel_request_seconds_count", "pages", "2xx"] == 1
    assert found["aantafel_request_seconds_count", "pages", "4xx"] == 1
    assert "geheim" not in client.get("/metrics").text


def test_how_old_the_queue_is_is_told(monitor: Any, province: Database, clock: Any) -> None:
    with province.session() as session:
        plan = session.exec(select(tables.Plan)).first()
        rest = plan.model_dump(exclude={"id", "state", "created_at", "mode"})
        session.add(tables.Plan(**rest, state="queued", created_at=clock()))
    clock.now = clock.now.replace(minute=clock.now.minute + 3)
    found = _read(monitor(MetricsAccess.LOOPBACK))
    assert found["aantafel_jobs", "plan", "waiting"] == 1
    assert found["aantafel_jobs_oldest_seconds",] == 180


def test_reads_of_feeds_are_counted(monitor: Any, context: Context) -> None:
    with context.database.session() as session:
        feed = feeds_of(session, COORDINATOR, context.key, "", at=context.clock())[0]
    path = feed.url
    client = monitor(MetricsAccess.LOOPBACK)
    tag = client.get(path).headers["ETag"]
    client.get(path)
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    found = _read(client)
    assert found["aantafel_feed_reads_total", "whole"] == 2
    assert found["aantafel_feed_reads_total", "unchanged"] == 1


@pytest.mark.parametrize(
    ("access", "host", "headers"),
    [
        (MetricsAccess.OFF, "127.0.0.1", {"authorization": f"Bearer {TOKEN}"}),
        (MetricsAccess.TOKEN, "127.0.0.1", {}),
        (MetricsAccess.TOKEN, "127.0.0.1", {"authorization": "Bearer een-ander"}),
        (MetricsAccess.TOKEN, "127.0.0.1", {"authorization": f"Basic {TOKEN}"}),
        (MetricsAccess.LOOPBACK, "192.0.2.1", {}),
        (MetricsAccess.LOOPBACK, "127.0.0.1", {"x-forwarded-for": "127.0.0.1"}),
        (MetricsAccess.LOOPBACK, "127.0.0.1", {"authorization": f"Bearer {TOKEN}", "via": "1.1 x"}),
    ],
)
def test_nobody_else_sees_that_they_are_there(
    monitor: Any, access: MetricsAccess, host: str, headers: dict[str, str]
) -> None:
    client = monitor(access, host=host, **headers)
    assert client.get("/metrics").status_code == 404
