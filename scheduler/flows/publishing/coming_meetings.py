"""The meetings in force that aren't over, with their revisions: for who joins later."""

from datetime import datetime

from sqlmodel import Session, col, select

from scheduler.db.tables import PublishedMeeting
from scheduler.flows.mail.queue_invitations import Revised
from scheduler.flows.publishing.facts_read import facts_in_force


def coming_meetings(session: Session, *, at: datetime) -> list[Revised]:
    """What the latest publication says of every meeting that isn't over at an instant."""
    query = select(PublishedMeeting.meeting_id, PublishedMeeting.revision).where(
        col(PublishedMeeting.last_publication).is_(None), col(PublishedMeeting.ends_at) > at
    )
    revisions = dict(session.exec(query).all())
    facts = facts_in_force(session)
    return [Revised(facts[meeting], revision) for meeting, revision in sorted(revisions.items())]
