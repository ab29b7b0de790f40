"""Who stands by, once it is settled who attends."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from solver.derive import Derived
from solver.problem import Meeting, PlannedMeeting
from solver.search.roster import Roster


def choose_deputy(
    derived: Derived, roster: Roster, meeting: Meeting, slot: int, team: Sequence[str]
) -> str | None:
    """The first who can stand by beside a team, the baseline's deputy before all; written down."""
    people = derived.problem.representatives
    before = (derived.problem.baseline or {}).get(meeting.id)
    candidates = derived.candidates(meeting.id, slot)
    for person in sorted(candidates, key=lambda p: before is None or p != before.deputy):
        if (
            person not in team
            and roster.is_free(meeting.id, slot, person)
            and _belongs(derived, meeting, slot, team, people[person].organisation)
        ):
            roster.stand_by(meeting.id, slot, person)
            return person
    return None


def with_deputies(
    derived: Derived, plan: Mapping[str, PlannedMeeting]
) -> dict[str, PlannedMeeting]:
    """The same plan, with a deputy wherever one is wanted, none stands by and somebody still can.

    The heaviest meetings choose first. Nothing else changes.
    """
    roster = _written_down(derived, plan)
    completed = dict(plan)
    meetings = derived.problem.meetings
    for name in sorted(plan, key=lambda name: -meetings[name].weight):
        planned = plan[name]
        if meetings[name].deputy and planned.slot is not None and planned.deputy is None:
            team = planned.attendees
            deputy = choose_deputy(derived, roster, meetings[name], planned.slot, team)
            completed[name] = replace(planned, deputy=deputy)
    return completed


def _written_down(derived: Derived, plan: Mapping[str, PlannedMeeting]) -> Roster:
    roster = Roster(derived)
    for name, planned in plan.items():
        if planned.slot is not None:
            for person in planned.attendees:
                roster.attend(name, planned.slot, person)
            if planned.deputy is not None:
                roster.stand_by(name, planned.slot, planned.deputy)
    return roster


def _belongs(
    derived: Derived, meeting: Meeting, slot: int, team: Sequence[str], organisation: str
) -> bool:
    people = derived.problem.representatives
    senders = {people[attendee].organisation for attendee in team}
    return (
        organisation in meeting.interested
        or organisation in senders
        or any(organisation in derived.holders(sender, meeting.id, slot) for sender in senders)
    )
