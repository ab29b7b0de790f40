"""Explaining plans in files, without a database."""

from collections.abc import Callable, Iterator
from time import monotonic
from typing import Annotated

import typer

from scheduler.cli.app import AsJson, app, out, said, show_json, spoken
from scheduler.cli.explained import explanation_document, tier_document
from scheduler.cli.files import (
    PlanFile,
    ProblemFile,
    read_plan_file,
    read_problem_file,
    refuse_one_stream_twice,
)
from scheduler.cli.listing import show_list, valid
from scheduler.cli.valuing import show_tier
from scheduler.domain.errors import BadInput, NotFound, Sentence
from solver.explain import MeetingExplanation, Opening, explain_at, reasons, verified
from solver.position import Position
from solver.problem import Tier


@app.command("explain")
def explain_file(
    problem: ProblemFile,
    plan: PlanFile,
    *,
    meeting: Annotated[str, typer.Option(help="Only this meeting; otherwise all.")] = "",
    tier: Annotated[
        Tier | None, typer.Option(help="Not meetings, but what makes up the value of a tier.")
    ] = None,
    time_limit: Annotated[
        float,
        typer.Option(min=0.0, help="Seconds to verify what would close gaps; the rest isn't."),
    ] = 60.0,
    as_json: AsJson = False,
) -> None:
    """Tell why a plan is as it is, and what would close its gaps. Exit code 1: it isn't valid."""
    refuse_one_stream_twice(problem, plan)
    asked = read_problem_file(problem)
    position = Position(asked, valid(asked, read_plan_file(plan, asked)))
    if tier is not None:
        _explain_tier(position, tier, meeting, as_json=as_json)
        return
    explained = _explained(position, meeting, _until(monotonic() + time_limit))
    if as_json:
        show_json({"meetings": [explanation_document(position, one) for one in explained]})
        return
    for one in explained:
        _show(position, one)


def _explained(
    position: Position, meeting: str, may_go_on: Callable[[], bool]
) -> Iterator[MeetingExplanation]:
    """One by one, for a country's plan has ten thousand."""
    if meeting and meeting not in position.problem.meetings:
        raise NotFound("meeting", meeting)
    for name in [meeting] if meeting else position.problem.meetings:
        yield verified(position, explain_at(position, name), may_go_on)


def _explain_tier(position: Position, tier: Tier, meeting: str, *, as_json: bool) -> None:
    if meeting:
        raise BadInput(
            Sentence("Kies --meeting of --tier, niet beide.", "Give --meeting or --tier, not both.")
        )
    if as_json:
        show_json(tier_document(position, tier))
    else:
        show_tier(position, tier)


def _until(deadline: float) -> Callable[[], bool]:
    return lambda: monotonic() < deadline


def _show(position: Position, explained: MeetingExplanation) -> None:
    problem = position.problem
    title = problem.meetings[explained.meeting].title
    out.print(f"{explained.meeting} {title}", markup=False)
    for why in explained.why:
        show_list(problem.representatives[why.representative].name, map(spoken, why.reasons))
    for one in explained.gaps:
        show_list(spoken(one.gap.sentence), map(_opening, one.openings))
    able = [one for one in explained.candidates if one.has_standing]
    for candidate in able:
        name = problem.representatives[candidate.representative].name
        mark = "+" if candidate.possible else "-"
        show_list(f"{mark} {name}", map(spoken, reasons(position, candidate)))
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
