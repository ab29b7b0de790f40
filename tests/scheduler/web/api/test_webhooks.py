"""Webhooks: signed for each subscriber, tried again, in order, and never to where they may not."""

import base64
import hmac
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_network
from typing import Any

import pytest
from fastapi import FastAPI
from sqlmodel import select
from starlette.testclient import TestClient

from calendars.stores import Guard
from scheduler.db.tables import Webhook, WebhookDelivery
from scheduler.domain.access import SYSTEM, Actor
from scheduler.domain.terms import DeliveryState, Role
from scheduler.flows.outside import Means, means_of
from scheduler.flows.software.deliver_webhooks import LEASE, claim_delivery
from scheduler.jobs.webhooks import deliver_due_webhooks
from scheduler.web.context import Context

WANTED = {
    "title": "Woonvisie",
    "character": "informing",
    "times": [{"startsAt": "2027-06-10T13:30:00Z"}],
    "mode": "online",
}
EVERYWHERE = (ip_network("0.0.0.0/0"),)


@dataclass
class Subscriber:
    """Somebody's server: keeps what it gets, and answers what it is told to."""

    url: str = ""
    status: int = 204
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    @property
    def types(self) -> list[str]:
        return [json.loads(body)["type"] for _, body in self.got]


@pytest.fixture
def subscriber() -> Iterator[Subscriber]:
    found = Subscriber()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            found.got.append(({k.lower(): v for k, v in self.headers.items()}, body))
            self.send_response(found.status)
            self.send_header("Location", found.url)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    found.url = f"http://127.0.0.1:{server.server_address[1]}/in"
    yield found
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def means(context: Context) -> Means:
    """As an installation that may go into its own network."""
    made = means_of(context.settings, context.database, context.key, context.clock)
    open_guard = Guard(allowed=EVERYWHERE, plain_http=True, ports=None)
    return Means(
        database=made.database,
        seal=made.seal,
        guard=open_guard,
        base_url=made.base_url,
        poll=made.poll,
        busy_ahead=made.busy_ahead,
        clock=made.clock,
    )


@pytest.fixture
def subscribed(emmen: TestClient, context: Context, subscriber: Subscriber) -> dict[str, Any]:
    """A webhook whose address is the subscriber's, as only a test's can be."""
    made = emmen.post("/webhooks", json={"url": "https://emmen.example/in"})
    assert made.status_code == 201, made.text
    document: dict[str, Any] = made.json()
    with context.database.session() as session:
        session.get_one(Webhook, document["id"]).url = subscriber.url
    return document


def test_a_subscriber_is_told_with_a_signature_that_it_can_check(
    emmen: TestClient,
    subscribed: dict[str, Any],
    subscriber: Subscriber,
    means: Means,
    context: Context,
) -> None:
    asked = emmen.post("/requests", json=WANTED).json()
    assert deliver_due_webhooks(means, context.key) == 1
    ((headers, body),) = subscriber.got
    secret = base64.b64decode(subscribed["secret"].removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    wanted = base64.b64encode(hmac.digest(secret, signed, "sha256")).decode()
    assert headers["webhook-signature"] == f"v1,{wanted}"
    assert headers["webhook-timestamp"] == str(int(context.clock().timestamp()))
    told = json.loads(body)
    assert told["type"] == "request.received"
    assert told["data"]["requestId"] == asked["id"]
    assert asked["title"] not in body.decode(), "what it is about is read over the API"
    assert deliver_due_webhooks(means, context.key) == 0


def test_the_secret_is_shown_once_and_each_has_its_own(
    emmen: TestClient, subscribed: dict[str, Any]
) -> None:
    other = emmen.post("/webhooks", json={"url": "https://emmen.example/ander"}).json()
    assert other["secret"] != subscribed["secret"]
    assert "secret" not in emmen.get(f"/webhooks/{other['id']}").json()
    assert len(emmen.get("/webhooks").json()["items"]) == 2


def test_only_what_is_wanted_is_told(
    emmen: TestClient, context: Context, subscriber: Subscriber, means: Means
) -> None:
    wanted = {"url": "https://emmen.example/in", "types": ["request.withdrawn"]}
    made = emmen.post("/webhooks", json=wanted).json()
    with context.database.session() as session:
        session.get_one(Webhook, made["id"]).url = subscriber.url
    asked = emmen.post("/requests", json=WANTED).json()
    emmen.put(f"/requests/{asked['id']}/cancellation")
    deliver_due_webhooks(means, context.key)
    assert subscriber.types == ["request.withdrawn"]


@pytest.mark.parametrize("status", [500, 404, 307])
def test_what_isnt_taken_is_tried_again_later_in_order(
    emmen: TestClient,
    subscribed: dict[str, Any],
    subscriber: Subscriber,
    means: Means,
    context: Context,
    clock: Any,
    status: int,
) -> None:
    subscriber.status = status
    asked = emmen.post("/requests", json=WANTED).json()
    emmen.put(f"/requests/{asked['id']}/cancellation")
    assert deliver_due_webhooks(means, context.key, chance=lambda: 0.99) == 0
    assert subscriber.types == ["request.received"], "the later one waits for the earlier"
    assert deliver_due_webhooks(means, context.key) == 0
    assert len(subscriber.got) == 1, "not at once"
    subscriber.status = 200
    clock.now += timedelta(minutes=1)
    assert deliver_due_webhooks(means, context.key) == 2
    assert subscriber.types == ["request.received", "request.received", "request.withdrawn"]
    assert subscriber.got[0][0]["webhook-id"] == subscriber.got[1][0]["webhook-id"]
    assert emmen.get(f"/webhooks/{subscribed['id']}").json()["waiting"] == 0


def test_after_three_days_it_is_given_up(
    emmen: TestClient,
    subscribed: dict[str, Any],
    subscriber: Subscriber,
    means: Means,
    context: Context,
    clock: Any,
) -> None:
    subscriber.status = 503
    emmen.post("/requests", json=WANTED)
    for _ in range(30):
        deliver_due_webhooks(means, context.key)
        clock.now += timedelta(hours=7)
    assert emmen.get(f"/webhooks/{subscribed['id']}").json()["failed"] == 1
    assert len(subscriber.got) < 14


def test_who_says_gone_is_left_alone(
    emmen: TestClient,
    subscribed: dict[str, Any],
    subscriber: Subscriber,
    means: Means,
    context: Context,
) -> None:
    subscriber.status = 410
    emmen.post("/requests", json=WANTED)
    deliver_due_webhooks(means, context.key)
    with context.database.session() as session:
        (row,) = session.exec(select(WebhookDelivery))
        assert (row.state, row.failure) == (DeliveryState.FAILED, "410")


def test_two_that_deliver_at_once_send_one(
    emmen: TestClient, subscribed: dict[str, Any], context: Context
) -> None:
    emmen.post("/requests", json=WANTED)
    at = context.clock()

    def claim(later: timedelta = timedelta()) -> object:
        with context.database.session() as session:
            return claim_delivery(session, SYSTEM, context.key, at=at + later)

    assert claim() is not None
    assert claim() is None
    assert claim(LEASE) is not None, "a killed one's is sent once more"


def test_our_own_network_is_out_of_reach(
    emmen: TestClient, app: FastAPI, context: Context, subscriber: Subscriber
) -> None:
    api = app.state.api
    api.state.guard = Guard(look_up=lambda _host, _port: ("127.0.0.1",))
    assert emmen.post("/webhooks", json={"url": "https://intern.example/"}).status_code == 409
    # A name may come to point elsewhere after it was approved: it is looked at again when sending.
    api.state.guard = Guard(look_up=lambda _host, _port: ("93.184.216.34",))
    made = emmen.post("/webhooks", json={"url": "https://intern.example/"}).json()
    with context.database.session() as session:
        session.get_one(Webhook, made["id"]).url = subscriber.url
    emmen.post("/requests", json=WANTED)
    closed = means_of(context.settings, context.database, context.key, context.clock)
    assert deliver_due_webhooks(closed, context.key) == 0
    assert subscriber.got == []
    with context.database.session() as session:
        (row,) = session.exec(select(WebhookDelivery))
        assert row.failure == "NotAllowed"


def test_a_webhook_that_is_ended_is_gone(
    emmen: TestClient, program: Callable[..., TestClient], subscribed: dict[str, Any]
) -> None:
    path = f"/webhooks/{subscribed['id']}"
    other = program(Actor(Role.PROVINCE))
    assert other.get(path).status_code == other.delete(path).status_code == 404
    assert other.get("/webhooks").json()["items"] == []
    assert emmen.delete(path).status_code == 204
    assert emmen.get(path).status_code == emmen.delete(path).status_code == 404


def test_another_bodys_events_go_elsewhere(
    program: Callable[..., TestClient],
    subscribed: dict[str, Any],
    subscriber: Subscriber,
    means: Means,
    context: Context,
) -> None:
    program(Actor(Role.MUNICIPALITY, "GM0106")).post("/requests", json=WANTED)
    assert deliver_due_webhooks(means, context.key) == 0
    assert subscriber.got == []


def test_ten_webhooks_are_enough(emmen: TestClient) -> None:
    made = [
        emmen.post("/webhooks", json={"url": f"https://emmen.example/{n}"}).status_code
        for n in range(11)
    ]
    assert made == [201] * 10 + [409]


def test_an_address_is_told_once(emmen: TestClient) -> None:
    wanted = {"url": "https://emmen.example/1"}
    assert [emmen.post("/webhooks", json=wanted).status_code for _ in range(2)] == [201, 409]
