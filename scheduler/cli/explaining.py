"""Explaining plans in files, and comparing two of them, without a database."""

from collections.abc import Callable, Iterable
from pathlib import Path
from time import monotonic
from typing import Annotated

import typer

from scheduler.cli.app import AsJson, Exit, app, err, out, said, show_json
from scheduler.cli.explained import comparison_document, explanation_document, spoken
from scheduler.cli.files import PlanFile, ProblemFile, read_plan_file, read_problem_file
from scheduler.domain.errors import NotFound, Sentence
from solver import sentence as solver_sentence
from solver.check import check
from solver.compare import Comparison, MeetingChange, compare
from solver.explain import (
    TIERS,
    MeetingExplanation,
    Opening,
    difference,
    explain_at,
    reasons,
    verified,
)
from solver.plan import Plan
from solver.position import Position
from solver.problem import Problem


@app.command("explain")
def explain_file(
    problem: ProblemFile,
    plan: PlanFile,
    *,
    meeting: Annotated[str, typer.Option(help="Only this meeting; otherwise all.")] = "",
    time_limit: Annotated[
        float,
        typer.Option(min=0.0, help="Seconds to verify what would close gaps; the rest isn't."),
    ] = 20.0,
    as_json: AsJson = False,
) -> None:
    """Tell why a plan is as it is, and what would close its gaps."""
    asked = read_problem_file(problem)
    answer = _valid(asked, read_plan_file(plan, asked))
    if meeting and meeting not in asked.meetings:
        raise NotFound("meeting", meeting)
    position = Position(asked, answer)
    may_go_on = _until(monotonic() + time_limit)
    explained = [
        verified(position, explain_at(position, name), may_go_on)
        for name in ([meeting] if meeting else asked.meetings)
    ]
    if as_json:
        show_json({"meetings": [explanation_document(position, one) for one in explained]})
        return
    for one in explained:
        _show(position, one)


@app.command("compare")
def compare_files(
    problem: ProblemFile,
    before: PlanFile,
    after: Annotated[Path, typer.Argument(help="Another plan for that problem (JSON).")],
    *,
    as_json: AsJson = False,
) -> None:
    """Tell what a second plan does otherwise than a first, and what each change brings."""
    asked = read_problem_file(problem)
    plans = [_valid(asked, read_plan_file(file, asked)) for file in (before, after)]
    comparison = compare(asked, *plans)
    if as_json:
        show_json(comparison_document(comparison))
    else:
        _show_comparison(asked, comparison)


def _valid(problem: Problem, plan: Plan) -> Plan:
    """Refuse to explain what isn't a plan."""
    violations = check(problem, plan).violations
    for violation in violations:
        err.print(f"{violation.rule}: {spoken(violation.sentence)}", markup=False)
    if violations:
        raise typer.Exit(Exit.BROKEN_RULE)
    return plan


def _until(deadline: float) -> Callable[[], bool]:
    return lambda: monotonic() < deadline


def _show(position: Position, explained: MeetingExplanation) -> None:
    problem = position.problem
    title = problem.meetings[explained.meeting].title
    out.print(f"{explained.meeting} {title}", markup=False)
    for why in explained.why:
        _list(problem.representatives[why.representative].name, map(spoken, why.reasons))
    for one in explained.gaps:
        _list(spoken(one.gap.sentence), map(_opening, one.openings))
    able = [one for one in explained.candidates if one.has_standing]
    for candidate in able:
        name = problem.representatives[candidate.representative].name
        mark = "+" if candidate.possible else "-"
        _list(f"{mark} {name}", map(spoken, reasons(position, candidate)))
    folded = len(explained.candidates) - len(able)
    if folded:
        without = Sentence(
            f"Zonder belang of mandaat: nog {folded}.",
            f"Without an interest or a mandate: {folded} more.",
        )
        out.print(f"  {said(without)}", markup=False)
    out.print()


def _opening(opening: Opening) -> str:
    unsure = Sentence("(niet nagerekend)", "(not verified)")
    return spoken(opening.sentence) + ("" if opening.verified else f" {said(unsure)}")


def _list(heading: str, lines: Iterable[str]) -> None:
    out.print(f"  {heading}", markup=False)
    for line in lines:
        out.print(f"    {line}", markup=False)


def _show_comparison(problem: Problem, comparison: Comparison) -> None:
    for change in comparison.changes:
        effects = (difference(tier, value) for tier, value in change.effect.items() if value)
        _list(_change(problem, change), map(spoken, effects))
    for tier in problem.policy.tiers:
        before, after = comparison.before[tier], comparison.after[tier]
        name = spoken(TIERS[tier])
        out.print(f"{name:30} {before:>12} {after:>12} {after - before:>+12}", markup=False)


def _change(problem: Problem, change: MeetingChange) -> str:
    people = problem.representatives
    moves = [f"+{people[name].name}" for name in change.joined]
    moves += [f"-{people[name].name}" for name in change.left]
    if change.moved:
        start = problem.meetings[change.meeting].slots[change.after.slot or 0].start
        moves.append(spoken(solver_sentence.moment(start.astimezone(problem.timezone))))
    if change.new_deputy:
        deputy = "-" if change.after.deputy is None else people[change.after.deputy].name
        moves.append(said(Sentence(f"vervanger: {deputy}", f"deputy: {deputy}")))
    return " ".join((change.meeting, *moves))
