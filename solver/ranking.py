"""Who could take a place at a meeting, best first, with what that does; and who can't, and why.

Nothing is solved: every figure is exactly what the rule book gives once the change is made and the
rest of the plan stays as it is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from solver.plan import Plan
from solver.position import Barrier, Effect, Position, Refusal
from solver.problem import PlannedMeeting, Problem

__all__ = ["Candidate", "Load", "Move", "Seat", "candidates", "candidates_at", "moves"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Which place at a meeting is meant: by default a free one.

    `instead_of` names the attendee whose place it is; `as_deputy` means the deputy's place. `slot`
    None is the plan's slot, or the best of all where nobody attends yet.
    """

    instead_of: str | None = None
    as_deputy: bool = False
    slot: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Minutes of work over the whole horizon, before and after, and what can be borne."""

    before: int
    after: int
    bearable: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody for a place.

    `planned` is the meeting as it would be, and `effect` what that does to all eight tiers (value
    after less value before); both None where it can't be. `refusals` holds every fact that forbids
    it, where nobody attends yet those of each slot. `has_standing` False: a page may fold them.
    `own` is the representative's load against its target, `shared` the organisation's against its
    capacity; for who can't come `after` is as `before`.
    """

    representative: str
    has_standing: bool
    planned: PlannedMeeting | None
    effect: Effect | None
    refusals: tuple[Refusal, ...]
    own: Load
    shared: Load

    @property
    def possible(self) -> bool:
        """Whether no hard rule forbids it."""
        return not self.refusals


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """The same people in another slot: what it does, or what forbids it (then no effect)."""

    slot: int
    planned: PlannedMeeting
    effect: Effect | None
    refusals: tuple[Refusal, ...]


def candidates(
    problem: Problem,
    plan: Plan | Mapping[str, PlannedMeeting],
    meeting: str,
    seat: Seat | None = None,
) -> tuple[Candidate, ...]:
    """Everybody who doesn't attend: who could best first by the policy's tiers, then who can't.

    A free place at a full meeting is nobody's: each is refused by `seats` then; ask for a place
    `instead_of` somebody. For many questions make one `Position` and ask `candidates_at`.

    Raises:
        KeyError: there is no such meeting.
    """
    return candidates_at(Position(problem, plan), meeting, seat)


def candidates_at(
    position: Position, meeting: str, seat: Seat | None = None
) -> tuple[Candidate, ...]:
    """As `candidates`, of a position made before."""
    asked = Seat() if seat is None else seat
    taken = position.planned[meeting]
    standing_by = taken.deputy if asked.as_deputy else None
    found = [
        _candidate(position, taken, name, asked)
        for name in position.problem.representatives
        if name not in taken.attendees and name != standing_by
    ]
    return tuple(sorted(found, key=lambda candidate: _rank(position, candidate)))


def moves(position: Position, meeting: str) -> tuple[Move, ...]:
    """What it would be to hold a meeting with the same attendees in each of its other slots.

    The deputy comes along where allowed. Where nobody attends there is nothing to move.
    """
    taken = position.planned[meeting]
    if taken.slot is None:
        return ()
    slots = range(len(position.problem.meetings[meeting].slots))
    return tuple(_move(position, taken, slot) for slot in slots if slot != taken.slot)


def _candidate(position: Position, taken: PlannedMeeting, name: str, seat: Seat) -> Candidate:
    slots = tuple(_slots(position, taken, seat))
    tried = [_tried(position, taken, name, seat, slot) for slot in slots]
    possible = [planned for planned, refusals in tried if not refusals]
    if not possible:
        refusals = tuple(dict.fromkeys(found for _, facts in tried for found in facts))
        return _made(position, name, slots, refusals=refusals)
    offers = [(position.effect(planned), planned) for planned in possible]
    effect, best = min(offers, key=lambda offer: position.ranked(offer[0]))
    return _made(position, name, slots, planned=best, effect=effect)


def _slots(position: Position, taken: PlannedMeeting, seat: Seat) -> Iterator[int]:
    if seat.slot is not None:
        yield seat.slot
    elif taken.slot is not None:
        yield taken.slot
    else:
        yield from range(len(position.problem.meetings[taken.meeting].slots))


def _tried(
    position: Position, taken: PlannedMeeting, name: str, seat: Seat, slot: int
) -> tuple[PlannedMeeting, tuple[Refusal, ...]]:
    """The meeting with somebody in the place, and what forbids that."""
    wanted = _wanted(taken, name, seat, slot)
    moved = slot != taken.slot
    stays = wanted.attendees if moved else ()
    refusals = position.refusals(wanted, dict.fromkeys((*stays, name)))
    if refusals:
        return wanted, refusals
    return position.seating(taken.meeting, slot, wanted.attendees, wanted.deputy), ()


def _wanted(taken: PlannedMeeting, name: str, seat: Seat, slot: int) -> PlannedMeeting:
    if seat.as_deputy:
        return replace(taken, slot=slot, deputy=name)
    others = tuple(other for other in taken.attendees if other != seat.instead_of)
    deputy = None if taken.deputy == name else taken.deputy
    return replace(taken, slot=slot, attendees=(*others, name), deputy=deputy)


def _made(
    position: Position,
    name: str,
    slots: tuple[int, ...],
    *,
    planned: PlannedMeeting | None = None,
    effect: Effect | None = None,
    refusals: tuple[Refusal, ...] = (),
) -> Candidate:
    problem, tally = position.problem, position.tally
    person = problem.representatives[name]
    organisation = problem.organisations[person.organisation]
    without = {f.slot for f in refusals if f.barrier is Barrier.NO_STANDING}
    own, shared = tally.loads[name], tally.shared_loads[organisation.id]
    own_after, shared_after = (
        (own, shared) if planned is None else position.loads_with(planned, name)
    )
    return Candidate(
        representative=name,
        has_standing=not without.issuperset(slots),
        planned=planned,
        effect=effect,
        refusals=refusals,
        own=Load(before=own, after=own_after, bearable=person.target_minutes),
        shared=Load(before=shared, after=shared_after, bearable=organisation.capacity_minutes),
    )


def _move(position: Position, taken: PlannedMeeting, slot: int) -> Move:
    planned = position.seating(taken.meeting, slot, taken.attendees, taken.deputy)
    refusals = position.refusals(planned, taken.attendees)
    effect = None if refusals else position.effect(planned)
    return Move(slot=slot, planned=planned, effect=effect, refusals=refusals)


def _rank(position: Position, candidate: Candidate) -> tuple[object, ...]:
    """By effect, then by how far each is from what they can bear; those who can't, least first."""
    use = candidate.own.after / candidate.own.bearable
    if candidate.effect is None:
        return 1, not candidate.has_standing, len(candidate.refusals), use
    return 0, position.ranked(candidate.effect), use
