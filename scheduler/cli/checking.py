"""Judging a plan in a file by the rule book, without a database and without an optimiser."""

from collections.abc import Iterable
from pathlib import Path

import typer

from scheduler.cli.app import AsJson, Exit, app, err, out, said, show_json, spoken
from scheduler.cli.files import (
    PlanFile,
    ProblemFile,
    read_plan_file,
    read_problem_file,
    refuse_one_stream_twice,
)
from scheduler.domain.errors import Sentence
from solver.check import Judgement, check, false_claims
from solver.errors import Fault


@app.command("check")
def check_file(problem: ProblemFile, plan: PlanFile, *, as_json: AsJson = False) -> None:
    """Judge a plan by the rule book. Exit code 1 where it breaks a hard rule."""
    refuse_one_stream_twice(problem, plan)
    asked = read_problem_file(problem)
    answer = read_plan_file(plan, asked)
    judgement = check(asked, answer)
    _warn(plan, false_claims(asked, answer, judgement))
    if as_json:
        show_json(_as_document(judgement))
    else:
        _show(judgement)
    if judgement.violations:
        raise typer.Exit(Exit.BROKEN_RULE)


def _warn(file: Path, claims: Iterable[Fault]) -> None:
    """What the plan says of itself that isn't so breaks no rule; somebody should know, though."""
    for claim in claims:
        word = Sentence(f"{file} klopt niet: {claim}.", f"{file} isn't right: {claim}.")
        err.print(said(word), markup=False)


def _as_document(judgement: Judgement) -> dict[str, object]:
    return {
        "valid": not judgement.violations,
        "violations": [
            {
                "rule": violation.rule,
                "meeting": violation.meeting,
                "representative": violation.representative,
                "detail": spoken(violation.sentence),
            }
            for violation in judgement.violations
        ],
        "tiers": dict(judgement.tiers),
    }


def _show(judgement: Judgement) -> None:
    for violation in judgement.violations:
        out.print(f"{violation.rule}: {spoken(violation.sentence)}", markup=False)
    for tier, value in judgement.tiers.items():
        out.print(f"{tier:10} {value:>12}", markup=False)
    valid, broken = Sentence("Geldig.", "Valid."), Sentence("Niet geldig.", "Not valid.")
    out.print(said(broken if judgement.violations else valid))
