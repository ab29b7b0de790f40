"""The API over the small province, and programs with keys to it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from calendars.stores import Guard
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.terms import ApiScope, Role
from scheduler.flows.software.api_keys import issue_key
from scheduler.settings import Api
from scheduler.web.app import create_app
from scheduler.web.context import Context

EMMEN = Actor(Role.MUNICIPALITY, "GM0114")
BASE = "http://127.0.0.1:8000/api/v1"


@pytest.fixture
def context(context: Context) -> Context:
    """With room for tests that ask much."""
    return replace(context, settings=replace(context.settings, api=Api(requests_per_minute=10**6)))


@pytest.fixture
def key_for(context: Context) -> Callable[..., str]:
    """Makes a key for a body and gives its secret."""

    def make(owner: Actor = EMMEN, *scopes: ApiScope) -> str:
        with context.database.session() as session:
            wanted = scopes or tuple(ApiScope)
            issued = issue_key(session, COORDINATOR, owner, "proef", wanted, at=context.clock())
        return issued.secret

    return make


@pytest.fixture
def app(context: Context) -> FastAPI:
    """The whole application; addresses of webhooks are looked up without a network."""
    made = create_app(context)
    made.state.api.state.guard = Guard(look_up=lambda _host, _port: ("93.184.216.34",))
    return made


@pytest.fixture
def program(app: FastAPI, key_for: Callable[..., str]) -> Callable[..., TestClient]:
    """Makes a body's program, with a key of its own."""

    def make(owner: Actor = EMMEN, *scopes: ApiScope) -> TestClient:
        headers = {"Authorization": f"Bearer {key_for(owner, *scopes)}"}
        return TestClient(app, base_url=BASE, headers=headers, raise_server_exceptions=False)

    return make


@pytest.fixture
def emmen(program: Callable[..., TestClient]) -> TestClient:
    return program()
