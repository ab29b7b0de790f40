"""`stability`: changes against the baseline, dearer the sooner the meeting is."""

from datetime import timedelta

from solver.problem import Meeting, PlannedMeeting, Problem
from solver.variables import Amount, Variables

ATTENDEE, SLOT, DEPUTY = 4, 12, 1
SOON, SOON_NOTICE = timedelta(days=7), 4
NEAR, NEAR_NOTICE = timedelta(days=28), 2


def cost(variables: Variables) -> Amount:
    """Weighted changes over the meetings that stand in both plans."""
    baseline = variables.problem.baseline or {}
    return sum(
        notice(variables.problem, meeting, baseline[meeting.id])
        * _changes(variables, meeting, baseline[meeting.id])
        for meeting in variables.meetings
        if meeting.id in baseline
    )


def notice(problem: Problem, meeting: Meeting, before: PlannedMeeting) -> int:
    """How much a change weighs: by the start of the baseline's slot, or of the first."""
    start = meeting.slots[0 if before.slot is None else before.slot].start
    if start < problem.as_of + SOON:
        return SOON_NOTICE
    return NEAR_NOTICE if start < problem.as_of + NEAR else 1


def _changes(variables: Variables, meeting: Meeting, before: PlannedMeeting) -> Amount:
    return (
        ATTENDEE * _attendees(variables, meeting, before)
        + SLOT * _slot(variables, meeting, before)
        + DEPUTY * _deputy(variables, meeting, before)
    )


def _attendees(variables: Variables, meeting: Meeting, before: PlannedMeeting) -> Amount:
    candidates = variables.attendees(meeting.id)
    kept = sum(sum(candidates.get(person, ())) for person in before.attendees)
    added = sum(
        sum(slots) for person, slots in candidates.items() if person not in before.attendees
    )
    return len(before.attendees) - kept + added


def _slot(variables: Variables, meeting: Meeting, before: PlannedMeeting) -> Amount:
    if before.slot is None:
        return 0
    return sum(taken for slot, taken in variables.slots(meeting.id).items() if slot != before.slot)


def _deputy(variables: Variables, meeting: Meeting, before: PlannedMeeting) -> Amount:
    candidates = variables.deputies(meeting.id)
    if before.deputy is None:
        return sum(sum(slots) for slots in candidates.values())
    return 1 - sum(candidates.get(before.deputy, ()))
