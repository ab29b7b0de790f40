"""Whether a part's figures stay within the 64 bits that the engines count in.

The rule book allows every number below 2⁵³, and products of two of them are beyond any engine.
Nobody means such numbers; a plan they get all the same, the first one, without a proof.
"""

from collections.abc import Iterable, Sequence

from solver.derive import Derived
from solver.problem import Meeting

LARGEST = 2**60
"""Room is left for the sums that an engine makes of its own accord."""

_DEAREST_MINUTE = 100_000
"""What a minute of load can come to at most: 1,000 per mille of one minute that can be borne, 20
points each, five times over for an organisation."""


def is_countable(derived: Derived, part: Sequence[str]) -> bool:
    """Whether no sum that the model of these meetings makes can grow too large."""
    meetings = [derived.problem.meetings[name] for name in part]
    return _weights(meetings) < LARGEST and _loads(derived, meetings) < LARGEST


def _weights(meetings: Iterable[Meeting]) -> int:
    """No less than any tier that goes by the meetings' weights, dearest notice included."""
    return sum(
        10 * meeting.weight * (meeting.seats.min + len(meeting.expertise) + 1)
        + meeting.weight * sum(meeting.interested.values())
        + meeting.seats.max
        for meeting in meetings
    )


def _loads(derived: Derived, meetings: Iterable[Meeting]) -> int:
    """No less than what all possible attendances would cost on `workload`, or on `comfort`."""
    problem = derived.problem
    minutes = sum(
        derived.load(meeting.id, slot, person) + 1
        for meeting in meetings
        for slot in derived.open_slots(meeting.id)
        for person in derived.candidates(meeting.id, slot)
    )
    bearable = (
        *(person.target_minutes for person in problem.representatives.values()),
        *(organisation.capacity_minutes for organisation in problem.organisations.values()),
    )
    return _DEAREST_MINUTE * minutes + max(bearable, default=0)
