"""What could be otherwise about speaking for others."""

from dataclasses import dataclass, replace

from solver.explain.changes.change import unused
from solver.problem import Level, Mandate, Problem
from solver.sentence import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveMandate:
    """A giver lets a holder speak for it: here, at this level, over the whole horizon."""

    giver: str
    holder: str
    municipality: str | None
    level: Level

    def applied(self, problem: Problem) -> Problem:
        """Add the mandate."""
        mandate = Mandate(
            id=unused(f"{self.giver}-{self.holder}", (one.id for one in problem.mandates)),
            giver=self.giver,
            holder=self.holder,
            municipalities=None if self.municipality is None else frozenset({self.municipality}),
            topics=None,
            levels=frozenset({self.level}),
            first_day=problem.horizon.first_day,
            last_day=problem.horizon.last_day,
        )
        return replace(problem, mandates=(*problem.mandates, mandate))

    def sentence(self, problem: Problem) -> Sentence:
        """Who gives it to whom."""
        return Sentence(
            "{giver} geeft een mandaat aan {holder}.", "{giver} gives {holder} a mandate."
        ).filled(
            giver=problem.organisations[self.giver].name,
            holder=problem.organisations[self.holder].name,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakForMore:
    """Each attendee may speak for so many others."""

    number: int

    def applied(self, problem: Problem) -> Problem:
        """Change the policy."""
        policy = replace(problem.policy, max_mandates_per_attendee=self.number)
        return replace(problem, policy=policy)

    def sentence(self, problem: Problem) -> Sentence:
        """How many that is, and was."""
        return Sentence(
            "Een deelnemer spreekt voor {number} andere organisaties, in plaats van {before}.",
            "An attendee may speak for {number} other organisations, instead of {before}.",
        ).filled(number=self.number, before=problem.policy.max_mandates_per_attendee)
