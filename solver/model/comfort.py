"""`comfort`: travel, office hours, steady faces, nobody new alone, likes and dislikes."""

from collections import defaultdict

from ortools.sat.python.cp_model import IntVar

from solver.problem import Experience, Meeting
from solver.variables import Amount, Option, Variables, total

TRAVEL, OFFICE_MINUTE, SERIES_FACE, ALL_NEW, AVOIDED, PREFERRED, LATER_SLOT = (
    2,
    2,
    60,
    120,
    60,
    30,
    10,
)
STEADY_FACES = 2


def cost(variables: Variables) -> Amount:
    """Everything that makes a plan less pleasant; may be negative, for preferences count off."""
    return (
        sum(_attendance(variables, option) * flag for option, flag in variables.attends.items())
        + sum(LATER_SLOT * slot * taken for (_, slot), taken in variables.takes.items())
        + ALL_NEW * sum(_all_new(variables, meeting) for meeting in variables.meetings)
        + SERIES_FACE * _faces(variables)
    )


def _attendance(variables: Variables, option: Option) -> int:
    meeting, slot, name = option
    derived, problem = variables.derived, variables.problem
    person, series = problem.representatives[name], problem.meetings[meeting].series
    office = derived.slot(meeting, slot).office_minutes if person.paid_job else 0
    return (
        TRAVEL * derived.trip(meeting, name)
        + OFFICE_MINUTE * office
        + AVOIDED * (series in person.avoids)
        - PREFERRED * (series in person.prefers)
    )


def _all_new(variables: Variables, meeting: Meeting) -> Amount:
    people = variables.problem.representatives
    attendees = variables.attendees(meeting.id)
    held = list(variables.slots(meeting.id).values())
    if not any(people[name].experience is Experience.NEW for name in attendees):
        return 0
    seasoned = [
        flag
        for name, slots in attendees.items()
        if people[name].experience is Experience.EXPERIENCED
        for flag in slots
    ]
    if not seasoned:
        return sum(held)
    all_new = variables.auxiliary(
        0, 1, lambda values: int(total(values, held) > 0 and total(values, seasoned) == 0)
    )
    for taken in held:
        variables.model.add_bool_or([all_new, ~taken, *seasoned])
    return all_new


def _faces(variables: Variables) -> Amount:
    """Distinct attendees of each series beyond the two that keep it steady."""
    by_series: dict[str, dict[str, list[IntVar]]] = defaultdict(lambda: defaultdict(list))
    for meeting in variables.meetings:
        if meeting.series is not None:
            for name, slots in variables.attendees(meeting.id).items():
                by_series[meeting.series][name] += slots
    return sum(_beyond(variables, people) for people in by_series.values())


def _beyond(variables: Variables, people: dict[str, list[IntVar]]) -> Amount:
    if len(people) <= STEADY_FACES:
        return 0
    faces = []
    for flags in people.values():
        face = variables.any_of(flags)
        faces.append(face)
        for flag in flags:
            variables.model.add_implication(flag, face)
    beyond = variables.auxiliary(
        0, len(faces) - STEADY_FACES, lambda values: max(0, total(values, faces) - STEADY_FACES)
    )
    variables.model.add(beyond >= sum(faces) - STEADY_FACES)
    return beyond
