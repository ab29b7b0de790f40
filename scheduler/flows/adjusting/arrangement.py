"""How one meeting stands in a draft: when, who, for whom, and the coordinator's word about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, delete, select

from scheduler.db import tables
from scheduler.domain.terms import Part
from scheduler.flows.problem_builder import Question
from solver.derive import Derived
from solver.problem import PlannedMeeting


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """A meeting in a draft. `slot` is the rows' position, None exactly where nobody attends.

    `voices` maps who is heard to who speaks. `pins` and `bans` are the coordinator's word; a pin's
    slot None is whichever is taken.
    """

    slot: int | None
    attendees: tuple[str, ...]
    deputy: str | None
    voices: Mapping[str, str]
    pins: Mapping[str, int | None]
    bans: frozenset[str]

    def as_json(self) -> dict[str, Any]:
        """As it is kept in a step."""
        return {
            "slot": self.slot,
            "attendees": list(self.attendees),
            "deputy": self.deputy,
            "voices": dict(self.voices),
            "pins": dict(self.pins),
            "bans": sorted(self.bans),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Arrangement":
        """Back from what a step keeps."""
        return cls(
            slot=kept["slot"],
            attendees=tuple(kept["attendees"]),
            deputy=kept["deputy"],
            voices=kept["voices"],
            pins=kept["pins"],
            bans=frozenset(kept["bans"]),
        )

    def planned(self, meeting_id: str, question: Question) -> PlannedMeeting:
        """As the solver's library sees it; a slot that has passed is none any more."""
        positions = question.slot_positions[meeting_id]
        if self.slot not in positions:
            return PlannedMeeting(
                meeting=meeting_id, slot=None, attendees=(), deputy=None, voices={}
            )
        return PlannedMeeting(
            meeting=meeting_id,
            slot=positions.index(self.slot),
            attendees=self.attendees,
            deputy=self.deputy,
            voices=self.voices,
        )


def arrangement(session: Session, planned: PlannedMeeting, question: Question) -> Arrangement:
    """A planned meeting with what the coordinator said about it."""
    meeting_id = planned.meeting
    positions = question.slot_positions[meeting_id]
    pins = session.exec(select(tables.Pin).where(tables.Pin.meeting_id == meeting_id))
    bans = session.exec(select(tables.Ban).where(tables.Ban.meeting_id == meeting_id))
    return Arrangement(
        slot=None if planned.slot is None else positions[planned.slot],
        attendees=tuple(sorted(planned.attendees)),
        deputy=planned.deputy,
        voices=dict(sorted(planned.voices.items())),
        pins={pin.representative_id: pin.slot_position for pin in pins},
        bans=frozenset(ban.representative_id for ban in bans),
    )


def write_arrangement(
    session: Session, plan_id: int, meeting_id: str, wanted: Arrangement, derived: Derived
) -> None:
    """Let a meeting stand like this in a draft, in place of how it stood."""
    write_meeting(session, plan_id, meeting_id, wanted, derived)
    for kind in (tables.Pin, tables.Ban):
        session.exec(delete(kind).where(col(kind.meeting_id) == meeting_id))
    session.add_all(
        tables.Pin(meeting_id=meeting_id, representative_id=person, slot_position=slot)
        for person, slot in wanted.pins.items()
    )
    session.add_all(
        tables.Ban(meeting_id=meeting_id, representative_id=person) for person in wanted.bans
    )
    session.flush()


def write_meeting(
    session: Session, plan_id: int, meeting_id: str, wanted: Arrangement, derived: Derived
) -> None:
    """The rows of a meeting in a draft, its people with how and how far they come."""
    for kind in (tables.Voice, tables.Assignment, tables.PlannedMeeting):
        mine = (col(kind.plan_id) == plan_id, col(kind.meeting_id) == meeting_id)
        session.exec(delete(kind).where(*mine))
    planned = tables.PlannedMeeting(
        plan_id=plan_id, meeting_id=meeting_id, slot_position=wanted.slot
    )
    session.add(planned)
    session.flush()
    session.add_all(_people(plan_id, meeting_id, wanted, derived))
    session.add_all(
        tables.Voice(
            plan_id=plan_id, meeting_id=meeting_id, organisation_id=heard, speaker_id=speaker
        )
        for heard, speaker in wanted.voices.items()
    )


def _people(
    plan_id: int, meeting_id: str, wanted: Arrangement, derived: Derived
) -> list[tables.Assignment]:
    parts = [(person, Part.ATTENDEE) for person in wanted.attendees]
    if wanted.deputy is not None:
        parts.append((wanted.deputy, Part.DEPUTY))
    return [
        tables.Assignment(
            plan_id=plan_id,
            meeting_id=meeting_id,
            representative_id=person,
            part=part,
            online=derived.is_online(meeting_id, person),
            travel_minutes=derived.trip(meeting_id, person),
        )
        for person, part in parts
    ]
