"""Who is committed where, and what counts against their limits, in one plan."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from solver.derive.clashes import Commitment
from solver.problem import PlannedMeeting
from solver.rules import Roster
from solver.rules.limits import OVER_TIME, Limit, Period
from solver.rules.roster import Attendance


class Counted(NamedTuple):
    """What one attendance adds to one of somebody's limits in one week or month."""

    limit: Limit
    period: Period
    amount: int


class Agenda:
    """Everybody's commitments; each meeting is booked in and can be booked out again."""

    def __init__(self, roster: Roster) -> None:
        self._roster = roster
        self._commitments: dict[str, dict[str, int]] = defaultdict(dict)
        self._amounts: Counter[tuple[str, str, Period]] = Counter()
        self._pinned: Counter[tuple[str, str, Period]] = Counter()

    def book(self, planned: PlannedMeeting, sign: int) -> None:
        """Count a meeting in (+1) or out (-1)."""
        if planned.slot is None:
            return
        for name in dict.fromkeys(planned.attendees):
            self._count(Attendance(planned.meeting, planned.slot, name), sign)
        deputies = () if planned.deputy is None else (planned.deputy,)
        for name in dict.fromkeys((*planned.attendees, *deputies)):
            if sign > 0:
                self._commitments[name][planned.meeting] = planned.slot
            else:
                self._commitments[name].pop(planned.meeting, None)

    def elsewhere(self, representative: str, meeting: str) -> Iterator[Commitment]:
        """What somebody does at other meetings, attending or standing by."""
        for other, slot in self._commitments[representative].items():
            if other != meeting:
                yield other, slot

    def counted(self, attendance: Attendance) -> Iterator[Counted]:
        """What an attendance adds to each limit that its representative has."""
        limits = self._roster.person(attendance.representative).limits
        time = self._roster.slot_time(attendance)
        for limit in OVER_TIME:
            if limit.most(limits) is not None:
                amount = limit.amount(self._roster, attendance)
                yield Counted(limit, limit.period(time), amount)

    def amount(self, representative: str, limit: Limit, period: Period) -> int:
        """What counts against a limit so far."""
        return self._amounts[representative, limit.name, period]

    def allowed(self, representative: str, limit: Limit, period: Period, pinned: int) -> int:
        """The most that may count: the limit, or what is pinned, `pinned` included, if more."""
        most = limit.most(self._roster.person(representative).limits) or 0
        return max(most, self._pinned[representative, limit.name, period] + pinned)

    def _count(self, attendance: Attendance, sign: int) -> None:
        name = attendance.representative
        is_pinned = self._roster.is_pinned(attendance.meeting, name)
        for limit, period, amount in self.counted(attendance):
            self._amounts[name, limit.name, period] += sign * amount
            if is_pinned:
                self._pinned[name, limit.name, period] += sign * amount
