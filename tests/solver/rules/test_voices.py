from datetime import date
from typing import Any

import pytest

BROKEN = [("voices", "m-1", None)]
ALL = {"o-a": 5, "o-b": 3, "o-c": 1}


@pytest.fixture
def table(make: Any) -> Any:
    def with_mandates(*mandates: Any, interested: Any = None, **changes: Any) -> Any:
        people = [make.person("r-a"), make.person("r-a2"), make.person("r-b", "o-b")]
        meeting = make.meeting("m-1", interested=interested or ALL)
        return make.problem(people, [meeting], mandates=mandates, **changes)

    return with_mandates


def test_who_attends_speaks_for_itself(make: Any, table: Any) -> None:
    problem = table()
    assert make.broken(problem, make.planned("m-1", "r-a", voices={"o-a": "o-a"})) == []
    assert make.broken(problem, make.planned("m-1", "r-a", voices={})) == BROKEN


def test_nobody_else_speaks_for_who_attends(make: Any, table: Any) -> None:
    problem = table(make.mandate("o-b", "o-a"))
    voices = {"o-a": "o-a", "o-b": "o-a"}
    assert make.broken(problem, make.planned("m-1", "r-a", "r-b", voices=voices)) == BROKEN


def test_a_mandate_in_force_lets_an_attending_organisation_speak(make: Any, table: Any) -> None:
    plan = make.planned("m-1", "r-a", voices={"o-a": "o-a", "o-b": "o-a"})
    assert make.broken(table(make.mandate("o-b", "o-a")), plan) == []
    assert make.broken(table(), plan) == BROKEN
    ended = make.mandate("o-b", "o-a", last_day=date(2027, 3, 1))
    assert make.broken(table(ended), plan) == BROKEN


def test_an_absent_organisation_speaks_for_nobody(make: Any, table: Any) -> None:
    problem = table(make.mandate("o-b", "o-c"))
    plan = make.planned("m-1", "r-a", voices={"o-a": "o-a", "o-b": "o-c"})
    assert make.broken(problem, plan) == BROKEN


def test_only_interested_organisations_are_heard(make: Any, table: Any) -> None:
    problem = table(make.mandate("o-b", "o-a"), interested={"o-a": 1})
    plan = make.planned("m-1", "r-a", voices={"o-a": "o-a", "o-b": "o-a"})
    assert make.broken(problem, plan) == BROKEN


def test_the_mandates_that_one_brings_grow_with_its_attendees(make: Any, table: Any) -> None:
    problem = table(make.mandate("o-b", "o-a"), make.mandate("o-c", "o-a"))
    voices = {"o-a": "o-a", "o-b": "o-a", "o-c": "o-a"}
    assert make.broken(problem, make.planned("m-1", "r-a", voices=voices)) == BROKEN
    assert make.broken(problem, make.planned("m-1", "r-a", "r-a2", voices=voices)) == []


def test_who_could_be_heard_may_be_left_out(make: Any, table: Any) -> None:
    problem = table(make.mandate("o-b", "o-a"))
    assert make.broken(problem, make.planned("m-1", "r-a")) == []


def test_a_holder_without_interest_may_speak_and_not_for_itself(make: Any, table: Any) -> None:
    problem = table(make.mandate("o-b", "o-a"), interested={"o-b": 1})
    heard = make.planned("m-1", "r-a", voices={"o-b": "o-a"})
    itself = make.planned("m-1", "r-a", voices={"o-b": "o-a", "o-a": "o-a"})
    assert make.broken(problem, heard) == []
    assert make.broken(problem, itself) == BROKEN
