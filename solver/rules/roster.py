"""A plan laid beside its problem, the way the rules look at it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from solver.derive import Derived, SlotTime
from solver.problem import Meeting, PlannedMeeting, Problem, Representative
from solver.sentence import Sentence, moment


@dataclass(frozen=True, slots=True)
class Attendance:
    """Somebody bound to a meeting, in a slot that the meeting has."""

    meeting: str
    slot: int
    representative: str


class Roster:
    """One plan for one problem: what it says per meeting and per representative.

    Nothing in it need be valid but the ids: a slot that the meeting hasn't got counts as none, and
    somebody who stands somewhere twice counts once (the rule `seats` holds both against the plan).
    """

    def __init__(
        self,
        problem: Problem,
        planned: Mapping[str, PlannedMeeting],
        derived: Derived | None = None,
    ) -> None:
        """Lay them side by side; `derived` is taken over where it is at hand already."""
        self.problem = problem
        self.derived = Derived(problem) if derived is None else derived
        self.planned = planned

    def pairs(self) -> Iterator[tuple[Meeting, PlannedMeeting]]:
        """Every meeting with what is planned for it, in the problem's order."""
        for name, meeting in self.problem.meetings.items():
            yield meeting, self.planned[name]

    def slot(self, meeting: str) -> int | None:
        """The index of the slot that the plan takes, if the meeting has that slot."""
        slot = self.planned[meeting].slot
        if slot is None or not 0 <= slot < len(self.problem.meetings[meeting].slots):
            return None
        return slot

    def slot_time(self, attendance: Attendance) -> SlotTime:
        """When an attendance is."""
        return self.derived.slot(attendance.meeting, attendance.slot)

    def attendees(self, meeting: str) -> frozenset[str]:
        """Who attends a meeting."""
        return self._attendees[meeting]

    def attending(self, meeting: str) -> frozenset[str]:
        """The organisations that attend a meeting."""
        people = self.problem.representatives
        return frozenset(people[name].organisation for name in self._attendees[meeting])

    def speakers(self, meeting: str, giver: str) -> frozenset[str]:
        """Who holds a mandate in force from an organisation in the plan's slot."""
        slot = self.slot(meeting)
        return frozenset() if slot is None else self.derived.holders(giver, meeting, slot)

    def has_standing(self, meeting: str, representative: str) -> bool:
        """Whether somebody's organisation is interested, or speaks for one that is."""
        organisation = self.problem.representatives[representative].organisation
        if organisation in self.problem.meetings[meeting].interested:
            return True
        slot = self.slot(meeting)
        return slot is not None and organisation in self.derived.standing(meeting, slot)

    def is_pinned(self, meeting: str, representative: str) -> bool:
        """Whether a pin puts somebody there, in any slot or in the one that the plan takes."""
        slots = self.derived.pinned_slots(meeting, representative)
        return None in slots or self.planned[meeting].slot in slots

    @cached_property
    def attendances(self) -> tuple[Attendance, ...]:
        """Everybody at every meeting that has a slot, in the problem's and the plan's order."""
        return tuple(
            held
            for held in self.commitments
            if held.representative in self._attendees[held.meeting]
        )

    @cached_property
    def commitments(self) -> tuple[Attendance, ...]:
        """The attendances and, in the same shape, the deputyships, in the same order."""
        return tuple(
            Attendance(meeting.id, slot, name)
            for meeting, planned in self.pairs()
            if (slot := self.slot(meeting.id)) is not None
            for name in dict.fromkeys((*planned.attendees, planned.deputy))
            if name is not None
        )

    @cached_property
    def loads(self) -> Mapping[str, int]:
        """Minutes of work per representative, over the whole horizon."""
        loads = dict.fromkeys(self.problem.representatives, 0)
        for attendance in self.attendances:
            loads[attendance.representative] += self.load(attendance)
        return loads

    def load(self, attendance: Attendance) -> int:
        """Minutes of work that one attendance costs."""
        derived = self.derived
        return derived.load(attendance.meeting, attendance.slot, attendance.representative)

    def person(self, representative: str) -> Representative:
        """A representative by id."""
        return self.problem.representatives[representative]

    def words(self, meeting: str) -> Sentence:
        """How a meeting is called in a sentence: its title and, where it has one, its time."""
        title = self.problem.meetings[meeting].title
        slot = self.slot(meeting)
        if slot is None:
            return Sentence(title, title)
        start = self.problem.meetings[meeting].slots[slot].start
        when = moment(start.astimezone(self.problem.timezone))
        return Sentence(f"{title} ({when.nl})", f"{title} ({when.en})")

    def at(self, meeting: str, fact: Sentence, **values: Sentence | str | int) -> Sentence:
        """A statement on a meeting: fills {meeting} and the places that are named."""
        return fact.filled(meeting=self.words(meeting), **values)

    def about(self, fact: Sentence, meeting: str, representative: str) -> Sentence:
        """A statement on somebody at a meeting: fills {name}, {organisation} and {meeting}."""
        person = self.person(representative)
        organisation = self.problem.organisations[person.organisation].name
        return self.at(meeting, fact, name=person.name, organisation=organisation)

    @cached_property
    def _attendees(self) -> Mapping[str, frozenset[str]]:
        return {name: frozenset(planned.attendees) for name, planned in self.planned.items()}
