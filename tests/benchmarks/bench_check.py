"""How long judging a country's plan takes, reading both documents included (run: `make bench`)."""

import json
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from solver.check import check
from solver.derive import Derived
from solver.format import read_problem, write_plan
from solver.plan import Plan, TierScore
from solver.search.greedy import first_plan

CHECK_SECONDS = 3.0
"""The whole command on 10,000 meetings, from the shell and back; best of a few, for noise."""

_TRIES = 3


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A country's problem and a plan for it, in files."""
    folder = tmp_path_factory.mktemp("country")
    problem_file, plan_file = folder / "problem.json", folder / "plan.json"
    problem_file.write_text(json.dumps(_instances().document("country", 1)))
    problem = read_problem(problem_file.read_bytes())
    meetings = first_plan(Derived(problem))
    tiers = check(problem, meetings).tiers.items()
    plan = Plan(
        problem=problem.digest,
        tiers=tuple(TierScore(tier=tier, value=value, bound=None) for tier, value in tiers),
        seed=1,
        workers=1,
        time_limit_seconds=0.0,
        wall_seconds=0.0,
        meetings=meetings,
    )
    plan_file.write_text(write_plan(plan))
    return problem_file, plan_file


def test_judging_a_country(country: tuple[Path, Path]) -> None:
    taken = [_seconds(*country) for _ in range(_TRIES)]
    print(f"\ncheck of a country: best {min(taken):.2f} s, worst {max(taken):.2f} s")
    assert min(taken) <= CHECK_SECONDS


def _seconds(problem: Path, plan: Path) -> float:
    command = [sys.executable, "-m", "scheduler.cli", "check", str(problem), str(plan), "--json"]
    started = perf_counter()
    done = subprocess.run(command, capture_output=True, check=True)
    taken = perf_counter() - started
    assert json.loads(done.stdout)["valid"]
    return taken


def _instances() -> Any:
    """The generator beside this file: the benchmarks are no package."""
    file = Path(__file__).parent / "planner" / "instances.py"
    spec = spec_from_file_location("benchmark_instances", file)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
