"""Requests for tenants at the table, and imports, as far as the asking actor may see them."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import ColumnElement, false, true
from sqlmodel import Session, col, select

from scheduler.db.published import published_meeting
from scheduler.db.tables import (
    CalendarImport,
    Corporation,
    ImportLine,
    MeetingRequest,
    Municipality,
    Organisation,
    Place,
    RequestTime,
    Table,
)
from scheduler.db.views import ImportLineView, ImportView, Named, RequestView, TimeView
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.terms import Mode, RequestSource, RequestState, Role


def requests(session: Session, actor: Actor) -> tuple[RequestView, ...]:
    """All requests for who plans for all, only its own for a municipality; newest first."""
    query = (
        select(MeetingRequest)
        .where(_visible(actor))
        .order_by(col(MeetingRequest.created_at).desc(), MeetingRequest.id)
    )
    return _views(session, session.exec(query).all())


def request(session: Session, actor: Actor, request_id: str) -> RequestView:
    """One request; NotFound where it isn't there or isn't this actor's."""
    query = select(MeetingRequest).where(_visible(actor), MeetingRequest.id == request_id)
    views = _views(session, session.exec(query).all())
    if not views:
        raise NotFound("uitnodiging", request_id)
    return views[0]


def waiting(session: Session, actor: Actor) -> int:
    """How many requests await the coordinator: an answer, or a look at what a calendar says."""
    return sum(
        each.needs_look or each.state is RequestState.RECEIVED for each in requests(session, actor)
    )


def imports(session: Session, actor: Actor, *, most: int = 20) -> tuple[ImportView, ...]:
    """The latest imports, newest first, for who plans for all."""
    actor.must_plan_for_all()
    query = select(CalendarImport).order_by(col(CalendarImport.id).desc()).limit(most)
    return _import_views(session, session.exec(query).all())


def calendar_import(session: Session, actor: Actor, number: int) -> ImportView:
    """One import, for who plans for all; NotFound where there is none."""
    actor.must_plan_for_all()
    row = session.get(CalendarImport, number)
    if row is None:
        raise NotFound("import", str(number))
    return _import_views(session, [row])[0]


def _visible(actor: Actor) -> ColumnElement[bool]:
    if actor.plans_for_all:
        return true()
    if actor.role is Role.MUNICIPALITY:
        return col(MeetingRequest.municipality_id) == actor.subject
    return false()


def _views(session: Session, rows: Sequence[MeetingRequest]) -> tuple[RequestView, ...]:
    times: dict[str, list[TimeView]] = defaultdict(list)
    query = (
        select(RequestTime)
        .where(col(RequestTime.request_id).in_([row.id for row in rows]))
        .order_by(RequestTime.request_id, col(RequestTime.position))
    )
    for time in session.exec(query):
        times[time.request_id].append(
            TimeView(
                day=time.day,
                starts_at=time.starts_at,
                ends_at=time.ends_at,
                end_is_assumed=time.end_is_assumed,
            )
        )
    names = {each.id: each.name for each in session.exec(select(Organisation))}
    return tuple(_view(session, row, tuple(times[row.id]), names) for row in rows)


def _view(
    session: Session, row: MeetingRequest, times: tuple[TimeView, ...], names: dict[str, str]
) -> RequestView:
    table = session.get(Table, row.table_id) if row.table_id else None
    asked = row.organisation_ids
    return RequestView(
        id=row.id,
        level=row.level,
        asker=_asker(session, row),
        title=row.title,
        table_name=table.name if table else None,
        character=row.character,
        mode=row.mode,
        place=_place(session, row),
        question=row.question,
        papers=tuple(row.papers),
        organisations=None
        if asked is None
        else tuple(Named(each, names[each]) for each in asked if each in names),
        contact=row.contact,
        answer_until=row.answer_until,
        state=row.state,
        reason=row.reason,
        notice_days=row.notice_days,
        notice_clock=row.notice_clock,
        is_imported=row.source is RequestSource.IMPORT,
        import_id=row.import_id,
        needs_look=row.needs_look,
        is_dropped="gone" in (row.as_imported or {}),
        meeting_id=row.meeting_id,
        created_at=row.created_at,
        moved_at=row.moved_at,
        times=times,
    )


def _asker(session: Session, row: MeetingRequest | CalendarImport) -> Named | None:
    if row.municipality_id is not None:
        found = session.get_one(Municipality, row.municipality_id)
        return Named(found.id, found.name)
    if row.corporation_id is not None:
        body = session.get_one(Corporation, row.corporation_id)
        return Named(body.id, body.name)
    return None


def _place(session: Session, row: MeetingRequest) -> str:
    """The words of the asker, else the name of its town; empty online."""
    if row.mode is Mode.ONLINE or row.place_text:
        return row.place_text
    if row.municipality_id is None:
        return ""
    town = session.get_one(Municipality, row.municipality_id)
    return session.get_one(Place, town.place_id).name


def _import_views(session: Session, rows: Sequence[CalendarImport]) -> tuple[ImportView, ...]:
    lines: dict[int, list[ImportLineView]] = defaultdict(list)
    query = (
        select(ImportLine)
        .where(col(ImportLine.import_id).in_([row.id for row in rows]))
        .order_by(col(ImportLine.import_id), col(ImportLine.number))
    )
    for line in session.exec(query):
        lines[line.import_id].append(
            ImportLineView(
                entry=line.entry,
                outcome=line.outcome,
                request_id=line.request_id,
                fault=line.fault,
                found=line.found,
                kept=line.kept,
            )
        )
    return tuple(
        ImportView(
            id=row.id,
            at=row.at,
            source=row.source,
            name=row.name,
            asker=_asker(session, row),
            outside=row.outside,
            unchanged=row.unchanged,
            lines=tuple(lines[row.id]),
        )
        for row in rows
    )


def papers_of(session: Session, actor: Actor, meeting_id: str) -> tuple[str, ...]:
    """The addresses of what is to be read for a meeting that the actor may see.

    Raises:
        NotFound: it isn't theirs to see.
    """
    published_meeting(session, actor, meeting_id)
    rows = session.exec(select(MeetingRequest).where(MeetingRequest.meeting_id == meeting_id))
    return tuple(paper for row in rows for paper in row.papers)
