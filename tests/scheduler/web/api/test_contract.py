"""The API does what its own description says: Schemathesis tries it out, with every check."""

import os
from collections.abc import Callable, Iterator

import pytest
import schemathesis
from fastapi import FastAPI
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, events, from_schema

from scheduler.domain.access import Actor
from scheduler.domain.terms import Role

EXAMPLES = int(os.environ.get("AANTAFEL_API_EXAMPLES", "2"))
"""How many documents are made up for each operation; `make soak-api` wants more."""


def failures(event: events.EngineEvent) -> Iterator[str]:
    """What an event says went wrong, one line each."""
    if isinstance(event, events.NonFatalError):
        yield f"{event.label}: {event.value!r}"
    elif isinstance(event, events.FatalError):
        yield repr(event.exception)
    elif isinstance(event, events.ScenarioFinished):
        for identifier, checks in event.recorder.checks.items():
            for check in checks:
                if check.status is not Status.SUCCESS and check.failure_info:
                    case = event.recorder.cases[identifier].value
                    said = " ".join(str(check.failure_info.failure).split())
                    body = f"{case.path_parameters} {case.query} {case.body!r}"
                    yield f"{event.phase.name} {case.operation.label}: {check.name}: {said} {body}"


def test_every_operation_answers_as_it_is_described(
    app: FastAPI, key_for: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # It counts connections in urllib3's own pools. urllib3-future, which caldav brings along, keeps
    # them elsewhere; and here no connection is opened at all.
    monkeypatch.setattr("schemathesis.transport.requests._count_opened_connections", lambda _: 0)
    key = key_for(Actor(Role.MUNICIPALITY, "GM0114"))
    config = SchemathesisConfig.from_dict(
        {
            "seed": 1,
            "headers": {"Authorization": f"Bearer {key}"},
            "continue-on-failure": True,
            "generation": {"max-examples": EXAMPLES, "database": "none", "deterministic": True},
        }
    )
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, config=config)
    seen = list(from_schema(schema).execute())
    found = [fault for event in seen for fault in failures(event)]
    assert not found, "\n".join(found)
    tried = {each.label for each in seen if isinstance(each, events.ScenarioFinished)}
    assert len(tried) > len(list(schema.get_all_operations())) - 1
