"""What a team would be worth at one meeting in one slot, while the roster stays as it is."""

from collections.abc import Iterable, Sequence

from solver.derive import Derived
from solver.problem import Meeting
from solver.search.roster import Roster
from solver.search.speakers import heard_through

Worth = tuple[int, int, int, int, int]
"""Seats, interest and expertises missing, load beyond what is fair, slot index: less is better."""


class Offer:
    """One slot of a meeting: its candidates' strain, and who is heard, are reckoned once each.

    Who is heard depends on the organisations in a team alone, not on the persons.
    """

    def __init__(self, derived: Derived, roster: Roster, meeting: Meeting, slot: int) -> None:
        self.slot = slot
        self._derived, self._roster = derived, roster
        self._meeting = meeting
        self._people = derived.problem.representatives
        self._unheard: dict[tuple[str, ...], int] = {}
        self._strains: dict[str, int] = {}

    def worth(self, team: Sequence[str]) -> Worth:
        """How good a team would be."""
        skills = frozenset[str]().union(*(self._people[person].expertise for person in team))
        return (
            max(0, self._meeting.seats.min - len(team)),
            self._interest_missing(team),
            len(self._meeting.expertise - skills),
            sum(map(self._strain, team)),
            self.slot,
        )

    def best_of(self, people: Iterable[str], team: Sequence[str]) -> tuple[Worth, str]:
        """Who adds most to a team, the first of those who add the same, and what it is worth then.

        Raises:
            ValueError: there is nobody to choose from.
        """
        offers = ((self.worth([*team, person]), person) for person in people)
        return min(offers, key=lambda offer: offer[0])

    def _interest_missing(self, team: Sequence[str]) -> int:
        bodies = tuple(sorted(self._people[person].organisation for person in team))
        known = self._unheard.get(bodies)
        if known is None:
            heard = heard_through(self._derived, self._meeting, self.slot, team)
            interested = self._meeting.interested.items()
            known = sum(weight for name, weight in interested if name not in heard)
            self._unheard[bodies] = known
        return known

    def _strain(self, person: str) -> int:
        """How far the attendance takes person and organisation, in thousandths squared."""
        known = self._strains.get(person)
        if known is None:
            representative = self._people[person]
            organisation = self._derived.problem.organisations[representative.organisation]
            load = self._derived.load(self._meeting.id, self.slot, person)
            own = 1000 * (self._roster.loads[person] + load) // representative.target_minutes
            shared = 1000 * (self._roster.loads[organisation.id] + load)
            known = load * (own + 5 * shared // organisation.capacity_minutes)
            self._strains[person] = known
        return known
