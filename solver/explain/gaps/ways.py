"""From what forbids somebody's coming to the facts that would have to be otherwise."""

from collections.abc import Callable, Iterable, Mapping

from solver.derive import Derived
from solver.explain.changes import (
    AddSeat,
    BeAvailable,
    Change,
    FreeTime,
    GiveMandate,
    JoinOnline,
    LiftBan,
    RaiseLimit,
    TravelFarther,
)
from solver.position import Barrier, Refusal
from solver.problem import PlannedMeeting


def changes_for(
    derived: Derived, planned: PlannedMeeting, refusals: Iterable[Refusal]
) -> tuple[Change, ...] | None:
    """What would have to change so that nothing of it forbids any more; None if nothing does."""
    found = [_change(derived, planned, refusal) for refusal in refusals]
    changes = [change for change in found if change is not None]
    return tuple(dict.fromkeys(changes)) if len(changes) == len(found) else None


def _change(derived: Derived, planned: PlannedMeeting, refusal: Refusal) -> Change | None:
    if refusal.barrier is Barrier.FULL:
        return AddSeat(meeting=planned.meeting)
    way = _WAYS.get(refusal.barrier)
    # Where somebody is needed elsewhere, or pinned, no fact is wrong: a choice is.
    if way is None or refusal.representative is None:
        return None
    return way(derived, planned, refusal.representative, refusal)


def _lift(_: Derived, planned: PlannedMeeting, name: str, __: Refusal) -> Change:
    return LiftBan(meeting=planned.meeting, representative=name)


def _available(derived: Derived, planned: PlannedMeeting, name: str, refusal: Refusal) -> Change:
    span = derived.problem.meetings[planned.meeting].slots[refusal.slot]
    return BeAvailable(representative=name, span=span)


def _free(_: Derived, __: PlannedMeeting, name: str, refusal: Refusal) -> Change:
    return FreeTime(representative=name, start=refusal.start or 0, end=refusal.end or 0)


def _travel(derived: Derived, planned: PlannedMeeting, name: str, _: Refusal) -> Change:
    return TravelFarther(representative=name, minutes=derived.trip(planned.meeting, name))


def _online(_: Derived, __: PlannedMeeting, name: str, ___: Refusal) -> Change:
    return JoinOnline(representative=name)


def _limit(_: Derived, __: PlannedMeeting, name: str, refusal: Refusal) -> Change:
    return RaiseLimit(
        representative=name,
        limit=refusal.limit or "",
        amount=refusal.amount or 0,
        period=refusal.period or (0, 0),
    )


def _standing(
    derived: Derived, planned: PlannedMeeting, name: str, refusal: Refusal
) -> Change | None:
    """A mandate for somebody's organisation, of the heaviest interest that isn't heard yet."""
    problem = derived.problem
    meeting = problem.meetings[planned.meeting]
    holder = problem.representatives[name].organisation
    givers = [giver for giver in meeting.interested if giver != holder]
    if refusal.barrier is Barrier.STRANGER:
        attending = {problem.representatives[one].organisation for one in planned.attendees}
        givers = sorted(attending - {holder})
    if not givers:
        return None
    giver = max(
        givers,
        key=lambda one: (one not in planned.voices, meeting.interested.get(one, 0)),
    )
    return GiveMandate(
        giver=giver, holder=holder, municipality=meeting.municipality, level=meeting.level
    )


_WAYS: Mapping[Barrier, Callable[[Derived, PlannedMeeting, str, Refusal], Change | None]] = {
    Barrier.BANNED: _lift,
    Barrier.NO_STANDING: _standing,
    Barrier.STRANGER: _standing,
    Barrier.OUTSIDE_AVAILABILITY: _available,
    Barrier.BUSY: _free,
    Barrier.TOO_FAR: _travel,
    Barrier.NOT_ONLINE: _online,
    Barrier.LIMIT: _limit,
}
