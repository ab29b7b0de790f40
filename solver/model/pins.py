"""`pins`: a coordinator's word."""

from solver.variables import Variables


def post(variables: Variables) -> None:
    """Every pinned representative attends, in the pinned slot where one is named.

    `Variables` holds no other slot of a meeting than the pinned one.
    """
    for meeting in variables.meetings:
        attendees = variables.attendees(meeting.id)
        for person in sorted(variables.derived.pinned.get(meeting.id, ())):
            variables.model.add_exactly_one(attendees[person])
