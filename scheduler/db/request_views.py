"""From the rows of requests to what is shown of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from sqlmodel import Session, col, select

from scheduler.db.tables import (
    CalendarImport,
    Corporation,
    MeetingRequest,
    Municipality,
    Organisation,
    Paper,
    Place,
    Proposal,
    ProposedTime,
    RequestTime,
    Table,
)
from scheduler.db.views import Named, PaperView, ProposalView, RequestView, TimeView
from scheduler.domain.terms import Mode, RequestSource
from scheduler.domain.times import local


def request_views(session: Session, rows: Sequence[MeetingRequest]) -> tuple[RequestView, ...]:
    """What is shown of these requests, in their order; the caller chose whose they are."""
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
    requests = [row.id for row in rows]
    files, proposals = _files(session, requests), _proposals(session, requests)
    names = {each.id: each.name for each in session.exec(select(Organisation))}
    return tuple(
        replace(
            _view(session, row, tuple(times[row.id]), names),
            files=tuple(files[row.id]),
            proposal=proposals.get(row.id),
        )
        for row in rows
    )


def _files(session: Session, requests: Sequence[str]) -> dict[str, list[PaperView]]:
    """The files without their contents."""
    query = (
        select(Paper.request_id, Paper.id, Paper.name, Paper.size)
        .where(col(Paper.request_id).in_(requests))
        .order_by(col(Paper.added_at), Paper.id)
    )
    files: dict[str, list[PaperView]] = defaultdict(list)
    for request_id, paper_id, name, size in session.exec(query):
        files[request_id].append(PaperView(id=paper_id, name=name, size=size))
    return files


def _proposals(session: Session, requests: Sequence[str]) -> dict[str, ProposalView]:
    """The newest proposal of each."""
    query = (
        select(Proposal).where(col(Proposal.request_id).in_(requests)).order_by(col(Proposal.id))
    )
    newest = {row.request_id: row for row in session.exec(query)}
    return {request_id: _proposal(session, row) for request_id, row in newest.items()}


def _proposal(session: Session, row: Proposal) -> ProposalView:
    query = select(ProposedTime).where(ProposedTime.proposal_id == row.id)
    times = session.exec(query.order_by(col(ProposedTime.position)))
    return ProposalView(
        id=row.id,
        state=row.state,
        note=row.note,
        answer=row.answer,
        made_at=row.made_at,
        times=tuple(
            TimeView(
                day=local(time.starts_at).date(),
                starts_at=time.starts_at,
                ends_at=time.ends_at,
                end_is_assumed=False,
            )
            for time in times
        ),
    )


def _view(
    session: Session, row: MeetingRequest, times: tuple[TimeView, ...], names: dict[str, str]
) -> RequestView:
    table = session.get(Table, row.table_id) if row.table_id else None
    asked = row.organisation_ids
    return RequestView(
        id=row.id,
        level=row.level,
        asker=asker_of(session, row),
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
        changed_at=row.changed_at,
        moved_at=row.moved_at,
        times=times,
        table_id=row.table_id,
        conference_url=row.conference_url,
        reference=row.reference,
    )


def asker_of(session: Session, row: MeetingRequest | CalendarImport) -> Named | None:
    """The municipality or corporation; None for the province."""
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
