"""The best plan for a tiny problem, by looking at all of them with the judge's own eyes.

Knows nothing of the optimiser. Every plan is looked at, but for three shortcuts that lose none:
voices touch no rule and no tier but their own, so each seating takes its best ones; what breaks a
rule by itself still does in company; and tiers that add up meeting by meeting bound what is left.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product

from solver.check import check
from solver.problem import PlannedMeeting, Problem, Tier
from solver.rules import HARD, SOFT, Roster
from solver.rules.limits import LIMITS
from solver.rules.one_place import ONE_PLACE
from solver.rules.voice import VOICE
from solver.rules.voices import VOICES

_MEASURES = {rule.name: rule for rule in SOFT}
_ADDITIVE = {Tier.PRESENCE, Tier.VOICE, Tier.EXPERTISE, Tier.DEPUTY, Tier.STABILITY}

Plan = dict[str, PlannedMeeting]
Score = tuple[int, ...]


@dataclass(frozen=True)
class Optimum:
    """The policy's tiers at their lexicographic best, and one plan that reaches it."""

    tiers: dict[Tier, int]
    meetings: Plan


@dataclass(frozen=True)
class Option:
    """One way to plan one meeting, and what it adds to the leading tiers that add up."""

    planned: PlannedMeeting
    adds: Score


def best_plan(problem: Problem) -> Optimum:
    """The lexicographic optimum over all valid plans."""
    return _Search(problem).run()


class _Search:
    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.names = list(problem.meetings)
        self.empty = {name: _nobody(name) for name in self.names}
        self.best: tuple[Score, Plan] | None = None

    def run(self) -> Optimum:
        self._extend({}, self._leading_values({}))
        assert self.best is not None, "the pins and nobody else are always a plan"
        score, plan = self.best
        return Optimum(dict(zip(self.problem.policy.tiers, score, strict=True)), plan)

    @cached_property
    def leading(self) -> tuple[Tier, ...]:
        """The tiers at the front of the policy that add up meeting by meeting."""
        tiers = self.problem.policy.tiers
        others = (index for index, tier in enumerate(tiers) if tier not in _ADDITIVE)
        return tiers[: next(others, len(tiers))]

    @cached_property
    def options(self) -> dict[str, list[Option]]:
        return {
            name: sorted(self._options(name), key=lambda option: option.adds) for name in self.names
        }

    @cached_property
    def least_left(self) -> list[Score]:
        """From each meeting on: what is added at least, tier by tier."""
        columns = [
            [min(option.adds[tier] for option in self.options[name]) for name in self.names]
            for tier in range(len(self.leading))
        ]
        return [
            tuple(sum(column[start:]) for column in columns) for start in range(len(self.names) + 1)
        ]

    def _extend(self, plan: Plan, so_far: Score) -> None:
        depth = len(plan)
        if depth == len(self.names):
            self._judge(plan)
            return
        for option in self.options[self.names[depth]]:
            total = _sum(so_far, option.adds)
            if self._cannot_win(_sum(total, self.least_left[depth + 1])):
                continue
            longer = {**plan, self.names[depth]: option.planned}
            if depth == 0 or self._fits(longer):
                self._extend(longer, total)

    def _cannot_win(self, at_least: Score) -> bool:
        if self.best is None:
            return False
        front = self.best[0][: len(self.leading)]
        whole = len(self.leading) == len(self.problem.policy.tiers)
        return at_least > front or (whole and at_least == front)

    def _fits(self, plan: Plan) -> bool:
        roster = Roster(self.problem, {**self.empty, **plan})
        return not ONE_PLACE.violations(roster) and not LIMITS.violations(roster)

    def _judge(self, plan: Plan) -> None:
        judgement = check(self.problem, plan)
        if judgement.violations:
            return
        score = tuple(judgement.tiers.values())
        if self.best is None or score < self.best[0]:
            self.best = (score, plan)

    def _options(self, name: str) -> Iterator[Option]:
        base = self._leading_values({})
        for seating in self._seatings(name):
            if self._stands_alone(name, seating):
                planned = self._best_heard(seating)
                value = self._leading_values({name: planned})
                yield Option(planned, tuple(v - b for v, b in zip(value, base, strict=True)))

    def _leading_values(self, plan: Plan) -> Score:
        roster = Roster(self.problem, {**self.empty, **plan})
        return tuple(_MEASURES[tier].value(roster) for tier in self.leading)

    def _seatings(self, name: str) -> Iterator[PlannedMeeting]:
        yield _nobody(name)
        meeting, people = self.problem.meetings[name], tuple(self.problem.representatives)
        groups = (g for n in range(1, meeting.seats.max + 1) for g in combinations(people, n))
        deputies = (None, *people) if meeting.deputy else (None,)
        for group, slot, deputy in product(groups, range(len(meeting.slots)), deputies):
            yield PlannedMeeting(meeting=name, slot=slot, attendees=group, deputy=deputy, voices={})

    def _stands_alone(self, name: str, seating: PlannedMeeting) -> bool:
        """Whether nothing but voices is wrong with it while nothing else is planned."""
        roster = Roster(self.problem, {**self.empty, name: seating})
        return not any(
            violation.meeting in {name, None}
            for rule in HARD
            if rule is not VOICES
            for violation in rule.violations(roster)
        )

    def _best_heard(self, seating: PlannedMeeting) -> PlannedMeeting:
        heard = (self._heard(seating, voices) for voices in self._voices(seating))
        valid = (h for h in heard if not self._broken_voices(h))
        return min(valid, key=lambda h: VOICE.value(Roster(self.problem, self._only(h))))

    def _voices(self, seating: PlannedMeeting) -> Iterator[dict[str, str]]:
        people = self.problem.representatives
        attending = sorted({people[name].organisation for name in seating.attendees})
        interested = tuple(self.problem.meetings[seating.meeting].interested)
        for speakers in product((None, *attending), repeat=len(interested)):
            pairs = zip(interested, speakers, strict=True)
            yield {heard: speaker for heard, speaker in pairs if speaker is not None}

    def _heard(self, seating: PlannedMeeting, voices: dict[str, str]) -> PlannedMeeting:
        return PlannedMeeting(
            meeting=seating.meeting,
            slot=seating.slot,
            attendees=seating.attendees,
            deputy=seating.deputy,
            voices=voices,
        )

    def _broken_voices(self, planned: PlannedMeeting) -> bool:
        violations = VOICES.violations(Roster(self.problem, self._only(planned)))
        return any(violation.meeting == planned.meeting for violation in violations)

    def _only(self, planned: PlannedMeeting) -> Plan:
        return {**self.empty, planned.meeting: planned}


def _nobody(name: str) -> PlannedMeeting:
    return PlannedMeeting(meeting=name, slot=None, attendees=(), deputy=None, voices={})


def _sum(one: Score, other: Score) -> Score:
    return tuple(a + b for a, b in zip(one, other, strict=True))
