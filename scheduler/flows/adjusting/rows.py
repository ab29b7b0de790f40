"""What is planned according to the rows: by the publication in force, and by a draft over it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlmodel import Session, select

from scheduler.db import tables
from scheduler.domain.terms import Part
from scheduler.flows.problem_builder import Question
from solver.problem import PlannedMeeting


@dataclass(slots=True)
class _Seats:
    """The people and voices of one meeting, as they are gathered."""

    attendees: list[str] = field(default_factory=list)
    deputy: str | None = None
    voices: dict[str, str] = field(default_factory=dict)

    def take(self, person: str, part: Part) -> None:
        """Add somebody."""
        if part is Part.DEPUTY:
            self.deputy = person
        else:
            self.attendees.append(person)

    def planned(self, meeting: str, slot: int | None) -> PlannedMeeting:
        """The meeting in a slot; without one, or without attendees, nobody is there."""
        if slot is None or not self.attendees:
            return nobody(meeting)
        return PlannedMeeting(
            meeting=meeting,
            slot=slot,
            attendees=tuple(self.attendees),
            deputy=self.deputy,
            voices=self.voices,
        )


def nobody(meeting: str) -> PlannedMeeting:
    """A meeting that nobody attends."""
    return PlannedMeeting(meeting=meeting, slot=None, attendees=(), deputy=None, voices={})


def published_plan(question: Question) -> dict[str, PlannedMeeting]:
    """What is published, for every meeting of the problem.

    A meeting that isn't published, or at a time that isn't one of its slots any more, has nobody.
    """
    return {
        name: nobody(name) if planned.slot is None else planned
        for name, planned in question.present.items()
    }


def drafted_plan(
    session: Session, plan_id: int, question: Question, below: Mapping[str, PlannedMeeting]
) -> dict[str, PlannedMeeting]:
    """What a draft plans, over what is planned `below` it; what was held already stays."""
    seats = _drafted_seats(session, plan_id)
    found = dict(below)
    rows = select(tables.PlannedMeeting).where(tables.PlannedMeeting.plan_id == plan_id)
    for row in session.exec(rows):
        if row.meeting_id not in found or row.meeting_id in question.held:
            continue
        positions = question.slot_positions[row.meeting_id]
        slot = positions.index(row.slot_position) if row.slot_position in positions else None
        found[row.meeting_id] = seats[row.meeting_id].planned(row.meeting_id, slot)
    return found


def _drafted_seats(session: Session, plan_id: int) -> Mapping[str, _Seats]:
    seats: dict[str, _Seats] = defaultdict(_Seats)
    attending, heard = tables.Assignment, tables.Voice
    people = (
        select(attending.meeting_id, attending.representative_id, attending.part)
        .where(attending.plan_id == plan_id)
        .order_by(attending.representative_id)
    )
    for meeting, person, part in session.exec(people):
        seats[meeting].take(person, Part(part))
    voices = (
        select(heard.meeting_id, heard.organisation_id, heard.speaker_id)
        .where(heard.plan_id == plan_id)
        .order_by(heard.organisation_id)
    )
    for meeting, organisation, speaker in session.exec(voices):
        seats[meeting].voices[organisation] = speaker
    return seats
