"""What the planner's tests share: the worked examples, tiny problems, and the oracle."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from solver.derive import Derived
from solver.format import read_problem
from solver.problem import PlannedMeeting, Problem
from solver.search.greedy import first_plan

_HERE = Path(__file__).parent


def _module(name: str) -> ModuleType:
    """A neighbouring file: the test folders are no packages, so import can't find it."""
    spec = spec_from_file_location(f"solver_tests_{name}", _HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    # Dataclasses look their module up while it runs.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


_TINY: Any = _module("tiny")
_ORACLE: Any = _module("oracle")
_MAKING: Any = _module("making")


@pytest.fixture(scope="session")
def tiny_document() -> Callable[[int], dict[str, Any]]:
    """From a seed to the document of a problem whose plans can all be enumerated."""
    return _TINY.tiny_document


@pytest.fixture(scope="session")
def tiny_problem() -> Callable[[int], Problem]:
    """From a seed to a problem whose plans can all be enumerated."""
    return _TINY.tiny_problem


@pytest.fixture(scope="session")
def best_plan() -> Callable[[Problem], Any]:
    """From a tiny problem to its lexicographic optimum, `.tiers` and `.meetings`."""
    return _ORACLE.best_plan


@pytest.fixture(scope="session")
def example_text() -> Callable[[str], str]:
    """The text of a worked example, such as `travel.problem`."""
    return lambda name: (_HERE / "examples" / f"{name}.json").read_text()


@pytest.fixture(scope="session")
def example_problem(example_text: Callable[[str], str]) -> Callable[[str], Problem]:
    """The problem of a worked example, such as `travel`."""
    return lambda name: read_problem(example_text(f"{name}.problem"))


@pytest.fixture(scope="session")
def example_score(example_text: Callable[[str], str]) -> Callable[[str], dict[str, Any]]:
    """The figures of a worked example: `tiers`, `optimum`, `invalid`."""
    return lambda name: json.loads(example_text(f"{name}.score"))


@pytest.fixture(scope="session")
def make() -> Any:
    """Small problems and plans in a few words: the functions of `making.py`."""
    return _MAKING


@pytest.fixture(scope="session")
def some_plans() -> Callable[[Problem], Iterator[Mapping[str, PlannedMeeting]]]:
    """From a problem to two valid plans for it: a greedy one, and one with every other gone."""

    def plans(problem: Problem) -> Iterator[Mapping[str, PlannedMeeting]]:
        greedy = first_plan(Derived(problem))
        yield greedy
        pinned = {pin.meeting for pin in problem.pins}
        emptied = [name for name in problem.meetings if name not in pinned][::2]
        yield {name: _nobody(name) if name in emptied else greedy[name] for name in greedy}

    return plans


def _nobody(meeting: str) -> PlannedMeeting:
    return PlannedMeeting(meeting=meeting, slot=None, attendees=(), deputy=None, voices={})
