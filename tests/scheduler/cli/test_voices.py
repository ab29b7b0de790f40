"""`aantafel voices`: who was heard through whom, for people and for programs."""

import json
from collections.abc import Callable

from scheduler.cli.voices import _as_line
from scheduler.db.engine import Database
from scheduler.domain.access import COORDINATOR
from scheduler.flows.voices import voices


def test_nothing_published_is_nobody_heard(run: Callable[..., object]) -> None:
    ran = run("voices", "--json")
    assert (ran.code, json.loads(ran.out)) == (0, [])


def test_what_is_no_day_is_refused(run: Callable[..., object]) -> None:
    ran = run("voices", "--from", "gisteren")
    assert ran.code == 2
    assert "gisteren is not a day" in ran.err


def test_a_line_says_who_speaks_for_whom(province: Database) -> None:
    with province.session() as session:
        lines = {_as_line(each) for each in voices(session, COORDINATOR)}
    assert "2027-04-21T11:30:00Z m-urgentie: sbde through federatie, by md-sbde" in lines
    assert "2027-04-21T11:30:00Z m-urgentie: mevm speaks for itself" in lines
