"""`presence`: seats that should be filled and aren't."""

from solver.problem import Meeting
from solver.variables import Amount, Variables


def cost(variables: Variables) -> Amount:
    """The meetings' weights times the attendees short of the least wanted."""
    return sum(meeting.weight * _short(variables, meeting) for meeting in variables.meetings)


def _short(variables: Variables, meeting: Meeting) -> Amount:
    wanted = meeting.seats.min
    candidates = variables.attendees(meeting.id)
    if wanted == 0 or not candidates:
        return wanted
    short = variables.model.new_int_var(0, wanted, "")
    variables.model.add(short + sum(sum(slots) for slots in candidates.values()) >= wanted)
    return short
