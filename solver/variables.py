"""The decisions of a plan as CP-SAT variables: the only place where they are made and read."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from ortools.sat.python.cp_model import CpModel, IntVar, LinearExpr

from solver.derive import Derived
from solver.problem import Meeting, PlannedMeeting, Tier

Option = tuple[str, int, str]
"""A commitment that could be: meeting, slot, representative."""

Decision = tuple[str | int, ...]
"""A name of a decision that is the same in every model of the problem."""

Amount = LinearExpr | int
"""Something counted: an expression over variables, or a number where nothing is left to decide."""

Values = Sequence[int]
"""A solution: one value per variable of the model, in the order in which they were made."""


def total(values: Values, flags: Iterable[IntVar]) -> int:
    """How many of the flags are set in a solution."""
    return sum(values[flag.index] for flag in flags)


class Variables:
    """One boolean per decision that the rules about a single commitment leave open.

    `standing`, `available` and `bans` are kept by absence: what they forbid has no variable.
    Deputies and voices are decided only where `tiers`, by default all of the policy's, count them.
    Every other variable of the model follows from these, and says how (`auxiliary`).
    """

    def __init__(
        self,
        derived: Derived,
        meetings: Iterable[str] | None = None,
        tiers: Sequence[Tier] | None = None,
    ) -> None:
        self.derived = derived
        self.problem = derived.problem
        self.model = CpModel()
        self.tiers = self.problem.policy.tiers if tiers is None else tuple(tiers)
        self.is_whole = meetings is None
        names = self.problem.meetings if meetings is None else meetings
        self.meetings: Sequence[Meeting] = [self.problem.meetings[name] for name in names]
        self.takes: dict[tuple[str, int], IntVar] = {}
        self.attends: dict[Option, IntVar] = {}
        self.stands_by: dict[Option, IntVar] = {}
        self.sends: dict[tuple[str, str], IntVar] = {}
        self.speaks: dict[tuple[str, str], dict[str, IntVar]] = defaultdict(dict)
        self._following: list[tuple[list[int], Callable[[Values], Sequence[int]]]] = []
        self._slots: dict[str, dict[int, IntVar]] = defaultdict(dict)
        self._attendees: dict[str, dict[str, list[IntVar]]] = defaultdict(dict)
        self._deputies: dict[str, dict[str, list[IntVar]]] = defaultdict(dict)
        self._attendees_in: dict[tuple[str, int], dict[str, IntVar]] = defaultdict(dict)
        self._deputies_in: dict[tuple[str, int], dict[str, IntVar]] = defaultdict(dict)
        for meeting in self.meetings:
            self._decide(meeting)

    # Views

    def decides_as_much_for(self, tiers: Sequence[Tier]) -> bool:
        """Whether with these tiers alone no decision would be left out."""
        return (Tier.VOICE in tiers or Tier.VOICE not in self.tiers) and (
            self._counts_deputies(tiers) or not self._counts_deputies(self.tiers)
        )

    def slots(self, meeting: str) -> Mapping[int, IntVar]:
        """The open slots of a meeting; their sum is 1 exactly where somebody attends."""
        return self._slots[meeting]

    def attendees(self, meeting: str) -> Mapping[str, Sequence[IntVar]]:
        """Per candidate the variables, one per slot, whose sum says that they attend."""
        return self._attendees[meeting]

    def deputies(self, meeting: str) -> Mapping[str, Sequence[IntVar]]:
        """Per candidate the variables, one per slot, whose sum says that they stand by."""
        return self._deputies[meeting]

    def attendees_in(self, meeting: str, slot: int) -> Mapping[str, IntVar]:
        """Candidates for attendance in one slot."""
        return self._attendees_in[meeting, slot]

    def deputies_in(self, meeting: str, slot: int) -> Mapping[str, IntVar]:
        """Candidates for deputyship in one slot."""
        return self._deputies_in[meeting, slot]

    def speakers(self, meeting: str, giver: str) -> Mapping[str, IntVar]:
        """The organisations other than itself that could speak for an interested one."""
        return self.speaks.get((meeting, giver), {})

    def organisation(self, person: str) -> str:
        """Whom a representative belongs to."""
        return self.problem.representatives[person].organisation

    # What follows

    def auxiliary(self, low: int, high: int, follows: Callable[[Values], int]) -> IntVar:
        """A variable that follows from those made before it: `follows` tells its best value."""
        variable = self.model.new_int_var(low, high, "")
        self._following.append(([variable.index], lambda values: [follows(values)]))
        return variable

    def auxiliaries(
        self, highs: Sequence[int], follows: Callable[[Values], Sequence[int]]
    ) -> Sequence[IntVar]:
        """Variables from 0 to their `highs` that follow together."""
        variables = [self.model.new_int_var(0, high, "") for high in highs]
        self._following.append(([variable.index for variable in variables], follows))
        return variables

    def any_of(self, flags: Sequence[IntVar]) -> IntVar:
        """A variable that follows from whether at least one of the flags is set."""
        return self.auxiliary(0, 1, lambda values: int(any(values[flag.index] for flag in flags)))

    def complete(self, plan: Mapping[str, PlannedMeeting], made: int | None = None) -> Values:
        """A plan as a solution of the whole model, everything that follows at its best value.

        Of the model as it was once so many of its variables were `made`, where that is given.
        """
        values = [0] * (len(self.model.proto.variables) if made is None else made)
        for variable, decided in self.decisions(plan):
            values[variable.index] = int(decided)
        for indexes, follows in self._following:
            if indexes and indexes[-1] >= len(values):
                break
            for index, value in zip(indexes, follows(values), strict=True):
                values[index] = value
        return values

    def decided(self, meeting: str) -> Iterator[int]:
        """Where a solution says what is decided about one meeting."""
        for slot, taken in self._slots[meeting].items():
            yield taken.index
            yield from (flag.index for flag in self._attendees_in[meeting, slot].values())
            yield from (flag.index for flag in self._deputies_in[meeting, slot].values())
        for giver in self.problem.meetings[meeting].interested:
            yield from (flag.index for flag in self.speakers(meeting, giver).values())

    def names(self) -> Iterator[tuple[Decision, int]]:
        """Every decision by name, and where a solution says it."""
        for kind, flags in (("attends", self.attends), ("stands by", self.stands_by)):
            for (meeting, slot, person), flag in flags.items():
                yield (kind, meeting, slot, person), flag.index
        for (meeting, slot), flag in self.takes.items():
            yield ("takes", meeting, slot), flag.index
        for (meeting, organisation), flag in self.sends.items():
            yield ("sends", meeting, organisation), flag.index
        for (meeting, giver), holders in self.speaks.items():
            for holder, flag in holders.items():
                yield ("speaks", meeting, giver, holder), flag.index

    # Plans

    def decisions(self, plan: Mapping[str, PlannedMeeting]) -> Iterator[tuple[IntVar, bool]]:
        """What a plan says about every decision, variable by variable."""
        for (meeting, slot), variable in self.takes.items():
            yield variable, plan[meeting].slot == slot
        for (meeting, slot, person), variable in self.attends.items():
            planned = plan[meeting]
            yield variable, planned.slot == slot and person in planned.attendees
        for (meeting, slot, person), variable in self.stands_by.items():
            planned = plan[meeting]
            yield variable, planned.slot == slot and planned.deputy == person
        for (meeting, giver), holders in self.speaks.items():
            for holder, variable in holders.items():
                yield variable, plan[meeting].voices.get(giver) == holder

    def plan(self, values: Values) -> dict[str, PlannedMeeting]:
        """Read a solution, one value per variable of the model in order, as a plan."""
        return {meeting.id: self._planned(meeting, values) for meeting in self.meetings}

    def _planned(self, meeting: Meeting, values: Values) -> PlannedMeeting:
        name = meeting.id
        slot = next((s for s, v in self._slots[name].items() if values[v.index]), None)
        if slot is None:
            return PlannedMeeting(meeting=name, slot=None, attendees=(), deputy=None, voices={})
        attendees = [p for p, v in self._attendees_in[name, slot].items() if values[v.index]]
        deputies = (p for p, v in self._deputies_in[name, slot].items() if values[v.index])
        return PlannedMeeting(
            meeting=name,
            slot=slot,
            attendees=tuple(attendees),
            deputy=next(deputies, None),
            voices=self._voices(meeting, attendees, values),
        )

    def _voices(self, meeting: Meeting, attendees: Iterable[str], values: Values) -> dict[str, str]:
        present = {self.organisation(person) for person in attendees}
        speakers: dict[str, str] = {}
        for giver in meeting.interested:
            for holder, variable in self.speakers(meeting.id, giver).items():
                if values[variable.index]:
                    speakers[giver] = holder
            if giver in present:
                speakers[giver] = giver
        return speakers

    # Making

    def _decide(self, meeting: Meeting) -> None:
        for slot in self.derived.open_slots(meeting.id):
            self._decide_slot(meeting, slot)
        if Tier.VOICE in self.tiers:
            self._decide_sending(meeting)
            self._decide_speaking(meeting)

    def _decide_slot(self, meeting: Meeting, slot: int) -> None:
        name = meeting.id
        candidates = self.derived.candidates(name, slot)
        if not candidates:
            return
        self.takes[name, slot] = self._slots[name][slot] = self._flag()
        for person in candidates:
            attends = self.attends[name, slot, person] = self._flag()
            self._attendees_in[name, slot][person] = attends
            self._attendees[name].setdefault(person, []).append(attends)
        if meeting.deputy and self._counts_deputies(self.tiers):
            self._decide_deputy(name, slot, candidates)

    def _decide_deputy(self, meeting: str, slot: int, candidates: Iterable[str]) -> None:
        for person in candidates:
            if not self.derived.is_pinned(meeting, person):
                stands_by = self.stands_by[meeting, slot, person] = self._flag()
                self._deputies_in[meeting, slot][person] = stands_by
                self._deputies[meeting].setdefault(person, []).append(stands_by)

    def _counts_deputies(self, tiers: Sequence[Tier]) -> bool:
        return Tier.DEPUTY in tiers or (Tier.STABILITY in tiers and bool(self.problem.baseline))

    def _decide_sending(self, meeting: Meeting) -> None:
        by_organisation: dict[str, list[IntVar]] = {}
        for person, variables in self._attendees[meeting.id].items():
            by_organisation.setdefault(self.organisation(person), []).extend(variables)
        for organisation, variables in by_organisation.items():
            sends = self.sends[meeting.id, organisation] = self.any_of(variables)
            self.model.add_bool_or([~sends, *variables])
            self.model.add_bool_and(~variable for variable in variables).only_enforce_if(~sends)

    def _decide_speaking(self, meeting: Meeting) -> None:
        if self.problem.policy.max_mandates_per_attendee == 0:
            return
        for giver in meeting.interested:
            holding = (
                self.derived.holders(giver, meeting.id, slot) for slot in self._slots[meeting.id]
            )
            for holder in sorted(frozenset().union(*holding)):
                if (meeting.id, holder) in self.sends:
                    self.speaks[meeting.id, giver][holder] = self._flag()

    def _flag(self) -> IntVar:
        return self.model.new_bool_var("")
