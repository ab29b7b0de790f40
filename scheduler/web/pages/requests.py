"""Requests: the list, one with its state in words, and what can be done with it."""

from collections import defaultdict

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from scheduler.db import published, requests
from scheduler.db.views import MeetingView, RequestView
from scheduler.domain.errors import NotFound
from scheduler.domain.requests import Step, may
from scheduler.domain.terms import RequestState
from scheduler.domain.times import local
from scheduler.flows.accept_request import accept_request
from scheduler.flows.change_request import (
    decline_request,
    follow_calendar,
    move_request,
    withdraw_request,
)
from scheduler.flows.request_reading import BadRequest
from scheduler.flows.request_times import MOST_TIMES, TypedTime
from scheduler.legal import read_legal
from scheduler.web.context import SignedIn, Visit
from scheduler.web.rendering import language_of, page
from scheduler.web.request_forms import SentForm, faults_by_field, typed_times
from scheduler.web.request_words import STATES

router = APIRouter()


@router.get("/uitnodigingen")
def overview(visit: SignedIn) -> Response:
    """Everybody's for the coordinator, its own for a municipality; what waits comes first."""
    found = requests.requests(visit.session, visit.who)
    waiting = [each for each in found if _waits(each)]
    return page(
        visit,
        "requests.html",
        tab="uitnodigingen",
        waiting=waiting,
        groups=_by_import(waiting),
        others=[each for each in found if not _waits(each)],
        states=STATES,
    )


@router.get("/uitnodiging/{request_id}")
def one(visit: SignedIn, request_id: str, nieuw: str = "") -> Response:
    """One request."""
    return _one(visit, request_id, is_new=bool(nieuw))


@router.post("/uitnodiging/{request_id}/aannemen")
def accept(visit: SignedIn, request_id: str, sent: SentForm) -> Response:
    """Make a meeting of it."""
    times = {
        n: TypedTime("", sent.text(f"start-{n}").strip(), sent.text(f"end-{n}").strip())
        for n in range(MOST_TIMES)
    }
    try:
        accept_request(visit.session, visit.who, request_id, at=visit.at, times=times)
    except BadRequest as error:
        visit.session.rollback()
        typed = tuple(times.values())
        return _one(visit, request_id, error=error, typed=typed)
    return _back(request_id)


@router.post("/uitnodiging/{request_id}/afwijzen")
def decline(visit: SignedIn, request_id: str, sent: SentForm) -> Response:
    """Say no, and why."""
    try:
        decline_request(visit.session, visit.who, request_id, sent.text("reason"), at=visit.at)
    except BadRequest as error:
        return _one(visit, request_id, error=error, reason=sent.text("reason"))
    return _back(request_id)


@router.post("/uitnodiging/{request_id}/volgen")
def follow(visit: SignedIn, request_id: str) -> Response:
    """Let the plan follow what the calendar says now."""
    follow_calendar(visit.session, visit.who, request_id, at=visit.at)
    return _back(request_id)


@router.post("/uitnodiging/{request_id}/intrekken")
def withdraw(visit: SignedIn, request_id: str) -> Response:
    """Take it back."""
    withdraw_request(visit.session, visit.who, request_id, at=visit.at)
    return _back(request_id)


@router.get("/uitnodiging/{request_id}/verzetten")
def moving(visit: SignedIn, request_id: str) -> Response:
    """The form for other times, with the present ones in it."""
    found = requests.request(visit.session, visit.who, request_id)
    return _moving(visit, found, _typed(found))


@router.post("/uitnodiging/{request_id}/verzetten")
def move(visit: SignedIn, request_id: str, sent: SentForm) -> Response:
    """Name other times."""
    found = requests.request(visit.session, visit.who, request_id)
    typed = typed_times(sent)
    if sent.text("knop") == "nog":
        return _moving(visit, found, (*typed, TypedTime())[:MOST_TIMES])
    try:
        move_request(visit.session, visit.who, request_id, typed, legal=read_legal(), at=visit.at)
    except BadRequest as error:
        return _moving(visit, found, typed, error)
    return _back(request_id)


def _back(request_id: str) -> Response:
    return RedirectResponse(f"/uitnodiging/{request_id}", status_code=303)


def _by_import(waiting: list[RequestView]) -> list[tuple[int, list[RequestView]]]:
    """What was asked for by hand (0), then what came out of each import, the newest first."""
    groups: dict[int, list[RequestView]] = defaultdict(list)
    for each in waiting:
        groups[each.import_id or 0].append(each)
    return sorted(groups.items(), key=lambda group: (group[0] != 0, -group[0]))


def _waits(found: RequestView) -> bool:
    return found.needs_look or found.state is RequestState.RECEIVED


def _one(
    visit: Visit,
    request_id: str,
    *,
    is_new: bool = False,
    error: BadRequest | None = None,
    typed: tuple[TypedTime, ...] = (),
    reason: str = "",
) -> Response:
    found = requests.request(visit.session, visit.who, request_id)
    clocks = {clock.id: clock for clock in read_legal()}
    clock = clocks.get(found.notice_clock or "")
    language = language_of(visit.request)
    return page(
        visit,
        "request.html",
        tab="uitnodigingen",
        status=400 if error else 200,
        r=found,
        is_new=is_new,
        states=STATES,
        may=lambda step: may(found.state, Step(step)),
        meeting=_published(visit, found),
        notice=getattr(clock.sentence, language.value) if clock else "",
        clock=clock,
        faults=faults_by_field(error, language),
        typed=typed or tuple(TypedTime() for _ in range(MOST_TIMES)),
        typed_reason=reason,
    )


def _published(visit: Visit, found: RequestView) -> MeetingView | None:
    if found.meeting_id is None:
        return None
    try:
        return published.published_meeting(visit.session, visit.who, found.meeting_id)
    except NotFound:
        return None


def _typed(found: RequestView) -> tuple[TypedTime, ...]:
    return tuple(
        TypedTime(
            time.day.isoformat(),
            f"{local(time.starts_at):%H:%M}" if time.starts_at else "",
            f"{local(time.ends_at):%H:%M}" if time.ends_at else "",
        )
        for time in found.times
    )


def _moving(
    visit: Visit,
    found: RequestView,
    typed: tuple[TypedTime, ...],
    error: BadRequest | None = None,
) -> Response:
    return page(
        visit,
        "move.html",
        tab="uitnodigingen",
        status=400 if error else 200,
        title=found.title,
        back=f"/uitnodiging/{found.id}",
        times=typed or (TypedTime(),),
        faults=faults_by_field(error, language_of(visit.request)),
        most=MOST_TIMES,
        may_call_off=False,
        typed_reason="",
    )
