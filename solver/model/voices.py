"""`voices`: who may speak for whom at a meeting."""

from collections import defaultdict

from ortools.sat.python.cp_model import IntVar

from solver.problem import Meeting
from solver.variables import Variables


def post(variables: Variables) -> None:
    """One speaker at most, present, with a mandate in force, for no more than it may."""
    for meeting in variables.meetings:
        speaking: dict[str, list[IntVar]] = defaultdict(list)
        for giver in meeting.interested:
            _post_giver(variables, meeting, giver, speaking)
        for holder, flags in speaking.items():
            _post_reach(variables, meeting, holder, flags)


def _post_giver(
    variables: Variables, meeting: Meeting, giver: str, speaking: dict[str, list[IntVar]]
) -> None:
    flags = variables.speakers(meeting.id, giver)
    for holder, flag in flags.items():
        speaking[holder].append(flag)
        variables.model.add_implication(flag, variables.sends[meeting.id, holder])
        _post_in_force(variables, meeting, giver, holder, flag)
    own = variables.sends.get((meeting.id, giver))
    if flags:
        variables.model.add_at_most_one([*flags.values(), *([] if own is None else [own])])


def _post_in_force(
    variables: Variables, meeting: Meeting, giver: str, holder: str, flag: IntVar
) -> None:
    slots = variables.slots(meeting.id)
    valid = {s for s in slots if holder in variables.derived.holders(giver, meeting.id, s)}
    if len(valid) < len(slots):
        variables.model.add_bool_or([~flag, *(slots[slot] for slot in valid)])


def _post_reach(variables: Variables, meeting: Meeting, holder: str, flags: list[IntVar]) -> None:
    reach = variables.problem.policy.max_mandates_per_attendee
    if len(flags) <= reach:
        return
    attending = sum(
        sum(slots)
        for person, slots in variables.attendees(meeting.id).items()
        if variables.organisation(person) == holder
    )
    variables.model.add(sum(flags) <= reach * attending)
