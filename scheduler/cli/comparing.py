"""Comparing two plans in files, without a database."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.app import AsJson, app, out, said, show_json, spoken
from scheduler.cli.explained import comparison_document
from scheduler.cli.files import (
    PlanFile,
    ProblemFile,
    read_plan_file,
    read_problem_file,
    refuse_one_stream_twice,
)
from scheduler.cli.listing import show_list, valid
from scheduler.domain.errors import Sentence
from solver import sentence as solver_sentence
from solver.compare import Comparison, MeetingChange, compare
from solver.explain import TIERS, differences
from solver.problem import Problem


@app.command("compare")
def compare_files(
    problem: ProblemFile,
    before: PlanFile,
    after: Annotated[Path, typer.Argument(help="Another plan for that problem (JSON).")],
    *,
    as_json: AsJson = False,
) -> None:
    """Tell what a second plan does otherwise than a first, and what each change brings."""
    refuse_one_stream_twice(problem, before, after)
    asked = read_problem_file(problem)
    plans = [valid(asked, read_plan_file(file, asked)) for file in (before, after)]
    comparison = compare(asked, *plans)
    if as_json:
        show_json(comparison_document(comparison))
    else:
        _show(asked, comparison)


def _show(problem: Problem, comparison: Comparison) -> None:
    for change in comparison.changes:
        effects = map(spoken, differences(problem, change.effect))
        show_list(" ".join((change.meeting, *_moves(problem, change))), effects)
    headings = (Sentence("eerst", "before"), Sentence("dan", "after"), Sentence("erbij", "more"))
    before, after, more = map(said, headings)
    out.print(f"{'':30} {before:>12} {after:>12} {more:>12}", markup=False)
    for tier in problem.policy.tiers:
        was, becomes = comparison.before[tier], comparison.after[tier]
        name = spoken(TIERS[tier])
        out.print(f"{name:30} {was:>12} {becomes:>12} {becomes - was:>+12}", markup=False)


def _moves(problem: Problem, change: MeetingChange) -> Iterator[str]:
    """What is otherwise about a meeting, each in a word or two."""
    people = problem.representatives
    yield from (f"+{people[name].name}" for name in change.joined)
    yield from (f"-{people[name].name}" for name in change.left)
    if change.moved:
        start = problem.meetings[change.meeting].slots[change.after.slot or 0].start
        yield spoken(solver_sentence.moment(start.astimezone(problem.timezone)))
    if change.new_deputy:
        deputy = "-" if change.after.deputy is None else people[change.after.deputy].name
        yield said(Sentence(f"vervanger: {deputy}", f"deputy: {deputy}"))
    if change.before.voices != change.after.voices:
        yield said(Sentence("(andere stemmen)", "(other voices)"))
