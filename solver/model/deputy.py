"""`deputy`: who may stand by, as a hard rule; a meeting without a deputy, as a tier."""

from collections.abc import Iterator

from ortools.sat.python.cp_model import IntVar

from solver.problem import Meeting
from solver.variables import Amount, Variables


def post(variables: Variables) -> None:
    """One deputy at most, beside an attendee, none of them, of an organisation that fits."""
    for meeting in variables.meetings:
        for slot, taken in variables.slots(meeting.id).items():
            deputies = variables.deputies_in(meeting.id, slot)
            if deputies:
                variables.model.add(sum(deputies.values()) <= taken)
            _post_belonging(variables, meeting, slot)


def cost(variables: Variables) -> Amount:
    """The meetings' weights where a deputy is wanted and none stands by."""
    return sum(
        meeting.weight * (1 - sum(sum(flags) for flags in variables.deputies(meeting.id).values()))
        for meeting in variables.meetings
        if meeting.deputy
    )


def _post_belonging(variables: Variables, meeting: Meeting, slot: int) -> None:
    attendees = variables.attendees_in(meeting.id, slot)
    for person, stands_by in variables.deputies_in(meeting.id, slot).items():
        variables.model.add_at_most_one(stands_by, attendees[person])
        organisation = variables.organisation(person)
        if organisation not in meeting.interested:
            backing = list(_backing(variables, meeting, slot, organisation))
            variables.model.add_bool_or([~stands_by, *backing])


def _backing(
    variables: Variables, meeting: Meeting, slot: int, organisation: str
) -> Iterator[IntVar]:
    """Attendees whose organisation the deputy's own is, or holds a mandate in force from."""
    for person, attends in variables.attendees_in(meeting.id, slot).items():
        sender = variables.organisation(person)
        if sender == organisation or organisation in variables.derived.holders(
            sender, meeting.id, slot
        ):
            yield attends
