"""How the application is doing, in plain words, for the coordinator alone."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from scheduler.db import tables
from scheduler.db.engine import Database
from scheduler.settings import Settings
from scheduler.web.context import Context


@pytest.fixture
def context(context: Context, tmp_path: Any) -> Context:
    return replace(context, settings=Settings.read({"AANTAFEL_DATA": str(tmp_path)}))


@pytest.mark.sqlite
def test_all_is_well_and_said_in_one_sentence(coordinator: TestClient) -> None:
    page = coordinator.get("/status").text
    assert "Alles werkt." in page
    assert "0 in de maak, 0 in de rij." in page
    assert 'href="/publicatie/2"' in page
    assert 'href="/status"' in coordinator.get("/logboek").text


def test_what_needs_somebody_says_what_to_do(
    coordinator: TestClient, province: Database, clock: Any
) -> None:
    with province.session() as session:
        plan = session.exec(select(tables.Plan)).first()
        rest = plan.model_dump(exclude={"id", "state", "created_at", "mode"})
        session.add(tables.Plan(**rest, state="queued", created_at=clock() - timedelta(minutes=11)))
    page = coordinator.get("/status").text
    assert "1 roosters wachten al langer dan tien minuten." in page
    assert "Stuur deze bladzijde naar uw beheerder." in page


@pytest.mark.postgresql
def test_on_postgresql_it_is_said_that_nobody_works(coordinator: TestClient) -> None:
    assert "Start ten minste één keer `aantafel work`." in coordinator.get("/status").text


def test_only_the_coordinator_sees_it(representative: TestClient, municipality: TestClient) -> None:
    assert {each.get("/status").status_code for each in (representative, municipality)} == {403}
