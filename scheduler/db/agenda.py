"""What meetings are about: their agenda items, for whoever may see the meeting."""

from sqlmodel import Session, col, select

from scheduler.db.published import published_meeting
from scheduler.db.tables import AgendaItem
from scheduler.db.views import AgendaItemView
from scheduler.domain.access import Actor


def agenda_of(session: Session, actor: Actor, meeting_id: str) -> tuple[AgendaItemView, ...]:
    """The items of a published meeting's agenda, in their order.

    Raises:
        NotFound: the meeting isn't there, or isn't this actor's to see.
    """
    published_meeting(session, actor, meeting_id)
    query = (
        select(AgendaItem)
        .where(AgendaItem.meeting_id == meeting_id)
        .order_by(col(AgendaItem.position))
    )
    return tuple(
        AgendaItemView(id=row.id, title=row.title, summary=row.summary, question=row.question)
        for row in session.exec(query)
    )
