"""What publishing a draft would mail, before anybody decides: to whom, about what."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from scheduler.db.outbox import recipient_names
from scheduler.db.tables import Plan, PublishedMeeting
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.terms import MailKind, PlanState
from scheduler.flows.facts_read import facts_in_force
from scheduler.flows.publish_plan import draft_changes
from scheduler.flows.queue_invitations import Revised, mail_steps


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedMail:
    """A mail that publishing would put into the outbox; `recipient` is a label or a function."""

    kind: MailKind
    recipient: str
    meeting_id: str
    meeting_title: str
    urgent: bool


def preview_mail(
    session: Session, actor: Actor, plan_id: int, *, at: datetime
) -> tuple[PlannedMail, ...]:
    """What publishing this draft at an instant would mail, by meeting; nothing is changed.

    Raises:
        NotFound: there is no such draft.
        NotAllowed: the actor doesn't plan for all.
    """
    actor.must_plan_for_all()
    plan = session.get(Plan, plan_id)
    if plan is None or plan.state is not PlanState.DRAFT:
        raise NotFound("concept", str(plan_id))
    before = facts_in_force(session)
    revisions = _revisions(session)
    meetings = [
        Revised(facts, revisions.get(facts.meeting_id, -1) + 1, before.get(facts.meeting_id))
        for facts, _ in draft_changes(session, plan_id, before)
    ]
    steps = [step for step in mail_steps(session, meetings, at=at) if step.decision.add]
    names = recipient_names(session, actor, [step.recipient_id for step in steps])
    return tuple(
        PlannedMail(
            kind=step.decision.add,
            recipient=names[step.recipient_id],
            meeting_id=step.meeting.facts.meeting_id,
            meeting_title=step.meeting.facts.title,
            urgent=step.meeting.is_urgent(at),
        )
        for step in steps
        if step.decision.add is not None
    )


def _revisions(session: Session) -> dict[str, int]:
    query = select(PublishedMeeting.meeting_id, PublishedMeeting.revision).where(
        col(PublishedMeeting.last_publication).is_(None)
    )
    return dict(session.exec(query).all())
