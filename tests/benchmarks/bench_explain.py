"""How long explaining a year of a province takes, against the stated bounds (run: `make bench`)."""

from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

import pytest

from solver.derive import Derived
from solver.explain import explain
from solver.format import read_problem
from solver.position import Position
from solver.problem import PlannedMeeting, Problem
from solver.ranking import candidates
from solver.search.greedy import first_plan

_YEAR = Path(__file__).parents[1] / "solver" / "examples" / "drenthe-2027.problem.json"

CANDIDATES_SECONDS = 0.200
"""At most, for one meeting, the plan's position made anew."""

EXPLANATION_SECONDS = 0.300
"""95 of 100 meetings with a gap at most, without the solves that verify, position included."""


@pytest.fixture(scope="module")
def year() -> Problem:
    return read_problem(_YEAR.read_bytes())


@pytest.fixture(scope="module")
def plan(year: Problem) -> dict[str, PlannedMeeting]:
    return first_plan(Derived(year))


def test_candidates_for_one_meeting(year: Problem, plan: dict[str, PlannedMeeting]) -> None:
    taken = [_seconds(lambda name=name: candidates(year, plan, name)) for name in year.meetings]
    print(f"\ncandidates: median {median(taken):.3f} s, longest {max(taken):.3f} s")
    assert max(taken) <= CANDIDATES_SECONDS


def test_explaining_a_meeting_with_a_gap(year: Problem, plan: dict[str, PlannedMeeting]) -> None:
    taken = list(_explanations(year, plan))
    late = quantiles(taken, n=20)[-1]
    print(f"\nexplanation: median {median(taken):.3f} s, 95 % {late:.3f} s, of {len(taken)} gaps")
    assert late <= EXPLANATION_SECONDS


def _explanations(year: Problem, plan: dict[str, PlannedMeeting]) -> Iterator[float]:
    for name in year.meetings:
        started = perf_counter()
        found = explain(year, plan, name)
        taken = perf_counter() - started
        if found.gaps:
            yield taken


def test_laying_a_plan_out(year: Problem, plan: dict[str, PlannedMeeting]) -> None:
    print(f"\nposition: {_seconds(lambda: Position(year, plan)):.3f} s")


def _seconds(work: object) -> float:
    started = perf_counter()
    assert callable(work)
    work()
    return perf_counter() - started
