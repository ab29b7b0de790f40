"""The place of somebody who can't come, in the plan that is published, and who could take it."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from scheduler.db import drafts
from scheduler.domain.access import SYSTEM
from scheduler.flows.adjusting import Shelf, Standing
from scheduler.flows.explain_meeting import DEPUTY, Someone, explain_meeting
from solver.position import Position


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody's place at a meeting, as the publication in force has it."""

    standing: Standing
    meeting_id: str
    representative_id: str

    @property
    def is_deputy(self) -> bool:
        """Whether it is the deputy's place."""
        return self.standing.planned(self.meeting_id).deputy == self.representative_id

    @property
    def able(self) -> tuple[Someone, ...]:
        """Who could take it by every rule, the best first; the meeting's deputy before them."""
        place = DEPUTY if self.is_deputy else self.representative_id
        found = explain_meeting(self.standing, self.meeting_id, place).able
        deputy = self.standing.planned(self.meeting_id).deputy
        return tuple(sorted(found, key=lambda each: each.id != deputy))


def place_of(
    session: Session, shelf: Shelf, meeting_id: str, representative_id: str, *, at: datetime
) -> Place | None:
    """The place; None where the person has none there, or the meeting is being changed."""
    published = replace(drafts.working_draft(session), plan_id=None)
    standing = shelf.standing(session, SYSTEM, at=at, draft=published)
    if standing is None or not standing.is_open(meeting_id):
        return None
    planned = standing.planned(meeting_id)
    if representative_id not in (*planned.attendees, planned.deputy):
        return None
    return Place(_unpinned(standing, meeting_id, representative_id), meeting_id, representative_id)


def who_could(
    session: Session, shelf: Shelf, meeting_id: str, representative_id: str, *, at: datetime
) -> tuple[Someone, ...]:
    """Who could go in somebody's place, the best first; nobody where that can't be worked out."""
    place = place_of(session, shelf, meeting_id, representative_id, at=at)
    return place.able if place else ()


def _unpinned(standing: Standing, meeting_id: str, representative_id: str) -> Standing:
    """The standing without the coordinator's word that somebody comes, who now can't."""
    problem = standing.question.problem
    pins = tuple(
        pin
        for pin in problem.pins
        if (pin.meeting, pin.representative) != (meeting_id, representative_id)
    )
    if len(pins) == len(problem.pins):
        return standing
    question = replace(standing.question, problem=replace(problem, pins=pins))
    position = Position(question.problem, standing.position.planned)
    return standing.with_question(question, position)
