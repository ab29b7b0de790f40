"""Everything that the rules hold against one meeting as it would be planned (section 4)."""

from collections.abc import Iterator

from solver.derive import Cause, Obstacle
from solver.position import words
from solver.position.agenda import Agenda
from solver.position.refusals import Barrier, Refusal
from solver.problem import PlannedMeeting
from solver.rules import Roster, standby
from solver.rules.roster import Attendance
from solver.sentence import Sentence


class Objections:
    """Looks at an entry beside everybody's other commitments.

    `table` is a roster of that entry alone; the agenda is booked without its meeting.
    """

    def __init__(self, table: Roster, agenda: Agenda, planned: PlannedMeeting, slot: int) -> None:
        self._table = table
        self._derived = table.derived
        self._agenda = agenda
        self._planned = planned
        self._meeting = table.problem.meetings[planned.meeting]
        self._slot = slot

    def to_table(self) -> Iterator[Refusal]:
        """What stands against the meeting as a whole."""
        number, most = len(self._planned.attendees), self._meeting.seats.max
        if number > most:
            sentence = words.full(self._table, self._meeting.id, most)
            yield self._refusal(Barrier.FULL, sentence, amount=number, allowed=most)
        for name in sorted(self._derived.pinned.get(self._meeting.id, ())):
            kept = self._table.is_pinned(self._meeting.id, name)
            if name not in self._planned.attendees or not kept:
                sentence = words.pinned(self._table, self._meeting.id, name)
                yield self._refusal(Barrier.PINNED, sentence, representative=name)

    def to_attendee(self, name: str) -> Iterator[Refusal]:
        """What stands against somebody's attending."""
        pinned = self._table.is_pinned(self._meeting.id, name)
        for obstacle in self._derived.obstacles(self._meeting.id, self._slot, name):
            if not pinned or obstacle.cause is Cause.BANNED:
                yield self._obstacle(obstacle, name)
        yield from self._elsewhere(name)
        yield from self._limits(name, pinned=pinned)

    def to_deputy(self, name: str) -> Iterator[Refusal]:
        """What stands against somebody's standing by."""
        yield from self._deputyship(name)
        for obstacle in self._derived.obstacles(self._meeting.id, self._slot, name):
            yield self._obstacle(obstacle, name)
        yield from self._elsewhere(name)

    def _elsewhere(self, name: str) -> Iterator[Refusal]:
        here = (self._meeting.id, self._slot)
        for other in self._agenda.elsewhere(name, self._meeting.id):
            short = self._derived.shortage(name, other, here)
            if short > 0:
                time = self._derived.slot(*other)
                yield self._obstacle(
                    Obstacle(
                        cause=Cause.ELSEWHERE,
                        minutes=short,
                        meeting=other[0],
                        start=time.start,
                        end=time.end,
                    ),
                    name,
                )

    def _limits(self, name: str, *, pinned: bool) -> Iterator[Refusal]:
        attendance = Attendance(self._meeting.id, self._slot, name)
        for limit, period, amount in self._agenda.counted(attendance):
            total = self._agenda.amount(name, limit, period) + amount
            word = amount if pinned else 0
            allowed = self._agenda.allowed(name, limit, period, word)
            if total <= allowed:
                continue
            yield self._refusal(
                Barrier.LIMIT,
                words.over_limit(self._table, name, limit, period, amount=total, allowed=allowed),
                representative=name,
                limit=limit.name,
                period=period,
                amount=total,
                allowed=allowed,
            )

    def _deputyship(self, name: str) -> Iterator[Refusal]:
        organisation = self._table.person(name).organisation
        attending = self._table.attending(self._meeting.id)
        if not self._meeting.deputy:
            yield self._refusal(Barrier.NOT_WANTED, standby.NOT_WANTED, representative=name)
        if not attending:
            yield self._refusal(Barrier.NOBODY_TO_REPLACE, standby.ALONE, representative=name)
        elif not standby.belongs(self._table, self._meeting, organisation):
            sentence = words.stranger(self._table, self._meeting.id, name)
            yield self._refusal(Barrier.STRANGER, sentence, representative=name)

    def _obstacle(self, obstacle: Obstacle, name: str) -> Refusal:
        return Refusal(
            barrier=Barrier(obstacle.cause.value),
            slot=self._slot,
            sentence=words.obstacle(self._table, self._meeting.id, name, obstacle),
            representative=name,
            minutes=obstacle.minutes,
            other_meeting=obstacle.meeting,
            start=obstacle.start,
            end=obstacle.end,
        )

    def _refusal(
        self,
        barrier: Barrier,
        sentence: Sentence,
        *,
        representative: str | None = None,
        limit: str | None = None,
        period: tuple[int, int] | None = None,
        amount: int | None = None,
        allowed: int | None = None,
    ) -> Refusal:
        return Refusal(
            barrier=barrier,
            slot=self._slot,
            sentence=sentence,
            representative=representative,
            limit=limit,
            period=period,
            amount=amount,
            allowed=allowed,
        )
