"""One measurement in a process of its own: `measure.py SIZE SEED HOW SECONDS` prints one JSON line.

A process of its own, so that its memory is its own and nothing is warm.
"""

import json
import resource
import sys
import time
from typing import Any

from instances import instance
from rivals import greedy, plain_model

from solver import solve
from solver.check import check
from solver.plan import Plan
from solver.problem import Problem

RIVALS = {"greedy": greedy, "plain model": plain_model}


def main(size: str, seed: str, how: str, seconds: str) -> None:
    """Measure and print."""
    problem = instance(size, int(seed))
    started, used = time.perf_counter(), _processor_seconds()
    answer = _answer(problem, how, float(seconds))
    took = time.perf_counter() - started
    judgement = check(problem, answer)
    print(
        json.dumps(
            {
                "seconds": round(took, 1),
                "processor": round(_processor_seconds() - used, 1),
                "values": list(judgement.tiers.values()),
                "violations": len(judgement.violations),
                "bounds": _bounds(answer),
                "megabytes": _megabytes(),
            }
        )
    )


def _answer(problem: Problem, how: str, seconds: float) -> Any:
    if how in RIVALS:
        return RIVALS[how](problem, seconds)
    return solve(problem, time_limit_seconds=seconds, seed=1, workers=2)


def _bounds(answer: Any) -> list[int | None] | None:
    return [score.bound for score in answer.tiers] if isinstance(answer, Plan) else None


def _processor_seconds() -> float:
    """What the processor was given, in this process and in its children."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def _megabytes() -> int:
    """The largest memory of this process or of one of its children."""
    return max(
        resource.getrusage(who).ru_maxrss // 1024
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
