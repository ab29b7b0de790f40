"""Explanations and comparisons as JSON; sentences in the terminal's language."""

from collections.abc import Iterable, Mapping

from scheduler.cli.app import said
from scheduler.domain.errors import Sentence
from solver import sentence as solver_sentence
from solver.candidates import Candidate
from solver.compare import Comparison
from solver.explain import ExplainedGap, GapKind, MeetingExplanation, patch, reasons
from solver.position import Effect, Position
from solver.problem import Problem, Tier


def spoken(sentence: solver_sentence.Sentence) -> str:
    """What the solver says, in the language of the terminal."""
    return said(Sentence(sentence.nl, sentence.en))


def explanation_document(position: Position, explained: MeetingExplanation) -> dict[str, object]:
    """One meeting explained; a change is a JSON Patch (RFC 6902) of the problem's document."""
    return {
        "meeting": explained.meeting,
        "why": [
            {"representative": why.representative, "reasons": [*map(spoken, why.reasons)]}
            for why in explained.why
        ],
        "gap": _gap(position.problem, explained.gaps),
        "candidates": [_candidate(position, one) for one in explained.candidates],
    }


def _gap(problem: Problem, gaps: Iterable[ExplainedGap]) -> dict[str, object] | None:
    """All that the meeting lacks; `missing` counts its empty seats."""
    found = tuple(gaps)
    if not found:
        return None
    return {
        "missing": sum(one.gap.missing for one in found if one.gap.kind is GapKind.SEATS),
        "causes": [
            {
                "change": [step.document() for step in patch(problem, opening.changes)],
                "sentence": f"{spoken(one.gap.sentence)} {spoken(opening.sentence)}",
                "verified": opening.verified,
            }
            for one in found
            for opening in one.openings
        ],
    }


def _candidate(position: Position, candidate: Candidate) -> dict[str, object]:
    return {
        "representative": candidate.representative,
        "possible": candidate.possible,
        "effect": {} if candidate.effect is None else _counted(position, candidate.effect),
        "reasons": [*map(spoken, reasons(position, candidate))],
    }


def _counted(position: Position, effect: Effect) -> dict[str, int]:
    """The tiers that the policy counts, in its order."""
    return {tier: effect[tier] for tier in position.problem.policy.tiers}


def comparison_document(comparison: Comparison) -> dict[str, object]:
    """Two plans compared; all eight tiers."""
    return {
        "before": _plain(comparison.before),
        "after": _plain(comparison.after),
        "difference": _plain(comparison.difference),
        "changes": [
            {
                "meeting": change.meeting,
                "joined": change.joined,
                "left": change.left,
                "slot": {"before": change.before.slot, "after": change.after.slot},
                "deputy": {"before": change.before.deputy, "after": change.after.deputy},
                "effect": _plain(change.effect),
            }
            for change in comparison.changes
        ],
    }


def _plain(values: Mapping[Tier, int]) -> dict[str, int]:
    return {tier: values[tier] for tier in Tier}
