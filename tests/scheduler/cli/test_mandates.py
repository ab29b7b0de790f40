"""Who may speak for whom on a day, on a terminal and for a program."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from scheduler.cli.installation import installation
from scheduler.db import tables
from scheduler.domain.terms import MandateState

Run = Callable[..., Any]


def test_no_mandate_holds_where_there_is_none(run: Run) -> None:
    ran = run("mandates", "--on", "2027-03-01")
    assert (ran.code, ran.out) == (0, "No mandate holds on 2027-03-01.\n")
    assert json.loads(run("mandates", "--on", "2027-03-01", "--json").out) == []


def test_only_what_was_agreed_and_holds_is_listed(run: Run) -> None:
    with installation() as context, context.database.session() as session:
        for row in _rows():
            session.add(row)
            session.flush()
    listed = json.loads(run("mandates", "--on", "2027-03-01", "--json").out)
    assert listed == [
        {
            "id": "md-1",
            "giver": "sbde",
            "holder": "mevm",
            "municipalities": None,
            "topics": ["woonvisie"],
            "levels": ["province"],
            "from": "2027-01-01",
            "until": "2027-04-30",
            "power": "advises",
            "limits": "Niet over de huurprijs",
        }
    ]
    assert "MEVM speaks for SBDE; everywhere" in run("mandates", "--on", "2027-03-01").out
    assert json.loads(run("mandates", "--on", "2027-05-01", "--json").out) == []


def test_a_day_that_is_none_is_refused(run: Run) -> None:
    assert run("mandates", "--on", "morgen").code == 2


def _rows() -> list[tables.Row]:
    return [
        tables.Province(
            id="drenthe",
            name="Drenthe",
            timezone="Europe/Amsterdam",
            detour=1.3,
            speed_kmh=60,
            overhead_minutes=6,
            default_dwellings=500,
        ),
        tables.Region(id="zuid", province_id="drenthe", name="Zuid", weight=1),
        *(_organisation(each) for each in ("mevm", "sbde")),
        _mandate("md-1", stops_on=date(2027, 5, 1)),
        _mandate("md-2", state=MandateState.PROPOSED),
    ]


def _organisation(identifier: str) -> tables.Organisation:
    return tables.Organisation(
        id=identifier,
        name=identifier.upper(),
        full_name=identifier.upper(),
        region_id="zuid",
        capacity_minutes_per_year=1,
    )


def _mandate(identifier: str, **rest: Any) -> tables.Mandate:
    return tables.Mandate(
        id=identifier,
        giver_id="sbde",
        holder_id="mevm",
        everywhere=True,
        topics=["woonvisie"],
        levels=["province"],
        first_day=date(2027, 1, 1),
        last_day=date(2027, 12, 31),
        power="advises",
        limits="Niet over de huurprijs",
        **rest,
    )
