"""Facts back into a draft's rows, so that what was published can be planned again."""

from sqlalchemy import delete
from sqlmodel import Session, col, select

from scheduler.db.tables import Assignment, PlannedMeeting, Slot, Voice
from scheduler.domain.terms import Part
from scheduler.flows.publishing.facts import Facts


def write_facts(session: Session, plan_id: int, facts: Facts) -> bool:
    """Let a draft say of one meeting what the facts say; tells whether it could.

    It can't where the meeting no longer has the time that the facts name: then nothing is written.
    """
    position = slot_position(session, facts)
    attended = any(each.part is Part.ATTENDEE for each in facts.people)
    if attended and position is None:
        return False
    session.add(
        PlannedMeeting(
            plan_id=plan_id,
            meeting_id=facts.meeting_id,
            slot_position=position if attended else None,
        )
    )
    session.flush()
    if attended:
        session.add_all(_people(plan_id, facts))
        session.add_all(_voices(plan_id, facts))
        session.flush()
    return True


def erase(session: Session, plan_id: int, meeting_id: str) -> None:
    """Let a draft say nothing of one meeting: publishing leaves it as it is."""
    for table in (Voice, Assignment, PlannedMeeting):
        session.exec(
            delete(table).where(col(table.plan_id) == plan_id, col(table.meeting_id) == meeting_id)
        )


def slot_position(session: Session, facts: Facts) -> int | None:
    """Which of the meeting's slots is at the facts' time, if one still is."""
    query = select(Slot.position).where(
        Slot.meeting_id == facts.meeting_id,
        Slot.starts_at == facts.starts_at,
        Slot.ends_at == facts.ends_at,
    )
    return session.exec(query).first()


def _people(plan_id: int, facts: Facts) -> list[Assignment]:
    return [
        Assignment(
            plan_id=plan_id,
            meeting_id=facts.meeting_id,
            representative_id=each.representative_id,
            part=each.part,
            online=each.online,
            travel_minutes=each.travel_minutes,
        )
        for each in sorted(facts.people)
        if each.part is not Part.SHADOW  # who comes along is no part of a plan
    ]


def _voices(plan_id: int, facts: Facts) -> list[Voice]:
    return [
        Voice(
            plan_id=plan_id,
            meeting_id=facts.meeting_id,
            organisation_id=each.organisation_id,
            speaker_id=each.speaker_id,
        )
        for each in sorted(facts.voices, key=lambda voice: voice.organisation_id)
        if each.speaker_id
    ]
