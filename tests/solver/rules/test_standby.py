from typing import Any

import pytest


@pytest.fixture
def table(make: Any) -> Any:
    def with_mandates(*mandates: Any, deputy: bool = True, interested: Any = None) -> Any:
        people = [
            make.person("r-a"),
            make.person("r-a2"),
            make.person("r-b", "o-b"),
            make.person("r-c", "o-c"),
        ]
        meeting = make.meeting("m-1", deputy=deputy, interested=interested or {"o-a": 10})
        return make.problem(people, [meeting], mandates=mandates)

    return with_mandates


def test_a_deputy_of_an_attending_organisation_is_allowed(make: Any, table: Any) -> None:
    assert make.broken(table(), make.planned("m-1", "r-a", deputy="r-a2")) == []


def test_a_deputy_of_another_interested_organisation_is_allowed(make: Any, table: Any) -> None:
    problem = table(interested={"o-a": 10, "o-b": 1})
    assert make.broken(problem, make.planned("m-1", "r-a", deputy="r-b")) == []


def test_a_deputy_of_a_mandate_holder_of_who_attends_is_allowed(make: Any, table: Any) -> None:
    problem = table(make.mandate("o-a", "o-b"))
    assert make.broken(problem, make.planned("m-1", "r-a", deputy="r-b")) == []


def test_a_holder_of_an_absent_organisations_mandate_is_a_stranger_to_who_attends(
    make: Any, table: Any
) -> None:
    # o-c speaks for o-b, which has an interest but isn't there; o-a alone attends.
    problem = table(make.mandate("o-b", "o-c"), interested={"o-a": 10, "o-b": 1})
    plan = make.planned("m-1", "r-a", deputy="r-c")
    assert make.broken(problem, plan) == [("deputy", "m-1", "r-c")]


def test_no_deputy_where_none_is_asked_for(make: Any, table: Any) -> None:
    plan = make.planned("m-1", "r-a", deputy="r-a2")
    assert make.broken(table(deputy=False), plan) == [("deputy", "m-1", "r-a2")]


def test_no_deputy_where_nobody_attends(make: Any, table: Any) -> None:
    plan = make.planned("m-1", slot=None, deputy="r-a")
    assert make.broken(table(), plan) == [("deputy", "m-1", "r-a")]


def test_no_attendee_is_the_deputy(make: Any, table: Any) -> None:
    plan = make.planned("m-1", "r-a", deputy="r-a")
    assert make.broken(table(), plan) == [("deputy", "m-1", "r-a")]
