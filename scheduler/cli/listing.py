"""How explanations stand on a terminal: a heading, and lines below it."""

from collections.abc import Iterable

import typer

from scheduler.cli.app import Exit, err, out, spoken
from solver.check import check
from solver.plan import Plan
from solver.problem import Problem


def show_list(heading: str, lines: Iterable[str]) -> None:
    """Print a heading and its lines."""
    out.print(f"  {heading}", markup=False)
    for line in lines:
        out.print(f"    {line}", markup=False)


def valid(problem: Problem, plan: Plan) -> Plan:
    """The plan, where it is one; what breaks a rule ends the command, each violation told."""
    violations = check(problem, plan).violations
    for violation in violations:
        err.print(f"{violation.rule}: {spoken(violation.sentence)}", markup=False)
    if violations:
        raise typer.Exit(Exit.BROKEN_RULE)
    return plan
