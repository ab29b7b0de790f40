"""Requests for tenants at the table, as far as the asking actor may see them."""

from sqlalchemy import ColumnElement, case, false, or_, true
from sqlmodel import Session, col, func, select

from scheduler.db.published import published_meeting
from scheduler.db.request_views import request_views
from scheduler.db.tables import MeetingRequest
from scheduler.db.views import PaperView, RequestView
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.terms import Level, RequestState, Role

_WAITS = or_(col(MeetingRequest.needs_look), col(MeetingRequest.state) == RequestState.RECEIVED)


def requests(
    session: Session, actor: Actor, *, skip: int = 0, most: int | None = None
) -> tuple[RequestView, ...]:
    """All requests for who sees all, only its own for a body; what waits comes first.

    Of what waits, what was asked for by hand comes first, then each import, the newest first;
    within these, and among the others, the newest first.

    Args:
        session: the session.
        actor: who asks.
        skip: how many to pass over.
        most: how many at most; None for all.
    """
    waits = case((_WAITS, 1), else_=0)
    read_as = case((_WAITS, col(MeetingRequest.import_id)), else_=None)
    query = (
        select(MeetingRequest)
        .where(_visible(actor))
        .order_by(
            waits.desc(),
            read_as.is_not(None),
            read_as.desc(),
            col(MeetingRequest.created_at).desc(),
            MeetingRequest.id,
        )
        .offset(skip)
        .limit(most)
    )
    return request_views(session, session.exec(query).all())


def requests_after(
    session: Session,
    actor: Actor,
    after: str = "",
    *,
    most: int,
    state: RequestState | None = None,
    reference: str = "",
) -> tuple[RequestView, ...]:
    """The next so many by identifier, in a steady order: made for reading all, page by page.

    Args:
        session: the session.
        actor: who asks.
        after: the last identifier of the page before; empty for the first.
        most: how many at most.
        state: only those in this state; None for all.
        reference: only those with this name of the asker's own; empty for all.
    """
    query = (
        select(MeetingRequest)
        .where(_visible(actor), col(MeetingRequest.id) > after)
        .order_by(MeetingRequest.id)
        .limit(most)
    )
    if state is not None:
        query = query.where(MeetingRequest.state == state)
    if reference:
        query = query.where(MeetingRequest.reference == reference)
    return request_views(session, session.exec(query).all())


def request(session: Session, actor: Actor, request_id: str) -> RequestView:
    """One request; NotFound where it isn't there or isn't this actor's."""
    query = select(MeetingRequest).where(_visible(actor), MeetingRequest.id == request_id)
    views = request_views(session, session.exec(query).all())
    if not views:
        raise NotFound("uitnodiging", request_id)
    return views[0]


def counted(session: Session, actor: Actor) -> tuple[int, int]:
    """How many requests there are, and how many of them await the coordinator.

    What waits has no answer yet, or its calendar says something else than what was planned.
    """
    query = select(func.count(), func.coalesce(func.sum(case((_WAITS, 1), else_=0)), 0))
    number, waiting = session.exec(query.select_from(MeetingRequest).where(_visible(actor))).one()
    return number, waiting


def papers_of_meeting(
    session: Session, actor: Actor, meeting_id: str
) -> tuple[tuple[str, ...], tuple[PaperView, ...]]:
    """The links and files of a published meeting, for whoever may see it; none without a request.

    Raises:
        NotFound: the meeting isn't there, or isn't this actor's.
    """
    published_meeting(session, actor, meeting_id)
    query = select(MeetingRequest).where(MeetingRequest.meeting_id == meeting_id)
    views = request_views(session, session.exec(query).all())
    links = dict.fromkeys(paper for view in views for paper in view.papers)
    return tuple(links), tuple(file for view in views for file in view.files)


def _visible(actor: Actor) -> ColumnElement[bool]:
    if actor.sees_all:
        return true()
    match actor.role:
        case Role.MUNICIPALITY:
            return col(MeetingRequest.municipality_id) == actor.subject
        case Role.CORPORATION:
            return col(MeetingRequest.corporation_id) == actor.subject
        case Role.PROVINCE:
            return col(MeetingRequest.level) == Level.PROVINCE
        case _:
            return false()
