from datetime import date
from typing import Any

import pytest

from solver.problem import Level, Pin

HEARD_BY_B = {"o-a": "o-b"}


@pytest.fixture
def at_a_table_of_a(make: Any) -> Any:
    def with_mandates(*mandates: Any, **changes: Any) -> Any:
        people = [make.person("r-a"), make.person("r-b", "o-b"), make.person("r-c", "o-c")]
        meeting = make.meeting("m-1", **changes)
        return make.problem(people, [meeting], mandates=mandates)

    return with_mandates


def test_an_interested_organisation_may_send_somebody(make: Any, at_a_table_of_a: Any) -> None:
    assert make.broken(at_a_table_of_a(), make.planned("m-1", "r-a")) == []


def test_an_organisation_without_interest_or_mandate_may_not(
    make: Any, at_a_table_of_a: Any
) -> None:
    plan = make.planned("m-1", "r-b")
    assert make.broken(at_a_table_of_a(), plan) == [("standing", "m-1", "r-b")]


@pytest.mark.parametrize(
    "terms",
    [
        {},
        {"municipalities": frozenset({"GM0106", "GM0109"})},
        {"topics": frozenset({"huur", "zorg"})},
        {"levels": frozenset({Level.MUNICIPALITY})},
        {"first_day": date(2027, 3, 2), "last_day": date(2027, 3, 2)},
    ],
)
def test_a_mandate_in_force_gives_standing(
    make: Any, at_a_table_of_a: Any, terms: dict[str, Any]
) -> None:
    problem = at_a_table_of_a(make.mandate("o-a", "o-b", **terms))
    assert make.broken(problem, make.planned("m-1", "r-b", voices=HEARD_BY_B)) == []


@pytest.mark.parametrize(
    "terms",
    [
        {"municipalities": frozenset({"GM0109"})},
        {"municipalities": frozenset()},
        {"topics": frozenset({"zorg"})},
        {"topics": frozenset()},
        {"levels": frozenset({Level.PROVINCE})},
        {"levels": frozenset()},
        {"last_day": date(2027, 3, 1)},
        {"first_day": date(2027, 3, 3)},
    ],
)
def test_a_mandate_for_something_else_gives_none(
    make: Any, at_a_table_of_a: Any, terms: dict[str, Any]
) -> None:
    problem = at_a_table_of_a(make.mandate("o-a", "o-b", **terms))
    plan = make.planned("m-1", "r-b", voices={})
    assert make.broken(problem, plan) == [("standing", "m-1", "r-b")]


@pytest.mark.parametrize(
    ("changes", "terms"),
    [
        ({"municipality": None}, {"municipalities": frozenset({"GM0106"})}),
        ({"topics": frozenset()}, {"topics": frozenset({"huur"})}),
    ],
)
def test_what_a_meeting_leaves_open_only_a_mandate_for_all_matches(
    make: Any, at_a_table_of_a: Any, changes: dict[str, Any], terms: dict[str, Any]
) -> None:
    plan = make.planned("m-1", "r-b", voices={})
    narrow = at_a_table_of_a(make.mandate("o-a", "o-b", **terms), **changes)
    wide = at_a_table_of_a(make.mandate("o-a", "o-b"), **changes)
    assert make.broken(narrow, plan) == [("standing", "m-1", "r-b")]
    assert make.broken(wide, plan) == []


def test_mandates_do_not_chain(make: Any, at_a_table_of_a: Any) -> None:
    problem = at_a_table_of_a(make.mandate("o-a", "o-b"), make.mandate("o-b", "o-c"))
    plan = make.planned("m-1", "r-c", voices={})
    assert make.broken(problem, plan) == [("standing", "m-1", "r-c")]


def test_the_local_day_counts_whatever_offset_was_written(make: Any) -> None:
    # 23:30 UTC on the first is 00:30 on the second in Amsterdam.
    late = make.slot("2027-03-02T00:30")
    terms = {"first_day": date(2027, 3, 2), "last_day": date(2027, 3, 2)}
    problem = make.problem(
        [make.person("r-b", "o-b")],
        [make.meeting("m-1", late)],
        mandates=(make.mandate("o-a", "o-b", **terms),),
    )
    assert make.broken(problem, make.planned("m-1", "r-b", voices=HEARD_BY_B)) == []


def test_a_pin_outranks_standing_for_who_is_pinned_and_nobody_else(make: Any) -> None:
    people = [make.person("r-b", "o-b"), make.person("r-b2", "o-b")]
    problem = make.problem(
        people, [make.meeting("m-1")], pins=(Pin(meeting="m-1", representative="r-b"),)
    )
    assert make.broken(problem, make.planned("m-1", "r-b")) == []
    both = make.planned("m-1", "r-b", "r-b2")
    assert make.broken(problem, both) == [("standing", "m-1", "r-b2")]


def test_a_pin_does_not_outrank_standing_for_standing_by(make: Any) -> None:
    people = [make.person("r-a"), make.person("r-b", "o-b")]
    problem = make.problem(
        people,
        [make.meeting("m-1", deputy=True)],
        pins=(Pin(meeting="m-1", representative="r-b"),),
    )
    found = make.broken(problem, make.planned("m-1", "r-a", deputy="r-b"))
    assert ("standing", "m-1", "r-b") in found
