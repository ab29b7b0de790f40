"""A first valid plan at once: meeting by meeting, the heaviest first, the least loaded people.

Where stability counts, the baseline is kept as far as it can be, and gaps are filled.
"""

from collections.abc import Sequence

from solver.derive import Derived
from solver.problem import Meeting, PlannedMeeting, Tier
from solver.search.deputies import choose_deputy
from solver.search.offer import Offer
from solver.search.pinned import settle_pins
from solver.search.roster import Roster
from solver.search.speakers import heard_through


def first_plan(derived: Derived) -> dict[str, PlannedMeeting]:
    """A valid plan for every meeting of the problem, in the document's order."""
    return _Greedy(derived).plan()


class _Greedy:
    """Fills one roster; pins go first, and what is written down stays."""

    def __init__(self, derived: Derived) -> None:
        self._derived = derived
        self._problem = derived.problem
        self._roster = Roster(derived)
        self._teams = settle_pins(derived)

    def plan(self) -> dict[str, PlannedMeeting]:
        for name, (slot, team) in self._teams.items():
            for person in team:
                self._roster.attend(name, slot, person)
        if Tier.STABILITY in self._problem.policy.tiers:
            for planned in (self._problem.baseline or {}).values():
                self._keep(planned)
        by_weight = sorted(self._problem.meetings.values(), key=lambda meeting: -meeting.weight)
        for meeting in by_weight:
            self._fill(meeting)
        deputies = {meeting.id: self._deputy(meeting) for meeting in by_weight}
        return {name: self._planned(name, deputies[name]) for name in self._problem.meetings}

    def _keep(self, before: PlannedMeeting) -> None:
        """Leave a meeting of the baseline as it was, as far as that can still be."""
        meeting, slot = self._problem.meetings.get(before.meeting), before.slot
        if meeting is None or slot is None or meeting.id in self._teams:
            return
        team = [
            person
            for person in self._derived.candidates(meeting.id, slot)
            if person in before.attendees and self._roster.can_attend(meeting.id, slot, person)
        ][: meeting.seats.max]
        for person in team:
            self._roster.attend(meeting.id, slot, person)
        if team:
            self._teams[meeting.id] = slot, team

    def _fill(self, meeting: Meeting) -> None:
        settled = self._teams.get(meeting.id)
        there = [] if settled is None else settled[1]
        slots = self._derived.open_slots(meeting.id) if settled is None else (settled[0],)
        offers = [Offer(self._derived, self._roster, meeting, slot) for slot in slots]
        teams = [(offer, self._team(meeting, offer, there)) for offer in offers]
        offer, team = min(teams, key=lambda each: each[0].worth(each[1]))
        for person in team[len(there) :]:
            self._roster.attend(meeting.id, offer.slot, person)
        if team:
            self._teams[meeting.id] = offer.slot, team

    def _team(self, meeting: Meeting, offer: Offer, there: Sequence[str]) -> list[str]:
        team = list(there)
        free = [
            person
            for person in self._derived.candidates(meeting.id, offer.slot)
            if person not in team and self._roster.can_attend(meeting.id, offer.slot, person)
        ]
        while free and len(team) < meeting.seats.max:
            worth, best = offer.best_of(free, team)
            if worth[:3] >= offer.worth(team)[:3]:
                break
            team.append(best)
            free.remove(best)
        return team

    def _deputy(self, meeting: Meeting) -> str | None:
        slot, team = self._teams.get(meeting.id, (0, []))
        if not team or not meeting.deputy:
            return None
        return choose_deputy(self._derived, self._roster, meeting, slot, team)

    def _planned(self, name: str, deputy: str | None) -> PlannedMeeting:
        slot, team = self._teams.get(name, (None, []))
        if slot is None:
            return PlannedMeeting(meeting=name, slot=None, attendees=(), deputy=None, voices={})
        voices = heard_through(self._derived, self._problem.meetings[name], slot, team)
        return PlannedMeeting(
            meeting=name, slot=slot, attendees=tuple(team), deputy=deputy, voices=voices
        )
