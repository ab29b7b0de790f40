"""The independent judge of a plan: every hard rule, every tier, no optimiser (`docs/planning.md`).

It shares section 3 of the rule book (`solver.derive`) with the solver and nothing else.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from solver.errors import BadDocument, Fault
from solver.format import digest_of
from solver.plan import Plan, TierScore
from solver.problem import PlannedMeeting, Problem, Tier
from solver.rules import HARD, SOFT, Roster, Violation

__all__ = ["Judgement", "Violation", "check", "false_claims"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What the rule book says of a plan.

    `violations` stand in the order of the rules, each rule, meeting and representative once.
    `tiers` holds the policy's tiers in its order, `all_tiers` all eight in the rule book's.
    """

    violations: tuple[Violation, ...]
    tiers: Mapping[Tier, int]
    all_tiers: Mapping[Tier, int]

    @property
    def is_valid(self) -> bool:
        """Whether no hard rule is broken."""
        return not self.violations


def check(problem: Problem, plan: Plan | Mapping[str, PlannedMeeting]) -> Judgement:
    """Judge a plan, or its meetings by id.

    Raises:
        BadDocument: it isn't a plan for this problem: a meeting is missing or unknown, or a
            representative or organisation is.
    """
    planned = plan.meetings if isinstance(plan, Plan) else plan
    faults = tuple(_strangers(problem, planned))
    if faults:
        raise BadDocument(faults)
    roster = Roster(problem, planned)
    values = {rule.name: rule.value(roster) for rule in SOFT}
    return Judgement(
        violations=tuple(found for rule in HARD for found in rule.violations(roster)),
        tiers={tier: values[tier] for tier in problem.policy.tiers},
        all_tiers=values,
    )


def false_claims(
    problem: Problem, plan: Plan, judgement: Judgement | None = None
) -> tuple[Fault, ...]:
    """What a plan says of itself that isn't so, by its path in the plan's document.

    That the bounds are true takes a proof; here only that they don't exceed the values. Where the
    plan was judged already, `judgement` is that.

    Raises:
        BadDocument: as `check` does.
    """
    return tuple(_false_claims(problem, plan, judgement or check(problem, plan)))


def _false_claims(problem: Problem, plan: Plan, judgement: Judgement) -> Iterator[Fault]:
    wanted = digest_of(problem)
    if plan.problem != wanted:
        yield Fault("problem", f"expected {wanted}, the digest of the problem's document")
    if tuple(score.tier for score in plan.tiers) != problem.policy.tiers:
        names = ", ".join(problem.policy.tiers)
        yield Fault("tiers", f"expected the policy's tiers in its order: {names}")
    for index, score in enumerate(plan.tiers):
        yield from _false_score(f"tiers[{index}]", score, judgement.all_tiers[score.tier])


def _false_score(path: str, score: TierScore, value: int) -> Iterator[Fault]:
    if score.value != value:
        yield Fault(f"{path}.value", f"expected {value}, found {score.value}")
    if score.bound is not None and score.bound > value:
        yield Fault(f"{path}.bound", f"expected at most {value}, found {score.bound}")


def _strangers(problem: Problem, planned: Mapping[str, PlannedMeeting]) -> Iterator[Fault]:
    """What a plan for this problem can't name, or must."""
    for meeting in problem.meetings:
        if meeting not in planned:
            yield Fault("meetings", f"expected meeting {meeting} too")
    for name, entry in planned.items():
        if name not in problem.meetings or name != entry.meeting:
            yield Fault(f"meetings.{name}", "expected a meeting of the problem, under its own id")
        for person in (*entry.attendees, *([entry.deputy] if entry.deputy is not None else [])):
            if person not in problem.representatives:
                yield Fault(f"meetings.{name}", f"expected a representative, found {person}")
        for organisation in (*entry.voices.keys(), *entry.voices.values()):
            if organisation not in problem.organisations:
                yield Fault(f"meetings.{name}", f"expected an organisation, found {organisation}")
