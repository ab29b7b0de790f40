"""`voice`: interested organisations that are not heard."""

from solver.problem import Meeting
from solver.variables import Amount, Variables


def cost(variables: Variables) -> Amount:
    """The meetings' weights times the interest of whoever is not heard there."""
    return sum(
        meeting.weight * interest * (1 - _heard(variables, meeting, giver))
        for meeting in variables.meetings
        for giver, interest in meeting.interested.items()
    )


def _heard(variables: Variables, meeting: Meeting, giver: str) -> Amount:
    own = variables.sends.get((meeting.id, giver), 0)
    return own + sum(variables.speakers(meeting.id, giver).values())
