"""Let somebody be planned again who said no: the coordinator spoke to them, and knows better."""

from datetime import datetime

from sqlmodel import Session, col, select

from scheduler.db import answers, audits
from scheduler.db.tables import Answer
from scheduler.domain.access import Actor
from scheduler.domain.errors import NothingToDo, Sentence


def lift_no(
    session: Session, actor: Actor, meeting_id: str, representative_id: str, *, at: datetime
) -> None:
    """Lift the no that keeps a representative out of the plan for a meeting.

    What they answered stays as they said it; should they change their mind, the newest answer
    counts.

    Raises:
        NotAllowed: the actor doesn't plan for all.
        NothingToDo: nothing keeps this person away here.
    """
    actor.must_plan_for_all()
    said = answers.answers_to(session, actor, meeting_id).get(representative_id)
    if said is None or not said.keeps_away:
        raise NothingToDo(_NOTHING)
    newest = session.exec(
        select(Answer)
        .where(Answer.meeting_id == meeting_id, Answer.representative_id == representative_id)
        .order_by(col(Answer.revision).desc())
    ).first()
    if newest is not None:
        newest.lifted_at = at
    audits.record(
        session,
        actor,
        "lift",
        noun="meeting",
        noun_id=meeting_id,
        at=at,
        detail=f"the no of {representative_id}",
    )


_NOTHING = Sentence(
    "Deze afgevaardigde kan hier gewoon gevraagd worden. Er is niets veranderd.",
    "This representative can be asked here as it is. Nothing has changed.",
)
