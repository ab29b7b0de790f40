"""What meetings are about: their agenda items, for whoever may see the meeting."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from scheduler.db.published import published_meeting
from scheduler.db.request_views import CONTENT
from scheduler.db.tables import AgendaItem, Paper
from scheduler.db.views import AgendaItemView, PaperView
from scheduler.domain.access import Actor


def agenda_of(session: Session, actor: Actor, meeting_id: str) -> tuple[AgendaItemView, ...]:
    """The items of a published meeting's agenda, in their order.

    Raises:
        NotFound: the meeting isn't there, or isn't this actor's to see.
    """
    published_meeting(session, actor, meeting_id)
    query = (
        select(AgendaItem)
        .where(AgendaItem.meeting_id == meeting_id, col(AgendaItem.removed_at).is_(None))
        .order_by(col(AgendaItem.position))
    )
    return _views(session, session.exec(query).all())


def removed_items(session: Session, actor: Actor, meeting_id: str) -> tuple[AgendaItemView, ...]:
    """What was taken off a published meeting's agenda, the latest first.

    Raises:
        NotFound: the meeting isn't there, or isn't this actor's to see.
    """
    published_meeting(session, actor, meeting_id)
    query = (
        select(AgendaItem)
        .where(AgendaItem.meeting_id == meeting_id, col(AgendaItem.removed_at).is_not(None))
        .order_by(col(AgendaItem.removed_at).desc(), AgendaItem.id)
    )
    return _views(session, session.exec(query).all())


def _views(session: Session, rows: Sequence[AgendaItem]) -> tuple[AgendaItemView, ...]:
    files = _files(session, [row.id for row in rows])
    return tuple(
        AgendaItemView(
            id=row.id,
            title=row.title,
            summary=row.summary,
            question=row.question,
            links=tuple(row.links),
            files=tuple(files[row.id]),
        )
        for row in rows
    )


def _files(session: Session, items: Sequence[str]) -> dict[str | None, list[PaperView]]:
    """The files without their contents."""
    query = (
        select(Paper)
        .options(defer(CONTENT, raiseload=True))
        .where(col(Paper.agenda_item_id).in_(items))
        .order_by(col(Paper.added_at), Paper.id)
    )
    files: dict[str | None, list[PaperView]] = defaultdict(list)
    for row in session.exec(query):
        view = PaperView(id=row.id, name=row.name, media_type=row.media_type, size=row.size)
        files[row.agenda_item_id].append(view)
    return files
