"""What must be so at every moment of the year, looked at from outside."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlmodel import Session, select

from played.record import Held, published
from played.register import Register
from played.stage import Stage, said
from scheduler.db import tables
from scheduler.domain.access import COORDINATOR
from scheduler.flows.adjusting.period import everything
from scheduler.flows.adjusting.rows import published_plan
from scheduler.flows.problem_builder import build_problem
from scheduler.flows.voices import voices
from solver.check import Violation, check
from solver.problem import HardRule


class Line(NamedTuple):
    """Who is heard at a meeting through whom, and by which mandate."""

    meeting: str
    organisation: str
    speaker: str
    mandate: str | None


@dataclass(slots=True)
class Watch:
    """Looks at the record again and again, and remembers how each meeting was when it began."""

    stage: Stage
    register: Register
    begun: dict[str, frozenset[Line]] = field(default_factory=dict)
    looks: int = 0

    def look(self) -> None:
        """The record says who speaks for whom; the past stays; planner and pages agree."""
        self.looks += 1
        with self.stage.database.session() as session:
            held = published(session)
            found = _lines(session)
            names = {row.id: row.name for row in session.exec(select(tables.Organisation))}
            broken = self._broken(session)
        _same(found, self.expected(held), "who spoke for whom")
        self._the_past_stays(held, found)
        fallen = {each.id for each in held if self.fallen(each)}
        judged = {each.meeting for each in broken if each.rule is HardRule.VOICES}
        _same(judged, fallen, "what the planner says of voices")
        self._is_told(held, names)

    def expected(self, held: Iterable[Held]) -> list[Line]:
        """What the record ought to say, by the register as the play knows it."""
        return sorted(
            Line(each.id, giver, by, self._mandate(each, giver, by))
            for each in held
            for giver, by in each.voices.items()
            if by
        )

    def fallen(self, meeting: Held) -> set[str]:
        """Whose published voice can't be carried any more."""
        return {
            giver
            for giver, by in meeting.through_others.items()
            if self._mandate(meeting, giver, by) is None
        }

    def judged(self) -> tuple[Violation, ...]:
        """What the rule book says of the publication in force, on the record as it is now."""
        with self.stage.database.session() as session:
            return self._broken(session)

    def _mandate(self, meeting: Held, giver: str, by: str) -> str | None:
        return (
            None if giver == by else min(self.register.carrying(giver, by, meeting), default=None)
        )

    def _is_ahead(self, meeting: Held) -> bool:
        return meeting.starts_at > self.stage.clock.now

    def _broken(self, session: Session) -> tuple[Violation, ...]:
        plan = everything(session, None, as_of=self.stage.clock.now)
        if plan is None:
            return ()
        question = build_problem(session, plan, self.stage.context.policy)
        return check(question.problem, published_plan(question)).violations

    def _the_past_stays(self, held: Iterable[Held], found: Iterable[Line]) -> None:
        """Once it has begun, nobody spoke for anybody else than was said then."""
        for each in held:
            if not self._is_ahead(each):
                now = frozenset(line for line in found if line.meeting == each.id)
                _same(now, self.begun.setdefault(each.id, now), f"what was, at {each.title}")

    def _is_told(self, held: Iterable[Held], names: dict[str, str]) -> None:
        """Who isn't heard any more is named on the meeting's page and with the reason on Nu."""
        lost = {each.id: self.fallen(each) for each in held if self._is_ahead(each)}
        if not any(lost.values()):
            return
        now = self.stage.get(COORDINATOR, "/").text
        for meeting, givers in lost.items():
            page = said(self.stage.get(COORDINATOR, f"/overleg/{meeting}").text) if givers else ""
            for giver in givers:
                assert f"{names[giver]} wordt hier niet meer gehoord." in page
                assert f'"/rooster/{meeting}"' in now, page


def _same(found: Iterable[object], wanted: Iterable[object], what: str) -> None:
    more, less = set(found) - set(wanted), set(wanted) - set(found)
    assert not more | less, f"{what}: found {more}, wanted {less}"


def _lines(session: Session) -> list[Line]:
    return sorted(
        Line(each.meeting_id, each.organisation_id, each.speaker_id, each.mandate_id)
        for each in voices(session, COORDINATOR)
    )
