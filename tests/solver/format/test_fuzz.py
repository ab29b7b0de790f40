"""Whatever is done to a document, it is read or refused, and never anything else."""

import copy
import json
from collections.abc import Callable
from typing import Any, TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from solver.check import check
from solver.errors import BadDocument
from solver.format import digest, read_plan, read_problem, write_problem
from solver.problem import PlannedMeeting

T = TypeVar("T")

_STRANGE = st.sampled_from(
    [
        float("nan"),
        float("inf"),
        1e308,
        5e-324,
        -0.0,
        10**400,
        2**53,
        -1,
        0,
        "",
        "\ud800",
        "24:00",
        "2027-03-28T02:30:00+01:00",
        "9999-12-31T23:59:00-23:59",
        "0001-01-01T00:00:00+23:59",
        "2027-03-04T13:30:00",
        "2199-12-31",
        "localtime",
        "posixrules",
        "Africa/Monrovia",
        "|",
        "__class__",
    ]
)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | _STRANGE,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


def _containers(value: Any) -> list[Any]:
    """Every object and array in a document that holds something."""
    found, waiting = [], [value]
    while waiting:
        here = waiting.pop()
        if isinstance(here, dict | list) and here:
            found.append(here)
            waiting.extend(here.values() if isinstance(here, dict) else here)
    return found


def _mutate(data: st.DataObject, document: Any) -> None:
    containers = _containers(document)
    if not containers:
        return
    here = data.draw(st.sampled_from(containers))
    places = list(here) if isinstance(here, dict) else list(range(len(here)))
    place = data.draw(st.sampled_from(places))
    match data.draw(st.sampled_from(["replace", "remove", "transplant", "repeat"])):
        case "replace":
            here[place] = data.draw(_VALUES)
        case "remove":
            del here[place]
        case "transplant":
            other = data.draw(st.sampled_from(containers))
            source = list(other.values()) if isinstance(other, dict) else other
            here[place] = copy.deepcopy(data.draw(st.sampled_from(source)))
        case "repeat" if isinstance(here, list):
            here.append(copy.deepcopy(here[place]))
        case _:
            here[data.draw(st.text(max_size=3))] = data.draw(_VALUES)


def _read_or_refused(read: Callable[[], T]) -> T | None:
    try:
        return read()
    except BadDocument as bad:
        shown = str(bad)
    # Every refusal has a fault, and can be shown and sent on.
    assert shown.encode()
    return None


@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_a_document_with_anything_in_it_is_read_or_refused(data: st.DataObject, whole: Any) -> None:
    document = copy.deepcopy(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        _mutate(data, document)
    problem = _read_or_refused(lambda: read_problem(json.dumps(document)))
    if problem is not None:
        assert read_problem(write_problem(problem)) == problem
        nobody = {
            name: PlannedMeeting(meeting=name, slot=None, attendees=(), deputy=None, voices={})
            for name in problem.meetings
        }
        assert check(problem, nobody).all_tiers


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_a_text_with_damaged_letters_is_read_or_refused(data: st.DataObject, whole: Any) -> None:
    raw = bytearray(json.dumps(whole).encode())
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place : place + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
    _read_or_refused(lambda: read_problem(bytes(raw)))


@settings(max_examples=200, deadline=None)
@given(text=st.one_of(st.text(), st.binary(), _VALUES.map(json.dumps)))
def test_any_text_at_all_is_read_or_refused(text: str | bytes) -> None:
    assert _read_or_refused(lambda: read_problem(text)) is None
    found = _read_or_refused(lambda: digest(text))
    assert found is None or len(found) == 64


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_a_plan_with_anything_in_it_is_read_or_refused(
    data: st.DataObject, example_problem: Any, example_text: Any
) -> None:
    problem = example_problem("deputy")
    document = json.loads(example_text("deputy.plan"))
    for _ in range(data.draw(st.integers(1, 4))):
        _mutate(data, document)
    plan = _read_or_refused(lambda: read_plan(json.dumps(document), problem))
    assert plan is None or check(problem, plan).all_tiers
