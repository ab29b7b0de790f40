"""The last day for input about one meeting: chosen by who plans for all."""

from datetime import date, datetime

from sqlmodel import Session

from scheduler.db import audits
from scheduler.db.tables import InputQuestion
from scheduler.domain.access import Actor
from scheduler.domain.times import local
from scheduler.flows.input.occasion import occasion_of
from scheduler.flows.requests.request_reading import Reading

FIELD = "laatste-dag"


def choose_last_day(
    session: Session,
    actor: Actor,
    meeting_id: str,
    typed: str,
    default_days: int,
    *,
    at: datetime,
) -> None:
    """Ask input of this meeting until a day of its own; an empty text takes the table's again.

    Raises:
        NotAllowed: the actor doesn't plan for all.
        NotFound, NoInputAsked: as `occasion_of`.
        BadRequest: it isn't a day before the meeting's end.
    """
    actor.must_plan_for_all()
    occasion = occasion_of(session, actor, meeting_id, default_days)
    day = _day(typed, local(occasion.meeting.starts_at).date(), at)
    row = question_row(session, meeting_id)
    if row.last_day == day:
        return
    before, row.last_day, row.changed_at = row.last_day, day, at
    session.flush()
    audits.record(
        session,
        actor,
        "choose last day",
        noun="input",
        noun_id=meeting_id,
        at=at,
        before={"last_day": before.isoformat() if before else ""},
        after={"last_day": day.isoformat() if day else ""},
    )


def question_row(session: Session, meeting_id: str) -> InputQuestion:
    """The row of a meeting's question, made where there is none yet."""
    row = session.get(InputQuestion, meeting_id)
    if row is None:
        row = InputQuestion(meeting_id=meeting_id)
        session.add(row)
        session.flush()
    return row


def _day(typed: str, held_on: date, at: datetime) -> date | None:
    if not typed.strip():
        return None
    reading = Reading(at)
    try:
        day = date.fromisoformat(typed.strip())
    except ValueError:
        day = None
    if day is None or not local(at).date() <= day <= held_on:
        reading.fault(
            FIELD,
            f"Kies een dag van vandaag tot en met {held_on:%d-%m-%Y}, of laat dit leeg.",
            f"Choose a day from today up to {held_on:%d-%m-%Y}, or leave this empty.",
        )
    reading.refuse()
    return day
