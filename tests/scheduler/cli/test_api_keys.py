"""Keys for other people's software, by the command line: shown once, listed, revoked."""

import json
from collections.abc import Callable
from typing import Any

Run = Callable[..., Any]


def test_a_key_is_shown_once_listed_and_revoked(run: Run) -> None:
    # The province needs no row of its own, so that this works before anything is loaded.
    words = ("province", "--name", "zaaksysteem", "--scope", "meetings:read", "--json")
    made = json.loads(run("api-key", "make", *words).out)
    assert made["key"].startswith(made["hint"])
    assert made["scopes"] == ["meetings:read"]
    listed = run("api-key", "list")
    assert made["key"] not in listed.out
    assert "zaaksysteem" in listed.out
    assert run("api-key", "revoke", made["id"]).code == 0
    (view,) = json.loads(run("api-key", "list", "--json").out)
    assert view["revoked"]
    assert "revoked" in run("api-key", "list").out


def test_without_a_choice_a_key_may_do_everything(run: Run) -> None:
    secret = run("api-key", "make", "province", "--name", "alles").out.strip()
    assert secret.startswith("aantafel_")
    (view,) = json.loads(run("api-key", "list", "--json").out)
    assert len(view["scopes"]) == 4


def test_only_bodies_that_ask_and_are_there_get_one(run: Run) -> None:
    assert run("api-key", "make", "coordinator", "--name", "x").code == 2
    assert run("api-key", "make", "municipality", "GM9999", "--name", "x").code == 2
    assert run("api-key", "make", "province", "--name", " ").code == 2
    assert run("api-key", "revoke", "ak-geen").code == 2
