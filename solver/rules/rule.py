"""What a rule is: a name, its place in the rule book, its sentence, and how it judges a plan."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from solver.problem import HardRule, Tier
from solver.rules.roster import Roster
from solver.sentence import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """One hard rule broken at one meeting by one representative.

    `meeting` is None where the rule looks at a week or a month, `representative` where it looks at
    the meeting as a whole. `sentence` holds the facts, all of them where there are several.
    """

    rule: HardRule
    meeting: str | None
    representative: str | None
    sentence: Sentence


# What breaks a rule: the meeting, the representative, the facts.
Breach = tuple[str | None, str | None, Sentence]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hard:
    """A rule that every plan keeps (section 4). `breaches` may name a meeting and person twice."""

    name: HardRule
    sentence: Sentence
    breaches: Callable[[Roster], Iterator[Breach]]

    @property
    def place(self) -> str:
        """Where the rule book states it."""
        return f"4, {self.name}"

    def violations(self, roster: Roster) -> tuple[Violation, ...]:
        """Each meeting and representative with which a plan breaks this rule, once."""
        facts: dict[tuple[str | None, str | None], Sentence] = {}
        for meeting, representative, sentence in self.breaches(roster):
            key = (meeting, representative)
            facts[key] = facts[key] + sentence if key in facts else sentence
        return tuple(
            Violation(rule=self.name, meeting=key[0], representative=key[1], sentence=sentence)
            for key, sentence in facts.items()
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Soft:
    """A tier (section 5): a whole number, lower is better."""

    name: Tier
    sentence: Sentence
    value: Callable[[Roster], int]

    @property
    def place(self) -> str:
        """Where the rule book states it."""
        return f"5, {self.name}"
