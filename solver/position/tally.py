"""What meetings share: loads, regions' seats at the tables of the province, a series' faces."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from solver.derive import Derived
from solver.position.parts import Part
from solver.problem import Level, PlannedMeeting, Tier
from solver.rules import comfort, spread
from solver.rules.workload import ORGANISATION_WEIGHT, strain


class Account(NamedTuple):
    """What several meetings together bring to a value on one tier."""

    kind: str
    name: str


REPRESENTATIVE, ORGANISATION, REGION, SERIES = "representative", "organisation", "region", "series"


class Tally:
    """The accounts of one plan; each meeting is booked in and can be booked out again."""

    def __init__(self, derived: Derived) -> None:
        self._derived = derived
        self._problem = derived.problem
        self._quotas = spread.quotas(derived.problem)
        self.loads: Counter[str] = Counter()
        self.shared_loads: Counter[str] = Counter()
        self._seats: Counter[str] = Counter()
        self._faces: dict[str, Counter[str]] = defaultdict(Counter)

    def book(self, planned: PlannedMeeting, sign: int) -> None:
        """Count a meeting in (+1) or out (-1)."""
        if planned.slot is None:
            return
        meeting = self._problem.meetings[planned.meeting]
        for name in dict.fromkeys(planned.attendees):
            organisation = self._organisation(name)
            load = sign * self._derived.load(meeting.id, planned.slot, name)
            self.loads[name] += load
            self.shared_loads[organisation] += load
            if meeting.level is Level.PROVINCE:
                self._seats[self._region(organisation)] += sign
            if meeting.series is not None:
                self._faces[meeting.series][name] += sign

    def accounts(self, *entries: PlannedMeeting) -> frozenset[Account]:
        """The accounts that meetings are booked on."""
        return frozenset(account for planned in entries for account in self._booked(planned))

    def all_accounts(self) -> Iterator[Account]:
        """Every account that can hold something."""
        for representative in self._problem.representatives:
            yield Account(REPRESENTATIVE, representative)
        for organisation in self._problem.organisations:
            yield Account(ORGANISATION, organisation)
        for region in self._problem.regions:
            yield Account(REGION, region)
        for series in self._faces:
            yield Account(SERIES, series)

    def part(self, account: Account) -> Part:
        """What an account costs now."""
        name = account.name
        if account.kind == REPRESENTATIVE:
            target = self._problem.representatives[name].target_minutes
            value = strain(self.loads[name], target)
            return Part(tier=Tier.WORKLOAD, value=value, representative=name)
        if account.kind == ORGANISATION:
            capacity = self._problem.organisations[name].capacity_minutes
            value = ORGANISATION_WEIGHT * strain(self.shared_loads[name], capacity)
            return Part(tier=Tier.WORKLOAD, value=value, organisation=name)
        if account.kind == REGION:
            value = spread.of_region(self._quotas[name], self._seats[name])
            return Part(tier=Tier.SPREAD, value=value, region=name)
        faces = sum(times > 0 for times in self._faces[name].values())
        return Part(tier=Tier.COMFORT, value=comfort.of_faces(faces), series=name)

    def _booked(self, planned: PlannedMeeting) -> Iterator[Account]:
        meeting = self._problem.meetings[planned.meeting]
        if planned.attendees and meeting.series is not None:
            yield Account(SERIES, meeting.series)
        for name in planned.attendees:
            organisation = self._organisation(name)
            yield Account(REPRESENTATIVE, name)
            yield Account(ORGANISATION, organisation)
            if meeting.level is Level.PROVINCE:
                yield Account(REGION, self._region(organisation))

    def _organisation(self, representative: str) -> str:
        return self._problem.representatives[representative].organisation

    def _region(self, organisation: str) -> str:
        return self._problem.organisations[organisation].region
