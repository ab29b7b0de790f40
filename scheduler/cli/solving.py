"""Solving a planning problem in a file, without a database."""

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.app import app, err
from scheduler.cli.files import ProblemFile, read_plan_file, read_problem_file, refuse_unwritable
from scheduler.cli.progress import Progress, ProgressStyle
from scheduler.cli.stopping import Stop
from scheduler.domain.errors import BadInput, Sentence
from solver import Mode, with_mode
from solver import solve as search
from solver.format import write_plan
from solver.plan import Plan
from solver.problem import Problem


@app.command("solve")
def solve_file(
    problem: ProblemFile,
    out_file: Annotated[Path, typer.Option("--out", help="Where to write the plan.")],
    *,
    time_limit: Annotated[
        float, typer.Option(min=0.0, help="Seconds to search; the best plan so far is written.")
    ] = 60.0,
    seed: Annotated[int, typer.Option(min=0, help="Repeat a search by its seed.")] = 1,
    workers: Annotated[int, typer.Option(min=1, help="Processor cores to use.")] = 1,
    mode: Annotated[
        Mode | None, typer.Option(help="How to plan again, starting from --baseline.")
    ] = None,
    baseline: Annotated[Path | None, typer.Option(help="The plan to start from.")] = None,
    progress: Annotated[
        ProgressStyle, typer.Option(help="How to show the search as it goes.")
    ] = ProgressStyle.RICH,
) -> None:
    """Find the best plan for a problem. Ctrl-C writes the best one so far."""
    asked = _asked(read_problem_file(problem), mode, baseline)
    refuse_unwritable(out_file)
    with Stop() as stop, Progress(progress, err) as shown:
        plan = search(
            asked,
            time_limit_seconds=time_limit,
            seed=seed,
            workers=workers,
            on_improvement=shown.improved,
            should_stop=stop,
        )
    out_file.write_text(write_plan(plan), encoding="utf-8")
    if stop():
        err.print("Stopped early: this is the best plan so far.")
    err.print(f"{out_file}: {plan.status}, {_tiers(plan)}", markup=False)


def _asked(problem: Problem, mode: Mode | None, baseline: Path | None) -> Problem:
    if mode is None and baseline is None:
        return problem
    if mode is None:
        raise BadInput(
            Sentence("Bij --baseline hoort ook --mode.", "With --baseline, give --mode as well.")
        )
    before = read_plan_file(baseline, problem).meetings if baseline else problem.baseline
    return with_mode(problem, mode, before).read_as(problem.digest)


def _tiers(plan: Plan) -> str:
    return ", ".join(
        f"{score.tier} {score.value}{' (proven)' if score.proven else ''}" for score in plan.tiers
    )
