"""Solving a planning problem in a file, without a database."""

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.app import app, err, said
from scheduler.cli.files import (
    STREAM,
    ProblemFile,
    read_baseline_file,
    read_problem_file,
    refuse_one_stream_twice,
    refuse_unwritable,
    write_document,
)
from scheduler.cli.progress import Progress, ProgressStyle
from scheduler.cli.stopping import Stop
from scheduler.domain.errors import BadInput, Sentence
from solver import Mode, with_mode
from solver import solve as search
from solver.format import write_plan
from solver.plan import Plan
from solver.problem import Problem

_LONGEST = 10_000_000.0
"""Seconds, about four months: longer is a slip of the hand, and no document holds infinity."""

_LARGEST_SEED = 2**31 - 1
"""The engines' own limit."""

_MOST_WORKERS = 512

_STOPPED = Sentence(
    "Eerder gestopt: dit is het beste rooster tot nu toe.",
    "Stopped early: this is the best plan so far.",
)


@app.command("solve")
def solve_file(
    problem: ProblemFile,
    out_file: Annotated[
        Path, typer.Option("--out", help="Where to write the plan; - is standard output.")
    ],
    *,
    time_limit: Annotated[
        float,
        typer.Option(
            min=0.0, max=_LONGEST, help="Seconds to search; the best plan so far is written."
        ),
    ] = 60.0,
    seed: Annotated[
        int, typer.Option(min=0, max=_LARGEST_SEED, help="Repeat a search by its seed.")
    ] = 1,
    workers: Annotated[
        int, typer.Option(min=1, max=_MOST_WORKERS, help="Processor cores to use.")
    ] = 1,
    mode: Annotated[
        Mode | None, typer.Option(help="How to plan again, starting from --baseline.")
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option(help="The plan to start from, with repair and rebalance.")
    ] = None,
    progress: Annotated[
        ProgressStyle, typer.Option(help="How to show the search as it goes.")
    ] = ProgressStyle.RICH,
) -> None:
    """Find the best plan for a problem. Ctrl-C or SIGTERM writes the best one so far."""
    refuse_one_stream_twice(problem, baseline)
    _refuse_mixed_output(out_file, progress)
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
    write_document(out_file, write_plan(plan))
    if stop():
        err.print(said(_STOPPED))
    err.print(f"{_written(out_file)}: {plan.status}, {_tiers(plan)}", markup=False)


def _refuse_mixed_output(out_file: Path, progress: ProgressStyle) -> None:
    if out_file == STREAM and progress is ProgressStyle.JSON:
        raise BadInput(
            Sentence(
                "Met --progress json gaat de voortgang naar de standaarduitvoer; geef --out een "
                "bestand.",
                "With --progress json the progress goes to standard output; give --out a file.",
            )
        )


def _asked(problem: Problem, mode: Mode | None, baseline: Path | None) -> Problem:
    if mode is None and baseline is None:
        return problem
    if mode is None:
        raise BadInput(
            Sentence("Bij --baseline hoort ook --mode.", "With --baseline, give --mode as well.")
        )
    before = read_baseline_file(baseline, problem) if baseline else problem.baseline
    return with_mode(problem, mode, before).read_as(problem.digest)


def _written(file: Path) -> str:
    stream = said(Sentence("standaarduitvoer", "standard output"))
    return stream if file == STREAM else str(file)


def _tiers(plan: Plan) -> str:
    proven = said(Sentence(" (bewezen)", " (proven)"))
    return ", ".join(
        f"{score.tier} {score.value}{proven if score.proven else ''}" for score in plan.tiers
    )
