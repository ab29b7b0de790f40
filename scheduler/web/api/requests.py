"""Requests over the API: ask, read, list, change, move, cancel, answer a proposal."""

from datetime import UTC, timedelta
from typing import Annotated

from fastapi import APIRouter, Body, Path, Query, Response

from scheduler.db import requests
from scheduler.domain.requests import StepNotPossible
from scheduler.domain.terms import RequestSource, RequestState
from scheduler.domain.times import local
from scheduler.flows.mail.mail_asker import mail_asker
from scheduler.flows.requests.amend_request import Amendment, amend_request
from scheduler.flows.requests.answer_proposal import refuse_proposal, take_proposal
from scheduler.flows.requests.change_request import move_request, withdraw_request
from scheduler.flows.requests.request_form import TypedRequest
from scheduler.flows.requests.request_link import link_of
from scheduler.flows.requests.request_meeting import request_meeting
from scheduler.flows.requests.requesting import Asker, Time
from scheduler.legal import read_legal
from scheduler.mail import Office
from scheduler.web.api.caller import Caller, RequestReader, RequestWriter
from scheduler.web.api.once import PostName, once
from scheduler.web.api.request_documents import (
    GivenTime,
    NewRequest,
    NewTimes,
    ProposalAnswer,
    RequestChange,
    RequestDocument,
    RequestPage,
)
from scheduler.web.api.schema import Reference
from scheduler.web.api.version import PREFIX

router = APIRouter(tags=["requests"])

RequestId = Annotated[str, Path(alias="requestId", pattern=r"^[A-Za-z0-9-]{1,40}$")]


@router.get("/requests", operation_id="listRequests")
def list_requests(
    caller: RequestReader,
    after: Annotated[str, Query(pattern=r"^[A-Za-z0-9-]{0,40}$")] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    state: RequestState | None = None,
    reference: Reference = "",
) -> RequestPage:
    """The body's own requests, by identifier, page by page."""
    found = requests.requests_after(
        caller.session, caller.actor, after, most=limit + 1, state=state, reference=reference
    )
    shown = found[:limit]
    return RequestPage(
        items=[_document(caller, each.id) for each in shown],
        next=shown[-1].id if len(found) > limit else None,
    )


@router.post(
    "/requests",
    operation_id="createRequest",
    status_code=201,
    responses={201: {"model": RequestDocument}},
    response_class=Response,
)
def create_request(
    caller: RequestWriter, wanted: Annotated[NewRequest, Body()], name: PostName = None
) -> Response:
    """Ask for tenants at the table. With an Idempotency-Key, sending it twice asks once."""

    def create() -> tuple[RequestDocument, str]:
        identifier = _create(caller, wanted)
        return _document(caller, identifier), f"{PREFIX}/requests/{identifier}"

    return once(caller, name, wanted, create)


@router.get("/requests/{requestId}", operation_id="getRequest")
def get_request(caller: RequestReader, request_id: RequestId) -> RequestDocument:
    """One request, and how it stands."""
    return _document(caller, request_id)


@router.patch("/requests/{requestId}", operation_id="changeRequest")
def change_request(
    caller: RequestWriter, request_id: RequestId, wanted: Annotated[RequestChange, Body()]
) -> RequestDocument:
    """Change what it says; null, or not named, leaves it."""
    papers = None if wanted.papers is None else "\n".join(wanted.papers)
    until = wanted.answer_until.isoformat() if wanted.answer_until else None
    amendment = Amendment(
        title=wanted.title,
        question=wanted.question,
        conference_url=wanted.conference_url,
        papers=papers,
        contact=wanted.contact,
        answer_until=until,
    )
    changed = amend_request(caller.session, caller.actor, request_id, amendment, at=caller.at)
    if changed and wanted.contact is not None:
        mail_asker(caller.session, _office(caller), request_id, at=caller.at)
    return _document(caller, request_id)


@router.put("/requests/{requestId}/times", operation_id="moveRequest")
def move(
    caller: RequestWriter, request_id: RequestId, wanted: Annotated[NewTimes, Body()]
) -> RequestDocument:
    """Name other possible times. Where a meeting was planned, it is planned anew."""
    times = tuple(_time(each) for each in wanted.times)
    before = requests.request(caller.session, caller.actor, request_id)
    if [(each.starts_at, each.ends_at) for each in before.times] != [
        (each.starts_at, each.ends_at) for each in times
    ]:
        move_request(
            caller.session, caller.actor, request_id, times, legal=read_legal(), at=caller.at
        )
    return _document(caller, request_id)


@router.put("/requests/{requestId}/cancellation", operation_id="cancelRequest")
def cancel(caller: RequestWriter, request_id: RequestId) -> RequestDocument:
    """Take it back; a meeting that came of it is called off. Twice is once."""
    try:
        withdraw_request(caller.session, caller.actor, request_id, at=caller.at)
    except StepNotPossible:
        found = requests.request(caller.session, caller.actor, request_id)
        if found.state is not RequestState.WITHDRAWN:
            raise
    return _document(caller, request_id)


@router.put("/requests/{requestId}/proposal-answer", operation_id="answerProposal")
def answer(
    caller: RequestWriter, request_id: RequestId, wanted: Annotated[ProposalAnswer, Body()]
) -> RequestDocument:
    """Take one of the times that the coordinator proposes, or keep to one's own. Twice is once."""
    which = (caller.session, caller.actor, request_id, wanted.proposal_id)
    if wanted.position is None:
        refuse_proposal(*which, wanted.answer, at=caller.at)
    else:
        take_proposal(*which, wanted.position, legal=read_legal(), at=caller.at)
    return _document(caller, request_id)


def _create(caller: Caller, wanted: NewRequest) -> str:
    until = wanted.answer_until.isoformat() if wanted.answer_until else ""
    typed = TypedRequest(
        title=wanted.title,
        question=wanted.question,
        character=wanted.character,
        times=tuple(_time(each) for each in wanted.times),
        mode=wanted.mode,
        conference_url=wanted.conference_url or "",
        organisations=None if wanted.organisations is None else tuple(wanted.organisations),
        table=wanted.table_id or "",
        papers="\n".join(wanted.papers),
        contact=wanted.contact or "",
        answer_until=until,
    )
    identifier = request_meeting(
        caller.session,
        caller.actor,
        Asker.who_is(caller.actor),
        typed,
        form_key=None,
        source=RequestSource.API,
        reference=wanted.reference,
        legal=read_legal(),
        at=caller.at,
    )
    mail_asker(caller.session, _office(caller), identifier, at=caller.at)
    return identifier


def _time(given: GivenTime) -> Time:
    starts_at = given.starts_at.astimezone(UTC).replace(microsecond=0)
    ends_at = starts_at + timedelta(minutes=given.length_minutes)
    return Time(local(starts_at).date(), starts_at, ends_at)


def _document(caller: Caller, request_id: str) -> RequestDocument:
    view = requests.request(caller.session, caller.actor, request_id)
    context = caller.context
    link = link_of(caller.session, caller.actor, context.key, context.base_url, request_id)
    return RequestDocument.of(view, link)


def _office(caller: Caller) -> Office:
    return Office.of(caller.context.settings, caller.context.key)
