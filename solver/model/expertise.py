"""`expertise`: what a meeting asks for and no attendee has."""

from solver.problem import Meeting
from solver.variables import Amount, Variables, total


def cost(variables: Variables) -> Amount:
    """The meetings' weights times the expertises missing."""
    return sum(
        meeting.weight * _missing(variables, meeting, expertise)
        for meeting in variables.meetings
        for expertise in sorted(meeting.expertise)
    )


def _missing(variables: Variables, meeting: Meeting, expertise: str) -> Amount:
    people = variables.problem.representatives
    experts = [
        flag
        for person, slots in variables.attendees(meeting.id).items()
        if expertise in people[person].expertise
        for flag in slots
    ]
    if not experts:
        return 1
    missing = variables.auxiliary(0, 1, lambda values: int(total(values, experts) == 0))
    variables.model.add_bool_or([missing, *experts])
    return missing
