"""Explanations and comparisons as JSON; sentences in the terminal's language."""

from collections.abc import Iterable, Mapping

from scheduler.cli.app import spoken
from solver.compare import Comparison
from solver.explain import (
    ExplainedGap,
    GapKind,
    MeetingExplanation,
    by_meeting,
    by_organisation,
    by_region,
    by_representative,
    by_series,
    parts_of_tier,
    patch,
    reasons,
)
from solver.position import Effect, Position
from solver.problem import Problem, Tier
from solver.ranking import Candidate


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


def tier_document(position: Position, tier: Tier) -> dict[str, object]:
    """A tier's value and what brings how much to it, by id.

    One piece may belong to several kinds: what isn't heard at a meeting is the meeting's and the
    organisation's.
    """
    return {"tier": tier, "value": position.values()[tier], **shares_of(position, tier)}


def shares_of(position: Position, tier: Tier) -> dict[str, dict[str, int]]:
    """Per kind: who brings how much to a tier's value, the heaviest first."""
    parts = parts_of_tier(position, tier)
    return {
        "meetings": by_meeting(parts),
        "organisations": by_organisation(parts),
        "representatives": by_representative(parts),
        "regions": by_region(parts),
        "series": by_series(parts),
    }


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
