"""Solving and judging planning problems in files, without a database."""

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.app import AsJson, Exit, app, err, out, show_json
from scheduler.cli.files import read_plan_file, read_problem_file, refuse_unwritable
from scheduler.cli.progress import Progress, ProgressStyle
from scheduler.cli.stopping import Stop
from scheduler.domain.errors import BadInput, Sentence
from solver import Mode, with_mode
from solver import solve as search
from solver.check import Judgement, check
from solver.format import write_plan
from solver.plan import Plan
from solver.problem import Problem

ProblemFile = Annotated[Path, typer.Argument(help="A planning problem (JSON).")]
PlanFile = Annotated[Path, typer.Argument(help="A plan for that problem (JSON).")]


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


@app.command("check")
def check_file(problem: ProblemFile, plan: PlanFile, *, as_json: AsJson = False) -> None:
    """Judge a plan by the rule book. Exit code 1 where it breaks a hard rule."""
    asked = read_problem_file(problem)
    answer = read_plan_file(plan, asked)
    judgement = check(asked, answer)
    if as_json:
        show_json(_as_document(judgement))
    else:
        _show(judgement)
    if judgement.violations:
        raise typer.Exit(Exit.BROKEN_RULE)


def _as_document(judgement: Judgement) -> dict[str, object]:
    return {
        "valid": not judgement.violations,
        "violations": [
            {
                "rule": violation.rule,
                "meeting": violation.meeting,
                "representative": violation.representative,
                "detail": violation.sentence.en,
            }
            for violation in judgement.violations
        ],
        "tiers": dict(judgement.tiers),
    }


def _show(judgement: Judgement) -> None:
    for violation in judgement.violations:
        out.print(f"{violation.rule}: {violation.sentence.en}", markup=False)
    for tier, value in judgement.tiers.items():
        out.print(f"{tier:10} {value:>12}", markup=False)
    out.print("Valid." if not judgement.violations else "Not valid.")
