"""From what forbids somebody's coming to the facts that would have to be otherwise."""

from collections.abc import Iterable

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
from solver.problem import PlannedMeeting, Problem
from solver.sentence import Sentence

_TAKES_MORE = Sentence(
    "{name} doet in deze periode één overleg meer dan afgesproken.",
    "{name} takes one meeting more than agreed in this period.",
)


def changes_for(
    derived: Derived, planned: PlannedMeeting, refusals: Iterable[Refusal]
) -> tuple[Change, ...] | None:
    """What would have to change so that nothing of it forbids any more; None if nothing does."""
    found = [_change(derived, planned, refusal) for refusal in refusals]
    changes = [change for change in found if change is not None]
    return tuple(dict.fromkeys(changes)) if len(changes) == len(found) else None


def _change(derived: Derived, planned: PlannedMeeting, refusal: Refusal) -> Change | None:
    problem, meeting = derived.problem, planned.meeting
    if refusal.barrier is Barrier.FULL:
        return AddSeat(meeting=meeting)
    name = refusal.representative
    if name is None:
        return None
    match refusal.barrier:
        case Barrier.BANNED:
            return LiftBan(meeting=meeting, representative=name)
        case Barrier.NO_STANDING | Barrier.STRANGER:
            return _mandate(problem, planned, name, refusal.barrier)
        case Barrier.OUTSIDE_AVAILABILITY:
            span = problem.meetings[meeting].slots[refusal.slot]
            return BeAvailable(representative=name, span=span)
        case Barrier.BUSY:
            return FreeTime(representative=name, start=refusal.start or 0, end=refusal.end or 0)
        case Barrier.TOO_FAR:
            return TravelFarther(representative=name, minutes=derived.trip(meeting, name))
        case Barrier.NOT_ONLINE:
            return JoinOnline(representative=name)
        case Barrier.LIMIT:
            return RaiseLimit(
                representative=name,
                limit=refusal.limit or "",
                amount=refusal.amount or 0,
                told=refusal.sentence,
            )
        case _:
            # Where somebody is needed elsewhere, or pinned, no fact is wrong: a choice is.
            return None


def _mandate(
    problem: Problem, planned: PlannedMeeting, name: str, barrier: Barrier
) -> Change | None:
    """A mandate for somebody's organisation, of the heaviest interest that isn't heard yet."""
    meeting = problem.meetings[planned.meeting]
    holder = problem.representatives[name].organisation
    givers = [giver for giver in meeting.interested if giver != holder]
    if barrier is Barrier.STRANGER:
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
