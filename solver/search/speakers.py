"""Who speaks for whom once it is settled who attends."""

from collections import Counter
from collections.abc import Iterable

from solver.derive import Derived
from solver.problem import Meeting


def heard_through(
    derived: Derived, meeting: Meeting, slot: int, attendees: Iterable[str]
) -> dict[str, str]:
    """Each interested organisation that can be heard, and its speaker; heaviest interest first."""
    people = derived.problem.representatives
    present = Counter(people[person].organisation for person in attendees)
    reach = derived.problem.policy.max_mandates_per_attendee
    left = {name: count * reach for name, count in present.items()}
    speakers = {name: name for name in meeting.interested if name in present}
    absent = [name for name in meeting.interested if name not in present] if present else []
    for giver in sorted(absent, key=lambda name: -meeting.interested[name]):
        holders = derived.holders(giver, meeting.id, slot)
        able = [name for name in present if name in holders and left[name] > 0]
        if able:
            speakers[giver] = max(able, key=left.__getitem__)
            left[speakers[giver]] -= 1
    return speakers
