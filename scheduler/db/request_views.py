"""From the rows of requests to what is shown of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from sqlalchemy.orm import InstrumentedAttribute, defer
from sqlmodel import Session, col, select

from scheduler.db.tables import (
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


@dataclass(frozen=True, slots=True)
class _Names:
    """What rows name by identifier, read once for all of them."""

    tables: Mapping[str, str]
    corporations: Mapping[str, str]
    municipalities: Mapping[str, str]
    towns: Mapping[str, str]
    """The place that a municipality meets in, by the municipality."""
    organisations: Mapping[str, str]


def request_views(session: Session, rows: Sequence[MeetingRequest]) -> tuple[RequestView, ...]:
    """What is shown of these requests, in their order; the caller chose whose they are."""
    requests = [row.id for row in rows]
    times, names = _times(session, requests), _names(session, rows)
    files, proposals = _files(session, requests), _proposals(session, requests)
    return tuple(
        replace(
            _view(row, tuple(times[row.id]), names),
            files=tuple(files[row.id]),
            proposal=proposals.get(row.id),
        )
        for row in rows
    )


def _times(session: Session, requests: Sequence[str]) -> dict[str, list[TimeView]]:
    query = (
        select(RequestTime)
        .where(col(RequestTime.request_id).in_(requests))
        .order_by(RequestTime.request_id, col(RequestTime.position))
    )
    times: dict[str, list[TimeView]] = defaultdict(list)
    for time in session.exec(query):
        times[time.request_id].append(
            TimeView(
                day=time.day,
                starts_at=time.starts_at,
                ends_at=time.ends_at,
                end_is_assumed=time.end_is_assumed,
            )
        )
    return times


def _names(session: Session, rows: Sequence[MeetingRequest]) -> _Names:
    towns = {row.municipality_id for row in rows}
    places = (
        select(Municipality.id, Place.name)
        .join(Place, col(Place.id) == col(Municipality.place_id))
        .where(col(Municipality.id).in_(towns - {None}))
    )
    asked = {each for row in rows for each in row.organisation_ids or ()}
    return _Names(
        tables=_named(session, Table, {row.table_id for row in rows}),
        corporations=_named(session, Corporation, {row.corporation_id for row in rows}),
        municipalities=_named(session, Municipality, towns),
        towns=dict(session.exec(places).all()),
        organisations=_named(session, Organisation, asked),
    )


def _named(
    session: Session,
    noun: type[Table | Corporation | Municipality | Organisation],
    ids: Iterable[str | None],
) -> dict[str, str]:
    query = select(noun.id, noun.name).where(col(noun.id).in_(set(ids) - {None}))
    return dict(session.exec(query).all())


CONTENT = cast("InstrumentedAttribute[bytes]", Paper.content)
"""The bytes of a paper, which a list never reads."""


def _files(session: Session, requests: Sequence[str]) -> dict[str, list[PaperView]]:
    """The files without their contents."""
    query = (
        select(Paper)
        .options(defer(CONTENT, raiseload=True))
        .where(col(Paper.request_id).in_(requests))
        .order_by(col(Paper.added_at), Paper.id)
    )
    files: dict[str, list[PaperView]] = defaultdict(list)
    for row in session.exec(query):
        view = PaperView(id=row.id, name=row.name, media_type=row.media_type, size=row.size)
        files[row.request_id or ""].append(view)
    return files


def _proposals(session: Session, requests: Sequence[str]) -> dict[str, ProposalView]:
    """The newest proposal of each."""
    query = (
        select(Proposal).where(col(Proposal.request_id).in_(requests)).order_by(col(Proposal.id))
    )
    newest = {row.request_id: row for row in session.exec(query)}
    times: dict[int, list[ProposedTime]] = defaultdict(list)
    proposed = (
        select(ProposedTime)
        .where(col(ProposedTime.proposal_id).in_([row.id for row in newest.values()]))
        .order_by(col(ProposedTime.position))
    )
    for time in session.exec(proposed):
        times[time.proposal_id].append(time)
    return {name: _proposal(row, times[row.id]) for name, row in newest.items()}


def _proposal(row: Proposal, times: Sequence[ProposedTime]) -> ProposalView:
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


def _view(row: MeetingRequest, times: tuple[TimeView, ...], names: _Names) -> RequestView:
    asked = row.organisation_ids
    return RequestView(
        id=row.id,
        level=row.level,
        asker=_asker(row, names),
        title=row.title,
        table_name=names.tables[row.table_id] if row.table_id else None,
        character=row.character,
        mode=row.mode,
        place=_place(row, names),
        question=row.question,
        papers=tuple(row.papers),
        organisations=None
        if asked is None
        else tuple(
            Named(each, names.organisations[each]) for each in asked if each in names.organisations
        ),
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


def _asker(row: MeetingRequest, names: _Names) -> Named | None:
    """The municipality or corporation; None for the province."""
    if row.municipality_id is not None:
        return Named(row.municipality_id, names.municipalities[row.municipality_id])
    if row.corporation_id is not None:
        return Named(row.corporation_id, names.corporations[row.corporation_id])
    return None


def _place(row: MeetingRequest, names: _Names) -> str:
    """The words of the asker, else the name of its town; empty online."""
    if row.mode is Mode.ONLINE or row.place_text:
        return row.place_text
    return names.towns[row.municipality_id] if row.municipality_id is not None else ""
