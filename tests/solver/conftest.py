"""What the planner's tests share: the worked examples, tiny problems, and the oracle."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

import pytest

import solver
from solver.check import check, false_claims
from solver.derive import Derived
from solver.format import read_problem
from solver.plan import Status
from solver.problem import PlannedMeeting, Problem
from solver.search.greedy import first_plan

_HERE = Path(__file__).parent
_EXAMPLES = sorted(
    file.name.removesuffix(".score.json") for file in (_HERE / "examples").glob("*.score.json")
)


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
_BREAKING: Any = _module("breaking")
_SECOND: Any = _module("second_reading")
_MAKING: Any = _module("making")
_TWINS: Any = _module("twins")


@pytest.fixture(scope="session")
def tiny_document() -> Callable[[int], dict[str, Any]]:
    """From a seed to the document of a problem whose plans can all be enumerated."""
    return _TINY.tiny_document


@pytest.fixture(scope="session")
def tiny_problem() -> Callable[[int], Problem]:
    """From a seed to a problem whose plans can all be enumerated."""
    return _TINY.tiny_problem


@pytest.fixture(scope="session")
def any_tiers() -> Callable[[Problem, int], Problem]:
    """From a problem and a seed to the same problem under tiers in any order."""
    return _TINY.with_any_tiers


@pytest.fixture(scope="session")
def make_twins() -> Callable[[Problem], Problem]:
    """From a problem to that problem beside its twin."""
    return _TWINS.twice


@pytest.fixture(scope="session")
def best_plan() -> Callable[[Problem], Any]:
    """From a tiny problem to its lexicographic optimum, `.tiers` and `.meetings`."""
    return lambda problem: _ORACLE.best_plan(problem, _SECOND.Book)


@pytest.fixture(scope="session")
def book() -> Callable[[dict[str, Any]], Any]:
    """From a problem's document to the second reading of the rule book on it."""
    return _SECOND.Book


@pytest.fixture(scope="session")
def breaking() -> Any:
    """Plans as entries, and what a careless hand does to them: the functions of `breaking.py`."""
    return _BREAKING


@pytest.fixture(scope="session")
def assert_broken_plans_are_read_alike(
    some_plans: Callable[[Problem], Iterator[Mapping[str, PlannedMeeting]]],
) -> Callable[[int], None]:
    """Break plans of a tiny problem ever further, and hold the judge against the second reading."""

    def hold(seed: int) -> None:
        document = _TINY.tiny_document(seed)
        problem, read = read_problem(json.dumps(document)), _SECOND.Book(document)
        draw = Random(f"broken/{seed}")
        for plan in some_plans(problem):
            entries = _BREAKING.entries_of(plan)
            _BREAKING.assert_read_alike(problem, read, entries)
            for _ in range(12):
                _BREAKING.break_one(draw, document, entries)
                _BREAKING.assert_read_alike(problem, read, entries)

    return hold


@pytest.fixture(scope="session")
def assert_solved_to_its_optimum(
    best_plan: Callable[[Problem], Any],
) -> Callable[[Problem], None]:
    """Solve a tiny problem, and hold the plan with its proofs against all the plans there are."""

    def hold(problem: Problem) -> None:
        plan = solver.solve(problem, time_limit_seconds=60)
        assert check(problem, plan).violations == ()
        assert false_claims(problem, plan) == ()
        assert plan.status is Status.OPTIMAL
        assert {score.tier: score.value for score in plan.tiers} == best_plan(problem).tiers

    return hold


@pytest.fixture(scope="session", params=_EXAMPLES)
def example(request: pytest.FixtureRequest) -> str:
    """The name of each worked example with a known score, one after another."""
    return str(request.param)


@pytest.fixture(scope="session")
def examples() -> list[str]:
    """The names of all worked examples with a known score."""
    return _EXAMPLES


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
