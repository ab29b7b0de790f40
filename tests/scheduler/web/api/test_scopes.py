"""Every operation of the API asks for a scope, and a key that lacks it gets nowhere."""

import re
from collections.abc import Callable, Iterator

from fastapi import FastAPI
from starlette.testclient import TestClient

from scheduler.domain.access import Actor
from scheduler.domain.terms import ApiScope, Role
from scheduler.web.api.version import PREFIX

EMMEN = Actor(Role.MUNICIPALITY, "GM0114")
METHODS = {"get", "post", "put", "patch", "delete"}


def operations(app: FastAPI) -> Iterator[tuple[str, str]]:
    described = TestClient(app).get(f"{PREFIX}/openapi.json").json()
    for path, item in described["paths"].items():
        for method in sorted(METHODS & set(item)):
            if path != "/openapi.json":  # the description, which is everybody's
                yield method, re.sub(r"{[^}]+}", "x", path)


def opened_by(app: FastAPI, headers: dict[str, str]) -> set[tuple[str, str]]:
    client = TestClient(app, headers=headers, raise_server_exceptions=False)
    return {
        (method, path)
        for method, path in operations(app)
        if client.request(method, f"{PREFIX}{path}").status_code not in {401, 403}
    }


def test_each_scope_opens_its_own_operations_and_all_of_them_are_someones(
    app: FastAPI, key_for: Callable[..., str]
) -> None:
    everything = set(operations(app))
    by_scope = {
        scope: opened_by(app, {"Authorization": f"Bearer {key_for(EMMEN, scope)}"})
        for scope in ApiScope
    }
    assert set().union(*by_scope.values()) == everything
    for scope, opened in by_scope.items():
        others = set().union(*(each for name, each in by_scope.items() if name is not scope))
        assert opened, scope
        assert not opened & others, scope


def test_without_a_key_nothing_is_open(app: FastAPI) -> None:
    assert opened_by(app, {}) == set()
    assert opened_by(app, {"Authorization": "Bearer verzonnen"}) == set()
