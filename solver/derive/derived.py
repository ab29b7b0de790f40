"""One problem's derived values behind one face."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from solver.derive.availability import Diary
from solver.derive.clock import LocalClock
from solver.derive.mandates import MandateBook
from solver.derive.obstacles import Cause, Obstacle
from solver.derive.slots import SlotTime, slot_time
from solver.derive.travel import TravelTable
from solver.problem import Mode, Problem


class Derived:
    """What follows from a problem; meetings, slots, representatives are named by id and index."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._clock = LocalClock(problem.timezone)
        self._travel = TravelTable(problem.travel, problem.places)
        self._mandates = MandateBook(problem.mandates)
        self._slots: dict[tuple[str, int], SlotTime] = {}
        self._diaries: dict[str, Diary] = {}
        self._candidates: dict[tuple[str, int], tuple[str, ...]] = {}
        self._locations: dict[tuple[str, str], str] = {}

    # Time and place

    def slot(self, meeting: str, slot: int) -> SlotTime:
        """A slot's minutes, day, week, month and office-hours minutes."""
        key = (meeting, slot)
        found = self._slots.get(key)
        if found is None:
            span = self.problem.meetings[meeting].slots[slot]
            found = slot_time(span, self._clock, self.problem.office_hours)
            self._slots[key] = found
        return found

    def travel(self, origin: str, destination: str) -> int:
        """Minutes from one place to another, one way."""
        return self._travel.minutes(origin, destination)

    def is_online(self, meeting: str, representative: str) -> bool:
        """Whether this representative's commitment at this meeting is an online one."""
        table = self.problem.meetings[meeting]
        if table.mode is not Mode.HYBRID:
            return table.mode is Mode.ONLINE
        person = self.problem.representatives[representative]
        beyond = self.problem.policy.hybrid_online_beyond_minutes
        return person.online and self._distance(meeting, representative) > beyond

    def location(self, meeting: str, representative: str) -> str:
        """Where the representative is during the commitment: the meeting's place, or at home."""
        key = (meeting, representative)
        found = self._locations.get(key)
        if found is None:
            place = self.problem.meetings[meeting].place
            home = self.problem.representatives[representative].home
            if place is None or self.is_online(meeting, representative):
                place = home
            found = self._locations[key] = place
        return found

    def trip(self, meeting: str, representative: str) -> int:
        """Minutes one way from home to the meeting; 0 when online."""
        home = self.problem.representatives[representative].home
        return self.travel(home, self.location(meeting, representative))

    def load(self, meeting: str, slot: int, representative: str) -> int:
        """Minutes of work that an attendance costs: meeting, preparation, report, both ways."""
        table = self.problem.meetings[meeting]
        paper = table.preparation_minutes + table.report_minutes
        return self.slot(meeting, slot).duration + paper + 2 * self.trip(meeting, representative)

    def shortage(self, representative: str, first: tuple[str, int], second: tuple[str, int]) -> int:
        """Minutes by which somebody can't do both commitments; 0 or less where both can be done.

        A commitment is (meeting, slot); the order of the two doesn't matter.
        """
        one, other = self.slot(*first), self.slot(*second)
        if one.start > other.start:
            first, second, one, other = second, first, other, one
        way = self.travel(
            self.location(first[0], representative), self.location(second[0], representative)
        )
        return one.end + way - other.start

    # Mandates and standing

    def speakers(self, meeting: str, slot: int) -> Mapping[str, frozenset[str]]:
        """For each interested organisation, the others that hold its mandate in force."""
        return self._mandates.speakers(self.problem.meetings[meeting], self.slot(meeting, slot).day)

    def holders(self, giver: str, meeting: str, slot: int) -> frozenset[str]:
        """Organisations that hold a mandate in force of any giver, interested or not."""
        table = self.problem.meetings[meeting]
        return self._mandates.holders(giver, table, self.slot(meeting, slot).day)

    def standing(self, meeting: str, slot: int) -> frozenset[str]:
        """Organisations that may send somebody in this slot."""
        return self._mandates.standing(self.problem.meetings[meeting], self.slot(meeting, slot).day)

    # Pins and bans

    @cached_property
    def pinned(self) -> Mapping[str, frozenset[str]]:
        """Per meeting with pins: who attends by a coordinator's word."""
        found: dict[str, set[str]] = {}
        for pin in self.problem.pins:
            found.setdefault(pin.meeting, set()).add(pin.representative)
        return {meeting: frozenset(people) for meeting, people in found.items()}

    @cached_property
    def pinned_slot(self) -> Mapping[str, int]:
        """Per meeting whose slot a pin settles: that slot."""
        return {pin.meeting: pin.slot for pin in self.problem.pins if pin.slot is not None}

    def open_slots(self, meeting: str) -> tuple[int, ...]:
        """The slots that pins leave to choose from, in order of preference."""
        if meeting in self.pinned_slot:
            return (self.pinned_slot[meeting],)
        return tuple(range(len(self.problem.meetings[meeting].slots)))

    def is_pinned(self, meeting: str, representative: str) -> bool:
        """Whether a coordinator's word puts this representative at this meeting."""
        return representative in self.pinned.get(meeting, ())

    def pinned_slots(self, meeting: str, representative: str) -> frozenset[int | None]:
        """The slots in which a coordinator's word puts somebody there; None is any slot."""
        return self._pins.get((meeting, representative), frozenset())

    def is_banned(self, meeting: str, representative: str) -> bool:
        """Whether this representative is kept away from this meeting, or from all."""
        return (None, representative) in self._bans or (meeting, representative) in self._bans

    # Who could come

    def obstacles(self, meeting: str, slot: int, representative: str) -> Iterator[Obstacle]:
        """Everything that keeps a representative from a commitment, pins left out of account."""
        if self.is_banned(meeting, representative):
            yield Obstacle(cause=Cause.BANNED)
        person = self.problem.representatives[representative]
        if person.organisation not in self.standing(meeting, slot):
            yield Obstacle(cause=Cause.NO_STANDING)
        yield from self.unavailable(meeting, slot, representative)

    def unavailable(self, meeting: str, slot: int, representative: str) -> Iterator[Obstacle]:
        """What the rule `available` holds against a commitment, pins left out of account."""
        yield from self._reach(meeting, representative)
        yield from self._diary(representative).obstacles(self.slot(meeting, slot))

    def can_stand(self, meeting: str, slot: int, representative: str) -> bool:
        """Whether nothing keeps a representative from a commitment, pins left out of account."""
        return next(self.obstacles(meeting, slot, representative), None) is None

    def candidates(self, meeting: str, slot: int) -> tuple[str, ...]:
        """Who could attend by the rules that look at one attendance, the pinned ones included."""
        key = (meeting, slot)
        found = self._candidates.get(key)
        if found is None:
            found = self._candidates[key] = self._find_candidates(meeting, slot)
        return found

    def _find_candidates(self, meeting: str, slot: int) -> tuple[str, ...]:
        pinned = self.pinned.get(meeting, frozenset())
        entitled = self._people_of(self.standing(meeting, slot)) | pinned
        return tuple(
            name
            for name in sorted(entitled, key=self._rank.__getitem__)
            if name in pinned or self.can_stand(meeting, slot, name)
        )

    @cached_property
    def people(self) -> Mapping[str, tuple[str, ...]]:
        """Representatives by organisation, in the document's order."""
        found: dict[str, list[str]] = {name: [] for name in self.problem.organisations}
        for person in self.problem.representatives.values():
            found[person.organisation].append(person.id)
        return {name: tuple(people) for name, people in found.items()}

    @cached_property
    def _pins(self) -> Mapping[tuple[str, str], frozenset[int | None]]:
        found: dict[tuple[str, str], frozenset[int | None]] = {}
        for pin in self.problem.pins:
            key = pin.meeting, pin.representative
            found[key] = found.get(key, frozenset()) | {pin.slot}
        return found

    @cached_property
    def _bans(self) -> frozenset[tuple[str | None, str]]:
        return frozenset((ban.meeting, ban.representative) for ban in self.problem.bans)

    @cached_property
    def _rank(self) -> Mapping[str, int]:
        return {name: rank for rank, name in enumerate(self.problem.representatives)}

    def _people_of(self, organisations: frozenset[str]) -> frozenset[str]:
        return frozenset(name for org in organisations for name in self.people[org])

    def _distance(self, meeting: str, representative: str) -> int:
        place = self.problem.meetings[meeting].place
        home = self.problem.representatives[representative].home
        return 0 if place is None else self.travel(home, place)

    def _reach(self, meeting: str, representative: str) -> Iterator[Obstacle]:
        person = self.problem.representatives[representative]
        if self.problem.meetings[meeting].mode is Mode.ONLINE and not person.online:
            yield Obstacle(cause=Cause.NOT_ONLINE)
        furthest = person.limits.travel_minutes
        trip = self.trip(meeting, representative)
        if furthest is not None and trip > furthest:
            yield Obstacle(cause=Cause.TOO_FAR, minutes=trip - furthest)

    def _diary(self, representative: str) -> Diary:
        found = self._diaries.get(representative)
        if found is None:
            person = self.problem.representatives[representative]
            found = self._diaries[representative] = Diary(person, self._clock)
        return found
