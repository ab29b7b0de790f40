"""A municipality's calendar as proposals for meetings. Nothing is sent by it, nothing planned."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from calendars.municipal import Asked
from scheduler.db import audits
from scheduler.db.tables import CalendarImport, MeetingRequest
from scheduler.domain.access import Actor
from scheduler.domain.errors import BadInput, Sentence
from scheduler.domain.terms import Level, RequestSource
from scheduler.domain.times import local
from scheduler.flows.importing.import_matching import Known, match
from scheduler.flows.importing.import_reading import Source, read_source
from scheduler.flows.importing.import_work import Work
from scheduler.flows.requests.requesting import Asker, may_ask_for

_AHEAD = timedelta(days=400)


def import_calendar(
    session: Session, actor: Actor, source: Source, municipality: str | None, *, at: datetime
) -> int:
    """Read a calendar and keep what it proposes; gives the import's number.

    Dates from today up to 400 days ahead become requests that await an answer. Dates known from an
    earlier import are matched. Where a request has been accepted already, its meeting stays as it
    is and the coordinator is shown what differs.

    Args:
        session: the session; the caller commits.
        actor: who imports; must plan for all.
        source: the calendar.
        municipality: whose calendar it is, by CBS code; None where the calendar says so itself, or
            an earlier import of the same source did.
        at: the present instant.

    Raises:
        NotAllowed: the actor doesn't plan for all.
        NotFound: there is no such municipality.
        BadInput: this is no calendar, asks too much of the reader, or doesn't say whose it is.
    """
    actor.must_plan_for_all()
    today = local(at).date()
    found = read_source(source, Asked(first_day=today, last_day=today + _AHEAD))
    asker = _asker(session, source, municipality or found.owner)
    may_ask_for(session, actor, asker)
    known = _known(session, asker, source.name)
    if known and not (found.proposals or found.faults or found.outside):
        raise BadInput(_NOTHING)
    row = CalendarImport(
        at=at,
        source=source.name,
        name=found.name,
        level=asker.level,
        municipality_id=asker.municipality_id,
        outside=found.outside,
    )
    session.add(row)
    session.flush()
    Work(session, asker, row, at).take_in(found, match(found, known, today=today))
    audits.record(session, actor, "import", noun="calendar", noun_id=str(row.id), at=at)
    session.flush()
    return row.id


def _asker(session: Session, source: Source, municipality: str) -> Asker:
    if municipality:
        return Asker(Level.MUNICIPALITY, municipality)
    query = (
        select(CalendarImport)
        .where(CalendarImport.source == source.name)
        .order_by(col(CalendarImport.id).desc())
    )
    earlier = session.exec(query).first()
    if earlier is None or earlier.municipality_id is None:
        raise BadInput(_WHOSE)
    return Asker(Level.MUNICIPALITY, earlier.municipality_id)


def _known(session: Session, asker: Asker, source: str) -> list[Known]:
    query = (
        select(MeetingRequest, CalendarImport)
        .join(CalendarImport)
        .where(
            MeetingRequest.source == RequestSource.IMPORT,
            MeetingRequest.municipality_id == asker.municipality_id,
        )
        .order_by(MeetingRequest.id)
    )
    return [
        Known(
            request_id=request.id,
            key=request.external_uid or "",
            said=request.as_imported or {},
            here=earlier.source == source,
            gone="gone" in (request.as_imported or {}),
        )
        for request, earlier in session.exec(query)
    ]


_WHOSE = Sentence(
    "De agenda zegt niet van welke gemeente hij is. Noem de gemeente, zoals GM0114.",
    "The calendar doesn't say which municipality it belongs to. Name it, such as GM0114.",
)
_NOTHING = Sentence(
    "De agenda is ineens helemaal leeg. Dat is vast een storing. Er is niets veranderd.",
    "The calendar is suddenly quite empty. That must be a fault. Nothing has changed.",
)
