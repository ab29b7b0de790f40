"""`seats`: no more attendees than seats, and a slot exactly where somebody attends."""

from solver.variables import Variables


def post(variables: Variables) -> None:
    """At most one slot per meeting, and attendees only and always in the slot taken."""
    model = variables.model
    for meeting in variables.meetings:
        slots = variables.slots(meeting.id)
        if len(slots) > 1:
            model.add_at_most_one(slots.values())
        for slot, taken in slots.items():
            attending = list(variables.attendees_in(meeting.id, slot).values())
            model.add_bool_or([~taken, *attending])
            model.add(sum(attending) <= meeting.seats.max * taken)
            model.add_bool_and(~attends for attends in attending).only_enforce_if(~taken)
