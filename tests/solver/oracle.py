"""The best plan for a tiny problem, by looking at all of them; shares no line with the planner.

Every plan is looked at, but for shortcuts that lose none: voices touch no rule and no tier but
their own, so each seating takes its best ones; what breaks a rule by itself, or among the first few
meetings, still does in company; and a plan's tiers never fall below what its first meetings and the
cheapest of the rest come to.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product
from typing import Any

from solver.format import write_problem
from solver.problem import PlannedMeeting, Problem, Tier

Entry = dict[str, Any]
Score = tuple[int, ...]


@dataclass(frozen=True)
class Optimum:
    """The policy's tiers at their lexicographic best, and one plan that reaches it."""

    tiers: dict[Tier, int]
    meetings: dict[str, PlannedMeeting]


@dataclass(frozen=True)
class Option:
    """One way to plan one meeting, and what it adds to each tier whatever else is planned."""

    entry: Entry
    adds: Score


def best_plan(problem: Problem, book: Any) -> Optimum:
    """The lexicographic optimum over all valid plans; `book` is the class that reads the rules."""
    score, plan = _Search(book(json.loads(write_problem(problem)))).run()
    meetings = {
        name: PlannedMeeting(**{**entry, "attendees": tuple(entry["attendees"])})
        for name, entry in plan.items()
    }
    return Optimum(dict(zip(problem.policy.tiers, score, strict=True)), meetings)


class _Search:
    def __init__(self, book: Any) -> None:
        self.book = book
        self.tiers: list[str] = book.policy["tiers"]
        self.names = list(book.meetings)
        self.best: tuple[Score, dict[str, Entry]] | None = None

    def run(self) -> tuple[Score, dict[str, Entry]]:
        self._extend({}, (0,) * len(self.tiers))
        assert self.best is not None, "the pins and nobody else are always a plan"
        return self.best

    @cached_property
    def options(self) -> dict[str, list[Option]]:
        found = {name: list(self._options(name)) for name in self.names}
        return {name: sorted(each, key=lambda option: option.adds) for name, each in found.items()}

    @cached_property
    def least_left(self) -> list[Score]:
        """From each meeting on: what is added at least, tier by tier."""
        least = [
            tuple(map(min, zip(*(option.adds for option in self.options[name]), strict=True)))
            for name in self.names
        ]
        zero = (0,) * len(self.tiers)
        return [_sum(zero, *least[start:]) for start in range(len(self.names) + 1)]

    @cached_property
    def seats_left(self) -> list[Counter[str]]:
        """From each meeting on: the most seats at province level that a region could still take."""
        left: list[Counter[str]] = [Counter()]
        for name in reversed(self.names):
            most: Counter[str] = Counter()
            for option in self.options[name]:
                most |= Counter(self.book.province_seats(option.entry))
            left.insert(0, left[0] + most)
        return left

    def _extend(self, plan: dict[str, Entry], so_far: Score) -> None:
        depth = len(plan)
        if depth == len(self.names):
            self._judge(plan)
            return
        name = self.names[depth]
        for option in self.options[name]:
            longer = {**plan, name: option.entry}
            total = _sum(so_far, option.adds)
            if not self._cannot_win(longer, total) and self._fits(longer):
                self._extend(longer, total)

    def _cannot_win(self, plan: dict[str, Entry], so_far: Score) -> bool:
        """Whether even the cheapest of the rest brings nothing better than the best so far."""
        if self.best is None:
            return False
        own = _sum(so_far, self.least_left[len(plan)])
        if own > self.best[0]:
            return True
        shared = self.book.shared_values(plan, self.seats_left[len(plan)])
        return _sum(own, self._ordered(shared)) >= self.best[0]

    def _fits(self, plan: dict[str, Entry]) -> bool:
        """Whether the first meetings keep the two rules that look at several at once."""
        whole = {name: plan.get(name) or _nobody(name) for name in self.names}
        return not any(self.book.one_place(whole)) and not any(self.book.limits(whole))

    def _judge(self, plan: dict[str, Entry]) -> None:
        found, values = self.book.judge(plan)
        score = self._ordered(values)
        if not found and (self.best is None or score < self.best[0]):
            self.best = (score, plan)

    def _ordered(self, values: Mapping[str, int]) -> Score:
        return tuple(values.get(tier, 0) for tier in self.tiers)

    def _options(self, name: str) -> Iterator[Option]:
        for seating in self._seatings(name):
            if not any(self.book.findings_at(name, seating)):
                yield Option(seating, self._ordered(self.book.own_values(name, seating)))

    def _seatings(self, name: str) -> Iterator[Entry]:
        yield _nobody(name)
        meeting, people = self.book.meetings[name], list(self.book.people)
        for size in range(1, meeting["seats"]["max"] + 1):
            for group, slot in product(combinations(people, size), range(len(meeting["slots"]))):
                alone = {**_nobody(name), "slot": slot, "attendees": list(group)}
                voices = self._best_voices(name, alone)
                for deputy in (None, *people) if meeting["deputy"] else (None,):
                    yield {**alone, "voices": voices, "deputy": deputy}

    def _best_voices(self, name: str, seating: Entry) -> dict[str, str]:
        """Of all ways to speak for one another that are allowed: one that leaves least unheard."""
        interested = {
            one["organisation"]: one["weight"] for one in self.book.meetings[name]["interested"]
        }
        here = sorted({self.book.people[one]["organisation"] for one in seating["attendees"]})
        ways = (
            {giver: speaker for giver, speaker in zip(interested, speakers, strict=True) if speaker}
            for speakers in product((None, *here), repeat=len(interested))
        )
        allowed = (w for w in ways if not self.book.breaks_voices(name, {**seating, "voices": w}))
        return max(allowed, key=lambda way: sum(interested[giver] for giver in way))


def _nobody(name: str) -> Entry:
    return {"meeting": name, "slot": None, "attendees": [], "deputy": None, "voices": {}}


def _sum(*scores: Score) -> Score:
    return tuple(map(sum, zip(*scores, strict=True)))
