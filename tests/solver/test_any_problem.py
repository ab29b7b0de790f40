"""Whatever somebody types ends in a valid plan, or in a list of everything wrong with it."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import solver
from solver.check import check, false_claims
from solver.errors import BadDocument
from solver.explain import explain
from solver.format import read_plan, read_problem, write_plan
from solver.problem import Problem

LARGEST = 2**53 - 1
Text = Callable[[str], str]


def _planned_or_refused(text: str | bytes, seconds: float = 0.1) -> solver.Plan | None:
    """A plan that the judge accepts and that can be written, read and explained; or None."""
    try:
        problem = read_problem(text)
    except BadDocument as bad:
        faults = bad.faults
    else:
        return _planned(problem, seconds)
    assert faults
    assert all(fault.message for fault in faults)
    return None


def _planned(problem: Problem, seconds: float) -> solver.Plan:
    plan = solver.solve(problem, time_limit_seconds=seconds)
    assert check(problem, plan).violations == ()
    assert false_claims(problem, plan) == ()
    assert read_plan(write_plan(plan), problem) == plan
    for name in problem.meetings:
        assert explain(problem, plan, name).meeting == name
    return plan


_NUMBERS = st.sampled_from((0, 1, 2, 7, 45, 60, 1440, 10**6, 2**31, 2**40, 2**50, LARGEST))
_WORDS = st.sampled_from(
    (
        *(
            "",
            "assen",
            "emmen",
            "mevm",
            "m-1",
            "m-2",
            "r-a",
            "r-b",
            "in_person",
            "online",
            "hybrid",
        ),
        *("municipality", "province", "presence", "voice", "workload", "comfort", "new"),
        *("00:00", "09:00", "24:00", "2027-03-28", "2027-12-31", "2027-03-28T02:30:00+01:00"),
        *("2027-03-01T10:00:00Z", "9999-12-31T23:59:00-23:59", "x" * 5000, "\u202e"),
    )
)
_VALUES = st.one_of(
    st.none(),
    st.booleans(),
    _NUMBERS,
    st.floats(),
    _WORDS,
    st.lists(_WORDS | _NUMBERS, max_size=3),
    st.dictionaries(_WORDS, _WORDS | _NUMBERS, max_size=2),
)


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every place in a document: the object or array that holds it, and its key there."""
    found, waiting = [], [value]
    while waiting:
        here = waiting.pop()
        steps = here if isinstance(here, dict) else range(len(here))
        found += [(here, step) for step in steps]
        waiting += [here[step] for step in steps if isinstance(here[step], dict | list)]
    return found


def _change(data: st.DataObject, document: Any) -> None:
    """Change the value at one place for another, mostly of its own kind, or take it away."""
    places = _places(document)
    here, step = places[data.draw(st.integers(0, len(places) - 1))]
    match data.draw(
        st.sampled_from(("namesake", "namesake", "same kind", "same kind", "any", "-"))
    ):
        case "namesake":
            namesakes = [there[key] for there, key in places if key == step]
            here[step] = copy.deepcopy(data.draw(st.sampled_from(namesakes)))
        case "same kind":
            here[step] = data.draw(_like(here[step]))
        case "any":
            here[step] = data.draw(_VALUES)
        case _:
            del here[step]


def _like(value: Any) -> st.SearchStrategy[Any]:
    if isinstance(value, bool):
        return st.booleans()
    if isinstance(value, int):
        return _NUMBERS
    if isinstance(value, str):
        return _WORDS
    if isinstance(value, list):
        return st.permutations(value).flatmap(
            lambda items: st.integers(0, len(items)).map(lambda most: items[:most])
        )
    return st.just(value) if isinstance(value, dict) else st.none() | _NUMBERS


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_worked_example_changed_anywhere_is_planned_or_refused(
    data: st.DataObject, examples: list[str], example_text: Text
) -> None:
    document = json.loads(example_text(f"{data.draw(st.sampled_from(examples))}.problem"))
    for _ in range(data.draw(st.integers(1, 3))):
        if document:
            _change(data, document)
    _planned_or_refused(json.dumps(document))


@pytest.fixture
def document(example_text: Text) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(example_text("pins.problem"))
    return document


@pytest.mark.parametrize(
    "lists",
    [
        ("meetings", "pins", "bans"),
        ("representatives", "pins", "bans"),
        ("mandates",),
        ("places", "organisations", "representatives", "meetings", "mandates", "pins", "bans"),
        (
            *("regions", "places", "organisations", "representatives"),
            *("meetings", "mandates", "pins", "bans"),
        ),
    ],
    ids=" ".join,
)
def test_empty_lists_are_planned(document: dict[str, Any], lists: tuple[str, ...]) -> None:
    for name in lists:
        document[name] = []
    document["travel"]["minutes"] = {}
    plan = _planned_or_refused(json.dumps(document))
    assert plan is not None
    assert list(plan.meetings) == [meeting["id"] for meeting in document["meetings"]]


def test_where_everybody_is_absent_every_meeting_is_a_gap(document: dict[str, Any]) -> None:
    document["pins"] = []
    for person in document["representatives"]:
        person["availability"] = []
    plan = _planned_or_refused(json.dumps(document))
    assert plan is not None
    assert all(planned.slot is None for planned in plan.meetings.values())


def test_a_thousand_slots_are_looked_at_and_the_best_is_taken(document: dict[str, Any]) -> None:
    meeting = document["meetings"][0]
    start = meeting["slots"][0]
    meeting["slots"] = [start] * 1000
    document["meetings"], document["pins"], document["bans"] = [meeting], [], []
    plan = _planned_or_refused(json.dumps(document), seconds=20)
    assert plan is not None
    assert plan.meetings[meeting["id"]].slot in {None, 0}


_SIZES: dict[str, Callable[[dict[str, Any]], list[tuple[dict[str, Any], str]]]] = {
    "weights": lambda d: [(m, "weight") for m in d["meetings"]],
    "interests": lambda d: [(i, "weight") for m in d["meetings"] for i in m["interested"]],
    "least seats": lambda d: [(m["seats"], "min") for m in d["meetings"]],
    "most seats": lambda d: [(m["seats"], "max") for m in d["meetings"]],
    "paper": lambda d: [(m, "preparation_minutes") for m in d["meetings"]],
    "travel": lambda d: [(d["travel"]["minutes"], key) for key in d["travel"]["minutes"]],
    "capacity": lambda d: [(o, "capacity_minutes") for o in d["organisations"]],
    "targets": lambda d: [(r, "target_minutes") for r in d["representatives"]],
    "regions": lambda d: [(r, "weight") for r in d["regions"]],
    "limits": lambda d: [
        (r, key) for r in d["representatives"] for key in r if key.startswith("max_")
    ],
    "mandates": lambda d: [(d["policy"], "max_mandates_per_attendee")],
}


@pytest.mark.parametrize("name", ["deputy", "mandate", "pins", "spread", "stability"])
@pytest.mark.parametrize(
    "sizes",
    [
        *([size] for size in _SIZES if size != "least seats"),
        ["weights", "interests"],
        ["most seats", "least seats", "weights"],
        ["capacity", "paper"],
        list(_SIZES),
    ],
    ids=" and ".join,
)
def test_the_largest_numbers_there_are_end_in_a_plan(
    name: str, sizes: list[str], example_text: Text
) -> None:
    document = json.loads(example_text(f"{name}.problem"))
    for size in sizes:
        for here, key in _SIZES[size](document):
            here[key] = LARGEST
    assert _planned_or_refused(json.dumps(document)) is not None


def test_numbers_that_no_engine_counts_lose_the_proof_and_nothing_else(example_text: Text) -> None:
    document = json.loads(example_text("mandate.problem"))
    for meeting in document["meetings"]:
        meeting["weight"] = LARGEST
    plan = _planned_or_refused(json.dumps(document))
    assert plan is not None
    assert plan.status == "feasible"
    assert all(score.bound is None for score in plan.tiers)
    assert any(planned.attendees for planned in plan.meetings.values())
