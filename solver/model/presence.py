"""`presence`: seats that should be filled and aren't."""

from solver.problem import Meeting
from solver.variables import Amount, Variables, total


def cost(variables: Variables) -> Amount:
    """The meetings' weights times the attendees short of the least wanted."""
    return sum(meeting.weight * _short(variables, meeting) for meeting in variables.meetings)


def _short(variables: Variables, meeting: Meeting) -> Amount:
    wanted = meeting.seats.min
    flags = [flag for slots in variables.attendees(meeting.id).values() for flag in slots]
    if wanted == 0 or not flags:
        return wanted
    short = variables.auxiliary(0, wanted, lambda values: max(0, wanted - total(values, flags)))
    variables.model.add(short + sum(flags) >= wanted)
    return short
