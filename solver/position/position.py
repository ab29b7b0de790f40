"""A plan with everything counted that a single change can touch."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from solver.derive import Derived
from solver.plan import Plan
from solver.position import parts
from solver.position.agenda import Agenda
from solver.position.heard import heard
from solver.position.objections import Objections
from solver.position.parts import Part
from solver.position.refusals import Refusal
from solver.position.tally import Account, Tally
from solver.problem import PlannedMeeting, Problem, Tier
from solver.rules import Roster

Effect = Mapping[Tier, int]
"""What a change does to each tier: the value after it less the one before, all eight tiers."""


class Position:
    """A valid plan for a problem, ready for questions about changes.

    Make it once and ask about as many meetings as you like; only `put` changes it. With a plan
    that breaks rules effects are still exact, but what is called possible may not be.
    """

    def __init__(
        self,
        problem: Problem,
        plan: Plan | Mapping[str, PlannedMeeting],
        derived: Derived | None = None,
    ) -> None:
        """Count everything; `derived` is taken over where it is at hand already."""
        self.problem = problem
        self.derived = Derived(problem) if derived is None else derived
        self.planned = dict(plan.meetings if isinstance(plan, Plan) else plan)
        self.tally = Tally(self.derived)
        self._roster = Roster(problem, self.planned, self.derived)
        self._agenda = Agenda(self._roster)
        self._lone: dict[str, Problem] = {}
        for planned in self.planned.values():
            self._book(planned, +1)

    # What is

    def parts(self) -> Iterator[Part]:
        """Every piece of every tier's value that isn't 0; they add up to the values exactly."""
        for name in self.problem.meetings:
            yield from filter(_counts, self.parts_of(self.planned[name]))
        yield from filter(_counts, map(self.tally.part, self.tally.all_accounts()))

    def values(self) -> Mapping[Tier, int]:
        """What the plan is worth on all eight tiers."""
        values = Counter(dict.fromkeys(Tier, 0))
        for part in self.parts():
            values[part.tier] += part.value
        return dict(values)

    def parts_of(self, planned: PlannedMeeting) -> Iterator[Part]:
        """The pieces that a meeting, planned like this, adds whatever else is planned."""
        return parts.of_meeting(self.table(planned), self.problem.meetings[planned.meeting])

    def table(self, planned: PlannedMeeting) -> Roster:
        """A roster of one meeting alone, planned like this."""
        name = planned.meeting
        return Roster(self._lone_problem(name), {name: planned}, self.derived)

    # What would be

    def effect(self, planned: PlannedMeeting) -> Effect:
        """What it does to every tier to plan one meeting like this instead."""
        before = self.planned[planned.meeting]
        accounts = self.tally.accounts(before, planned)
        effect = Counter(dict.fromkeys(Tier, 0))
        self._add(effect, before, accounts, -1)
        with self._supposing(planned):
            self._add(effect, planned, accounts, +1)
        return dict(effect)

    def loads_with(self, planned: PlannedMeeting, representative: str) -> tuple[int, int]:
        """The load of somebody and of their organisation, were one meeting planned like this."""
        organisation = self.problem.representatives[representative].organisation
        with self._supposing(planned):
            return self.tally.loads[representative], self.tally.shared_loads[organisation]

    def ranked(self, effect: Effect) -> tuple[int, ...]:
        """An effect by the policy's tiers in its order: less is better."""
        return tuple(effect[tier] for tier in self.problem.policy.tiers)

    def put(self, planned: PlannedMeeting) -> None:
        """Plan a meeting like this from now on."""
        self._book(self.planned[planned.meeting], -1)
        self.planned[planned.meeting] = planned
        self._book(planned, +1)

    def refusals(self, planned: PlannedMeeting, people: Iterable[str] = ()) -> tuple[Refusal, ...]:
        """Every rule that forbids planning a meeting like this, with its facts.

        Looks at the meeting as a whole and at `people`: those who are new to it, as attendees or
        as its deputy. Whoever was committed there in the same slot already is taken to be allowed.
        """
        if planned.slot is None:
            return ()
        before = self.planned[planned.meeting]
        self._agenda.book(before, -1)
        found = tuple(self._objections(planned, planned.slot, people))
        self._agenda.book(before, +1)
        return found

    def seating(
        self, meeting: str, slot: int, attendees: tuple[str, ...], deputy: str | None
    ) -> PlannedMeeting:
        """The meeting with these people, the most heard that can be, and the deputy if allowed."""
        before = self.planned[meeting]
        if not attendees:
            return PlannedMeeting(meeting=meeting, slot=None, attendees=(), deputy=None, voices={})
        voices = heard(self.derived, meeting, slot, attendees, before.voices)
        planned = PlannedMeeting(
            meeting=meeting, slot=slot, attendees=attendees, deputy=deputy, voices=voices
        )
        if deputy is None or (deputy not in attendees and not self._keeps_away(planned, deputy)):
            return planned
        return self.seating(meeting, slot, attendees, None)

    @contextmanager
    def _supposing(self, planned: PlannedMeeting) -> Iterator[None]:
        """While the block runs, the tally counts one meeting as planned like this."""
        before = self.planned[planned.meeting]
        self.tally.book(before, -1)
        self.tally.book(planned, +1)
        yield
        self.tally.book(planned, -1)
        self.tally.book(before, +1)

    def _keeps_away(self, planned: PlannedMeeting, deputy: str) -> bool:
        return any(found.representative == deputy for found in self.refusals(planned, (deputy,)))

    def _objections(
        self, planned: PlannedMeeting, slot: int, people: Iterable[str]
    ) -> Iterator[Refusal]:
        asked = Objections(self.table(planned), self._agenda, planned, slot)
        yield from asked.to_table()
        for name in people:
            if name in planned.attendees:
                yield from asked.to_attendee(name)
            else:
                yield from asked.to_deputy(name)

    def _add(
        self,
        effect: Counter[Tier],
        planned: PlannedMeeting,
        accounts: Iterable[Account],
        sign: int,
    ) -> None:
        for part in self.parts_of(planned):
            effect[part.tier] += sign * part.value
        for part in map(self.tally.part, accounts):
            effect[part.tier] += sign * part.value

    def _book(self, planned: PlannedMeeting, sign: int) -> None:
        self.tally.book(planned, sign)
        self._agenda.book(planned, sign)

    def _lone_problem(self, meeting: str) -> Problem:
        found = self._lone.get(meeting)
        if found is None:
            meetings = {meeting: self.problem.meetings[meeting]}
            found = self._lone[meeting] = replace(self.problem, meetings=meetings)
        return found


def _counts(part: Part) -> bool:
    return part.value != 0
