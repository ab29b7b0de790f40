"""Whether changes of facts really close a gap: make them in a copy, solve again, let it be judged.

The rest of the plan stays exactly as it is, so that the answer is quick and holds for it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from solver.check import check
from solver.derive import Derived, Month, Week
from solver.explain.changes import Change, applied
from solver.explain.gaps import Gap, is_closed
from solver.format.seating import unseatable
from solver.position import Position
from solver.problem import Ban, Meeting, Pin, PlannedMeeting, Problem, Seats, Tier

SECONDS = 5.0
"""The longest that one solve may take; most take a few hundredths of a second."""

_UNWRITTEN = "supposed"

_NEAR_MINUTES = 2 * 24 * 60

Planned = Mapping[str, PlannedMeeting]


class Verifier:
    """Proves changes against one position. Where its plan breaks rules, nothing more may break."""

    def __init__(self, position: Position) -> None:
        self._problem = position.problem
        self._planned = dict(position.planned)
        self._before = check(self._problem, self._planned)
        self._known: dict[tuple[Gap, frozenset[Change]], bool] = {}

    def smallest(
        self, gap: Gap, changes: tuple[Change, ...], may_go_on: Callable[[], bool]
    ) -> tuple[Change, ...] | None:
        """As many of the changes as it takes to close a gap; None where all of them don't.

        Each is left out in turn to see whether it is needed, while `may_go_on` says yes.
        """
        if not self.closes(gap, changes):
            return None
        for change in changes:
            fewer = tuple(other for other in changes if other != change)
            if may_go_on() and self.closes(gap, fewer):
                changes = fewer
        return changes

    def closes(self, gap: Gap, changes: tuple[Change, ...]) -> bool:
        """Whether the changes let a plan close the gap that differs at this meeting alone.

        It is solved for, and then judged by `check` as a whole: without the gap, breaking nothing
        that wasn't broken before, and better than before on the gap's tier or one that counts more,
        so that no gap merely moved.
        """
        key = gap, frozenset(changes)
        if key not in self._known:
            self._known[key] = self._is_closed(gap, changes)
        return self._known[key]

    def answer(self, gap: Gap, changed: Problem) -> PlannedMeeting:
        """How the meeting is best planned once facts have changed, all others as they are."""
        # Loaded only where it is needed: it brings the optimisers.
        from solver.search.solve import solve  # noqa: PLC0415

        small = _around(changed, self._planned, gap)
        if not self._before.is_valid:
            small = _reconciled(small, gap.meeting)
        # The answer is read here and never written down: working out a digest would be for nothing.
        asked = small.read_as(self._problem.digest or _UNWRITTEN)
        return solve(asked, time_limit_seconds=SECONDS).meetings[gap.meeting]

    def _is_closed(self, gap: Gap, changes: tuple[Change, ...]) -> bool:
        changed = applied(self._problem, changes)
        answer = self.answer(gap, changed)
        if not is_closed(changed, answer, gap):
            return False
        judgement = check(changed, {**self._planned, gap.meeting: answer})
        tiers = _tiers(changed, gap)
        after = [judgement.all_tiers[tier] for tier in tiers]
        return frozenset(self._before.violations).issuperset(judgement.violations) and (
            after < [self._before.all_tiers[tier] for tier in tiers]
        )


def _around(problem: Problem, planned: Planned, gap: Gap) -> Problem:
    """The meeting, and pinned where they are those near enough to share a limit or a way with it.

    Only those with somebody who could come to it: nobody else is asked. Tiers after the one in
    question don't matter here.
    """
    derived = Derived(problem)
    people = _who_could_come(derived, gap.meeting)
    near = tuple(
        name
        for name in _near(derived, planned, gap.meeting)
        if not people.isdisjoint({*planned[name].attendees, planned[name].deputy})
    )
    meetings = [_as_planned(problem.meetings[name], planned[name]) for name in near]
    return replace(
        problem,
        meetings={
            gap.meeting: problem.meetings[gap.meeting],
            **{meeting.id: meeting for meeting in meetings},
        },
        pins=(
            *(pin for pin in problem.pins if pin.meeting == gap.meeting),
            *(
                Pin(meeting=name, representative=person, slot=0)
                for name in near
                for person in dict.fromkeys(planned[name].attendees)
            ),
        ),
        bans=(
            *(ban for ban in problem.bans if ban.meeting in {None, gap.meeting}),
            *_standing_by(derived, planned, gap.meeting, near),
        ),
        baseline=None,
        policy=replace(problem.policy, tiers=_tiers(problem, gap)),
    )


def _who_could_come(derived: Derived, meeting: str) -> frozenset[str | None]:
    """Everybody whom the rules about one commitment let come: nobody else's diary matters."""
    slots = derived.open_slots(meeting)
    return frozenset(name for slot in slots for name in derived.candidates(meeting, slot))


def _reconciled(problem: Problem, meeting: str) -> Problem:
    """Without the pins elsewhere that a broken plan puts in one another's way."""
    while troubles := tuple(unseatable(Derived(problem))):
        pins = (
            pin
            for pin in problem.pins
            if pin.meeting == meeting or not any(trouble.concerns(pin) for trouble in troubles)
        )
        problem = replace(problem, pins=tuple(pins))
    return problem


def _tiers(problem: Problem, gap: Gap) -> tuple[Tier, ...]:
    """Those up to the gap's own."""
    tiers, wanted = problem.policy.tiers, gap.kind.tier
    if wanted not in tiers:
        return (*(tier for tier in tiers if tier is Tier.PRESENCE), wanted)
    return tiers[: tiers.index(wanted) + 1]


def _near(derived: Derived, planned: Planned, meeting: str) -> Iterator[str]:
    slots = [
        derived.slot(meeting, slot) for slot in range(len(derived.problem.meetings[meeting].slots))
    ]
    weeks: set[Week] = {slot.week for slot in slots}
    months: set[Month] = {slot.month for slot in slots}
    for name, entry in planned.items():
        if entry.slot is None or name == meeting:
            continue
        time = derived.slot(name, entry.slot)
        if (
            time.week in weeks
            or time.month in months
            or any(
                time.start - slot.end < _NEAR_MINUTES and slot.start - time.end < _NEAR_MINUTES
                for slot in slots
            )
        ):
            yield name


def _as_planned(meeting: Meeting, entry: PlannedMeeting) -> Meeting:
    """A meeting whose people are settled: nobody else need be asked, and nothing be heard."""
    number = len(frozenset(entry.attendees))
    return replace(
        meeting,
        slots=(meeting.slots[entry.slot or 0],),
        seats=Seats(number, number),
        deputy=False,
        interested={},
        expertise=frozenset(),
    )


def _standing_by(
    derived: Derived, planned: Planned, meeting: str, near: tuple[str, ...]
) -> Iterator[Ban]:
    """Whoever stands by elsewhere at that time can't come here: pins can't say so, bans can."""
    pinned = derived.pinned.get(meeting, frozenset())
    slots = derived.open_slots(meeting)
    for name in near:
        entry = planned[name]
        if entry.deputy is None or entry.slot is None or entry.deputy in pinned:
            continue
        other = (name, entry.slot)
        if any(derived.shortage(entry.deputy, other, (meeting, slot)) > 0 for slot in slots):
            yield Ban(meeting=meeting, representative=entry.deputy)
