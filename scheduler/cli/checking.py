"""Judging a plan in a file by the rule book, without a database and without an optimiser."""

import typer

from scheduler.cli.app import AsJson, Exit, app, out, show_json
from scheduler.cli.files import PlanFile, ProblemFile, read_plan_file, read_problem_file
from solver.check import Judgement, check


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
