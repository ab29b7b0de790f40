"""Ask for tenants at a meeting, by the form. Sending the same form twice asks once."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, select

from scheduler.db import audits
from scheduler.db.tables import MeetingRequest, Organisation, Table, TableKind
from scheduler.domain.access import Actor
from scheduler.domain.errors import Sentence
from scheduler.domain.ids import new_id
from scheduler.domain.terms import EventKind, Mode, RequestSource
from scheduler.domain.times import local
from scheduler.flows.mail.tell_bodies import tell_of_request
from scheduler.flows.requests.notice import short_notice
from scheduler.flows.requests.request_form import Request, TypedRequest, read_request
from scheduler.flows.requests.request_reading import BadRequest, FieldFault
from scheduler.flows.requests.requesting import Asker, may_ask_for, place_of, replace_times
from scheduler.legal import LegalClock

_MINUTE = 60


def request_meeting(
    session: Session,
    actor: Actor,
    asker: Asker,
    typed: TypedRequest,
    *,
    form_key: str | None,
    legal: Sequence[LegalClock],
    at: datetime,
    source: RequestSource = RequestSource.PAGE,
    reference: str = "",
) -> str:
    """Store a request and give its identifier.

    Args:
        session: the session; the caller commits.
        actor: who sends it: the asker itself, or who plans for all.
        asker: who asks.
        typed: the form as it was typed.
        form_key: names this one filling-in of the form; the same key is the same request. None
            for a program, whose posts are told apart elsewhere.
        legal: the legal clocks; too short a notice is recorded, and doesn't stop anybody.
        at: the present instant.
        source: by which way it came.
        reference: the asker's own name for it.

    Raises:
        NotAllowed, NotFound: the actor can't ask for this asker.
        BadRequest: something in the form can't be used; every fault at once.
    """
    may_ask_for(session, actor, asker)
    known = _sent_before(session, form_key)
    if known is not None and Asker.of(known) == asker:
        return known.id
    request = read_request(typed, at=at)
    _refuse_unknown(session, asker, request)
    row = _row(session, asker, request, at)
    row.form_key, row.source, row.reference = form_key, source, reference
    note_notice(row, request, legal, at)
    session.add(row)
    session.flush()
    replace_times(session, row.id, request.times)
    audits.record(session, actor, "ask", noun="request", noun_id=row.id, at=at)
    tell_of_request(session, row, EventKind.REQUEST_RECEIVED, at=at)
    return row.id


def _sent_before(session: Session, form_key: str | None) -> MeetingRequest | None:
    if form_key is None:
        return None
    return session.exec(select(MeetingRequest).where(MeetingRequest.form_key == form_key)).first()


def note_notice(
    row: MeetingRequest, request: Request, legal: Sequence[LegalClock], at: datetime
) -> None:
    """Record on the row what notice there is too little of; nothing where it suffices."""
    first_day = min(time.day for time in request.times)
    short = short_notice(legal, request.character, first_day, local(at).date())
    row.notice_days = short.days if short else None
    row.notice_clock = short.clock.id if short else None


def _refuse_unknown(session: Session, asker: Asker, request: Request) -> None:
    faults: list[FieldFault] = []
    if any(session.get(Organisation, each) is None for each in request.organisations or ()):
        sentence = Sentence("Deze organisatie bestaat niet.", "There is no such organisation.")
        faults.append(FieldFault("organisations", sentence))
    if request.table_id is not None and not _is_theirs(session, asker, request.table_id):
        sentence = Sentence("Deze overlegtafel bestaat niet.", "There is no such table.")
        faults.append(FieldFault("table", sentence))
    if request.mode is not Mode.ONLINE and place_of(session, asker) is None:
        sentence = Sentence(
            "Van u is geen vergaderplek bekend. Kies online.",
            "No meeting place of yours is known. Choose online.",
        )
        faults.append(FieldFault("mode", sentence))
    if faults:
        raise BadRequest(tuple(faults))


def _is_theirs(session: Session, asker: Asker, table_id: str) -> bool:
    table = session.get(Table, table_id)
    if table is None:
        return False
    return Asker(table.level, table.municipality_id, table.corporation_id) == asker


def _row(session: Session, asker: Asker, request: Request, at: datetime) -> MeetingRequest:
    first = request.times[0]
    if first.starts_at is None or first.ends_at is None:
        raise TypeError("the form gives every time a start and an end")
    return MeetingRequest(
        id=new_id("u"),
        level=asker.level,
        municipality_id=asker.municipality_id,
        corporation_id=asker.corporation_id,
        title=request.title,
        table_id=request.table_id,
        character=request.character,
        topics=list(request.topics) or _topics(session, request.table_id),
        mode=request.mode,
        conference_url=request.conference_url,
        length_minutes=int((first.ends_at - first.starts_at).total_seconds()) // _MINUTE,
        question=request.question,
        papers=list(request.papers),
        organisation_ids=list(request.organisations or ()) or None,
        contact=request.contact,
        answer_until=request.answer_until,
        source=RequestSource.PAGE,
        created_at=at,
        changed_at=at,
    )


def _topics(session: Session, table_id: str | None) -> list[str]:
    table = session.get(Table, table_id) if table_id else None
    kind = session.get(TableKind, table.kind_id) if table and table.kind_id else None
    return list(kind.topics) if kind else []
