"""A rule alone in an otherwise empty model."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from ortools.sat.python.cp_model import OPTIMAL, CpSolver

from solver.derive import Derived
from solver.format import read_plan
from solver.problem import PlannedMeeting, Problem
from solver.variables import Variables

Post = Callable[[Variables], None]


@pytest.fixture
def allows() -> Callable[[Problem, Post, Mapping[str, PlannedMeeting]], bool]:
    """Whether one rule, alone, lets the plan pass."""

    def judge(problem: Problem, post: Post, plan: Mapping[str, PlannedMeeting]) -> bool:
        variables = Variables(Derived(problem))
        post(variables)
        for variable, decided in variables.decisions(plan):
            variables.model.add(variable == int(decided))
        return CpSolver().solve(variables.model) == OPTIMAL

    return judge


@pytest.fixture
def example_plan(
    example_text: Callable[[str], str], example_problem: Callable[[str], Problem]
) -> Callable[..., dict[str, PlannedMeeting]]:
    """The valid plan of a worked example, with meetings changed as `{"m-1": {"slot": 1}}` says."""

    def plan(name: str, **changes: dict[str, Any]) -> dict[str, PlannedMeeting]:
        meetings = dict(read_plan(example_text(f"{name}.plan"), example_problem(name)).meetings)
        for meeting, change in changes.items():
            key = meeting.replace("_", "-")
            meetings[key] = replace(meetings[key], **change)
        return meetings

    return plan
