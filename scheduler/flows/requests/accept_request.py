"""Accept a request: it becomes a meeting to plan, with its slots and who must be heard there."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from scheduler.db import audits
from scheduler.db.tables import (
    Interest,
    Meeting,
    MeetingRequest,
    RequestTime,
    Slot,
    Table,
    TableKind,
)
from scheduler.domain.access import Actor
from scheduler.domain.errors import BadInput, Sentence
from scheduler.domain.ids import new_id, new_uid
from scheduler.domain.requests import Step, after
from scheduler.domain.terms import EventKind, Mode
from scheduler.flows.mail.tell_bodies import tell_of_request
from scheduler.flows.province.stakes import read_stakes
from scheduler.flows.requests.proposals import close_proposal
from scheduler.flows.requests.request_reading import BadRequest, FieldFault
from scheduler.flows.requests.request_times import TypedTime, read_moved_times
from scheduler.flows.requests.requesting import Asker, place_of, request_to_change, times_of

_SEATS, _PREPARATION, _REPORT = (1, 2), 60, 30


def accept_request(
    session: Session,
    actor: Actor,
    request_id: str,
    *,
    at: datetime,
    times: Mapping[int, TypedTime] | None = None,
) -> str:
    """Make a meeting of a request, and give the meeting's identifier.

    Args:
        session: the session; the caller commits.
        actor: who accepts; must plan for all.
        request_id: a request that awaits an answer.
        at: the present instant.
        times: start and end, as typed, for each position of which only the day is known.

    Raises:
        NotAllowed, NotFound: it isn't the actor's to accept, or isn't there.
        StepNotPossible: it has been answered or withdrawn.
        BadRequest: a date still has no time.
        BadInput: all its times are past, or nobody has to be heard there.
    """
    actor.must_plan_for_all()
    row = request_to_change(session, actor, request_id)
    state = after(row.state, Step.ACCEPT)
    rows = times_of(session, row.id)
    _fill_in(rows, times or {}, at)
    meeting = _meeting(session, row)
    session.add(meeting)
    session.flush()
    session.add_all(slots(meeting.id, rows, at))
    session.add_all(_interests(session, row, meeting.id))
    row.state, row.meeting_id, row.changed_at, row.needs_look = state, meeting.id, at, False
    audits.record(
        session, actor, "accept", noun="request", noun_id=row.id, at=at, detail=meeting.id
    )
    close_proposal(session, row.id, at=at)
    tell_of_request(session, row, EventKind.REQUEST_PLANNED, at=at)
    return meeting.id


def slots(meeting_id: str, rows: list[RequestTime], at: datetime) -> list[Slot]:
    """The times that still lie ahead, as the meeting's slots.

    Raises:
        BadInput: none does.
    """
    ahead = [
        (row.starts_at, row.ends_at)
        for row in rows
        if row.starts_at is not None and row.ends_at is not None and row.starts_at > at
    ]
    if not ahead:
        raise BadInput(
            Sentence(
                "Alle genoemde tijdstippen zijn voorbij. Vraag om een nieuwe datum.",
                "All the times named are past. Ask for a new date.",
            )
        )
    return [
        Slot(meeting_id=meeting_id, position=position, starts_at=starts_at, ends_at=ends_at)
        for position, (starts_at, ends_at) in enumerate(dict.fromkeys(ahead))
    ]


def _fill_in(rows: list[RequestTime], typed: Mapping[int, TypedTime], at: datetime) -> None:
    """Give each date without a time the one that was typed for it."""
    faults: list[FieldFault] = []
    for row in rows:
        if row.starts_at is not None:
            continue
        given = typed.get(row.position, TypedTime())
        wanted = TypedTime(row.day.isoformat(), given.start, given.end)
        try:
            (time,) = read_moved_times((wanted,), at=at)
        except BadRequest as error:
            faults += [
                FieldFault(fault.field.replace("-0", f"-{row.position}"), fault.sentence)
                for fault in error.faults
            ]
        else:
            row.starts_at, row.ends_at, row.end_is_assumed = time.starts_at, time.ends_at, False
    if faults:
        raise BadRequest(tuple(faults))


def _meeting(session: Session, row: MeetingRequest) -> Meeting:
    kind = _kind(session, row)
    seats = (kind.seats_min, kind.seats_max) if kind else _SEATS
    place = None if row.mode is Mode.ONLINE else place_of(session, Asker.of(row))
    return Meeting(
        id=new_id("m"),
        uid=new_uid(),
        title=row.title,
        table_id=row.table_id,
        level=row.level,
        character=row.character,
        municipality_id=row.municipality_id,
        corporation_id=row.corporation_id,
        mode=row.mode if place else Mode.ONLINE,
        place_id=place,
        conference_url=row.conference_url,
        topics=list(row.topics),
        expertise=[],
        seats_min=seats[0],
        seats_max=seats[1],
        preparation_minutes=kind.preparation_minutes if kind else _PREPARATION,
        report_minutes=kind.report_minutes if kind else _REPORT,
        deputy_wanted=kind.deputy_wanted if kind else True,
    )


def _kind(session: Session, row: MeetingRequest) -> TableKind | None:
    table = session.get(Table, row.table_id) if row.table_id else None
    return session.get(TableKind, table.kind_id) if table and table.kind_id else None


def _interests(session: Session, row: MeetingRequest, meeting_id: str) -> list[Interest]:
    """Who must be heard: whoever has dwellings there, or those that were named."""
    weights = read_stakes(session).at(
        row.level, municipality_id=row.municipality_id, corporation_id=row.corporation_id
    )
    named = list(weights) if row.organisation_ids is None else row.organisation_ids
    if not named:
        raise BadInput(
            Sentence(
                "Geen enkele organisatie heeft hier woningen. Er is niemand om te vragen.",
                "No organisation has dwellings here. There is nobody to ask.",
            )
        )
    return [
        Interest(meeting_id=meeting_id, organisation_id=each, weight=weights.get(each, 1))
        for each in dict.fromkeys(named)
    ]
