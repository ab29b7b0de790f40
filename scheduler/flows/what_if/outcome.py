"""What one plan comes to, reckoned from the problem itself, so that supposed facts count."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Self

from scheduler.flows.planning.figures import Figures
from solver.derive import Derived
from solver.problem import Level, Meeting, PlannedMeeting, Problem

Planned = Mapping[str, PlannedMeeting]


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What somebody carries over the horizon, in per cent of what they can."""

    name: str
    load: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A meeting with an empty seat or somebody unheard (by name). The start is in UTC."""

    meeting: str
    title: str
    starts_at: datetime
    municipality: str | None
    empty_seats: int
    unheard: tuple[str, ...]

    @property
    def size(self) -> int:
        """How much is missing."""
        return self.empty_seats + len(self.unheard)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One plan in figures.

    The figures are of the meetings to come, the loads (by identifier) of the whole horizon.
    `changed` is how many meetings differ from the present plan.
    """

    figures: Figures
    organisations: Mapping[str, Carried]
    representatives: Mapping[str, Carried]
    gaps: tuple[Gap, ...]
    changed: int

    def as_json(self) -> dict[str, Any]:
        """As it is kept in its row."""
        kept = asdict(self)
        for gap in kept["gaps"]:
            gap["starts_at"] = gap["starts_at"].isoformat()
        return kept

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """Back from its row."""
        return cls(
            figures=Figures(**kept["figures"]),
            organisations={name: Carried(**each) for name, each in kept["organisations"].items()},
            representatives={
                name: Carried(**each) for name, each in kept["representatives"].items()
            },
            gaps=tuple(_gap_from(each) for each in kept["gaps"]),
            changed=kept["changed"],
        )


def _gap_from(kept: Mapping[str, Any]) -> Gap:
    starts_at = datetime.fromisoformat(kept["starts_at"])
    return Gap(**{**kept, "starts_at": starts_at, "unheard": tuple(kept["unheard"])})


def measured(problem: Problem, planned: Planned, ahead: Iterable[str], present: Planned) -> Outcome:
    """Reckon a plan out: `ahead` are the meetings to come, `present` what is published now."""
    sight = _Sight(problem, planned)
    coming = [problem.meetings[name] for name in problem.meetings if name in set(ahead)]
    return Outcome(
        figures=sight.figures(coming),
        organisations=sight.organisations(),
        representatives=sight.representatives(),
        gaps=tuple(gap for meeting in coming for gap in sight.gap(meeting)),
        changed=sum(_who(planned[each.id]) != _who(present[each.id]) for each in coming),
    )


def _who(planned: PlannedMeeting) -> tuple[frozenset[str], str | None]:
    """Whom a meeting asks; another slot alone is the supposition's, not the plan's."""
    return frozenset(planned.attendees), planned.deputy


class _Sight:
    """A plan beside its problem."""

    def __init__(self, problem: Problem, planned: Planned) -> None:
        self._problem = problem
        self._planned = planned
        self._derived = Derived(problem)

    def figures(self, coming: list[Meeting]) -> Figures:
        seated = [(each, name) for each in coming for name in self._planned[each.id].attendees]
        return Figures(
            empty_seats=sum(map(self._empty, coming)),
            unheard=sum(len(self._unheard(each)) for each in coming),
            without_expert=sum(map(self._lacks_expert, coming)),
            without_deputy=sum(
                each.deputy and self._planned[each.id].deputy is None for each in coming
            ),
            missing_regions=sum(map(self._missing_regions, coming)),
            travel_minutes=sum(2 * self._derived.trip(each.id, name) for each, name in seated),
            working_time=sum(self._costs_work(each, name) for each, name in seated),
            work_minutes=sum(self._work(each.id, name) for each, name in seated),
        )

    def organisations(self) -> dict[str, Carried]:
        people = self._problem.representatives
        loads: Counter[str] = Counter()
        for name, minutes in self._loads().items():
            loads[people[name].organisation] += minutes
        return {
            each.id: Carried(name=each.name, load=_share(loads[each.id], each.capacity_minutes))
            for each in self._problem.organisations.values()
        }

    def representatives(self) -> dict[str, Carried]:
        loads = self._loads()
        return {
            each.id: Carried(name=each.name, load=_share(loads[each.id], each.target_minutes))
            for each in self._problem.representatives.values()
        }

    def gap(self, meeting: Meeting) -> Iterator[Gap]:
        """The gap at one meeting, if there is one."""
        empty, unheard = self._empty(meeting), self._unheard(meeting)
        if empty or unheard:
            names = sorted(self._problem.organisations[each].name for each in unheard)
            yield Gap(
                meeting=meeting.id,
                title=meeting.title,
                starts_at=meeting.slots[self._planned[meeting.id].slot or 0].start,
                municipality=meeting.municipality,
                empty_seats=empty,
                unheard=tuple(names),
            )

    def _loads(self) -> Counter[str]:
        loads: Counter[str] = Counter()
        for meeting, planned in self._planned.items():
            for name in planned.attendees:
                loads[name] += self._work(meeting, name)
        return loads

    def _work(self, meeting: str, name: str) -> int:
        return self._derived.load(meeting, self._planned[meeting].slot or 0, name)

    def _empty(self, meeting: Meeting) -> int:
        return max(0, meeting.seats.min - len(self._planned[meeting.id].attendees))

    def _unheard(self, meeting: Meeting) -> list[str]:
        voices = self._planned[meeting.id].voices
        return [each for each in meeting.interested if each not in voices]

    def _lacks_expert(self, meeting: Meeting) -> bool:
        people = [
            self._problem.representatives[each] for each in self._planned[meeting.id].attendees
        ]
        return any(all(topic not in one.expertise for one in people) for topic in meeting.expertise)

    def _missing_regions(self, meeting: Meeting) -> int:
        if meeting.level is not Level.PROVINCE:
            return 0
        people, bodies = self._problem.representatives, self._problem.organisations
        present = {
            bodies[people[each].organisation].region for each in self._planned[meeting.id].attendees
        }
        return max(0, min(len(self._problem.regions), meeting.seats.min) - len(present))

    def _costs_work(self, meeting: Meeting, name: str) -> bool:
        slot = self._derived.slot(meeting.id, self._planned[meeting.id].slot or 0)
        return self._problem.representatives[name].paid_job and slot.office_minutes > 0


def _share(minutes: int, bearable: int) -> int:
    return round(100 * minutes / bearable)
