"""Who goes where, as the solver names it: what is published, and what a draft says."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from sqlmodel import Session, select

from scheduler.db import tables
from scheduler.domain.terms import MeetingState, Part
from scheduler.flows.publishing.facts import Facts
from solver.problem import Meeting, PlannedMeeting

if TYPE_CHECKING:
    from scheduler.flows.problem_builder.builder import Question
    from scheduler.flows.problem_builder.meetings import Gathered


def present_roster(
    published: Mapping[str, Facts], gathered: "Gathered"
) -> dict[str, PlannedMeeting]:
    """What the publication in force says of the meetings that are to be planned, or were held.

    A published time that isn't offered any more makes a meeting without a slot.
    """
    return {
        name: _present(meeting, published.get(name), held=name in gathered.held_meetings)
        for name, meeting in gathered.meetings.items()
    }


def _present(meeting: Meeting, facts: Facts | None, *, held: bool) -> PlannedMeeting:
    if facts is None or facts.state is not MeetingState.PLANNED:
        return _planned(meeting.id, None, (), None, {})
    parts = {each.representative_id: each.part for each in facts.people}
    attendees = tuple(sorted(who for who, part in parts.items() if part is Part.ATTENDEE))
    deputy = next((who for who, part in parts.items() if part is Part.DEPUTY), None)
    spans = [(slot.start, slot.end) for slot in meeting.slots]
    time = (facts.starts_at, facts.ends_at)
    voices = {each.organisation_id: each.speaker_id for each in facts.voices if each.speaker_id}
    return _planned(
        meeting.id,
        spans.index(time) if time in spans else None,
        attendees,
        None if held else deputy,
        {giver: speaker for giver, speaker in voices.items() if giver in meeting.interested},
    )


def _planned(
    meeting: str,
    slot: int | None,
    attendees: tuple[str, ...],
    deputy: str | None,
    voices: Mapping[str, str],
) -> PlannedMeeting:
    there = bool(attendees)
    return PlannedMeeting(
        meeting=meeting,
        slot=slot if there else None,
        attendees=attendees,
        deputy=deputy if there else None,
        voices=voices if there else {},
    )


def draft_roster(session: Session, plan_id: int, question: "Question") -> dict[str, PlannedMeeting]:
    """What a draft says of the meetings of its question; what it says nothing of stays as it is."""
    people: dict[str, dict[str, Part]] = defaultdict(dict)
    query = select(tables.Assignment).where(tables.Assignment.plan_id == plan_id)
    for each in session.exec(query):
        people[each.meeting_id][each.representative_id] = each.part
    voices: dict[str, dict[str, str]] = defaultdict(dict)
    for voice in session.exec(select(tables.Voice).where(tables.Voice.plan_id == plan_id)):
        voices[voice.meeting_id][voice.organisation_id] = voice.speaker_id
    rows = session.exec(
        select(tables.PlannedMeeting).where(tables.PlannedMeeting.plan_id == plan_id)
    )
    said = {
        row.meeting_id: _planned(
            row.meeting_id,
            _index(question.slot_positions[row.meeting_id], row.slot_position),
            tuple(sorted(_having(people[row.meeting_id], Part.ATTENDEE))),
            next(iter(_having(people[row.meeting_id], Part.DEPUTY)), None),
            voices[row.meeting_id],
        )
        for row in rows
        if row.meeting_id in question.problem.meetings and row.meeting_id not in question.held
    }
    return {**question.present, **said}


def _having(people: Mapping[str, Part], wanted: Part) -> list[str]:
    return [who for who, part in people.items() if part is wanted]


def _index(positions: Collection[int], position: int | None) -> int | None:
    return (
        list(positions).index(position) if position in positions and position is not None else None
    )
