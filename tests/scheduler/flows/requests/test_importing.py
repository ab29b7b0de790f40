"""One calendar read again and again: what each reading does, and what it never does."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, func, select

from calendars.municipal import Found, Proposal
from scheduler.db import imports, requests, tables
from scheduler.db.views import ImportView
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.errors import BadInput, NotAllowed, NotFound
from scheduler.domain.terms import ImportOutcome, MeetingState, RequestState
from scheduler.flows.importing.import_calendar import import_calendar
from scheduler.flows.importing.import_matching import Known, match, said
from scheduler.flows.importing.import_reading import Source
from scheduler.flows.requests.accept_request import accept_request
from scheduler.flows.requests.change_request import (
    decline_request,
    follow_calendar,
    withdraw_request,
)
from scheduler.flows.requests.request_reading import BadRequest
from scheduler.flows.requests.request_times import TypedTime

RAAD = "UID:raad\nSUMMARY:Raad\nDTSTART:20270304T190000Z\nDTEND:20270304T210000Z"
COMMISSIE = "UID:commissie\nSUMMARY:Commissie\nDTSTART:20270311T190000Z"
DAG = "UID:dag\nSUMMARY:Themadag\nDTSTART;VALUE=DATE:20270318"


def ics(*events: str) -> bytes:
    blocks = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//\n{blocks}END:VCALENDAR\n".encode()


Read = Callable[..., ImportView]


@pytest.fixture
def read(session: Session, now: datetime) -> Read:
    """`read(event, …)` imports a calendar of these events for Emmen, and says what it did."""

    def make(
        *events: str,
        data: bytes | None = None,
        name: str = "raad.ics",
        municipality: str | None = "GM0114",
        fetch: Callable[[str], bytes] | None = None,
    ) -> ImportView:
        source = Source(name=name, data=ics(*events) if data is None else data, fetch=fetch)
        number = import_calendar(session, COORDINATOR, source, municipality, at=now)
        return imports.calendar_import(session, COORDINATOR, number)

    return make


def did(view: ImportView) -> dict[str, ImportOutcome | None]:
    return {line.entry: line.outcome for line in view.lines if not line.fault}


def row(session: Session, title: str) -> tables.MeetingRequest:
    query = select(tables.MeetingRequest).where(tables.MeetingRequest.title == title)
    return session.exec(query).one()


def test_dates_become_requests_and_nothing_is_planned(session: Session, read: Read) -> None:
    meetings = session.exec(select(func.count()).select_from(tables.Meeting)).one()
    view = read(RAAD, COMMISSIE, DAG)
    assert set(did(view).values()) == {ImportOutcome.NEW}
    found = {each.title: each for each in requests.requests(session, COORDINATOR)}
    assert {each.state for each in found.values()} == {RequestState.RECEIVED}
    (raad,), (commissie,), (dag,) = (found[t].times for t in ("Raad", "Commissie", "Themadag"))
    assert not raad.end_is_assumed
    assert commissie.end_is_assumed
    assert commissie.ends_at - commissie.starts_at == timedelta(minutes=120)
    assert (dag.day, dag.starts_at) == (date(2027, 3, 18), None)
    assert session.exec(select(func.count()).select_from(tables.Meeting)).one() == meetings


def test_the_usual_length_is_that_of_the_tables(session: Session, read: Read) -> None:
    session.add(_kind(90))
    session.flush()
    read(COMMISSIE)
    (time,) = requests.requests(session, COORDINATOR)[0].times
    assert time.ends_at - time.starts_at == timedelta(minutes=90)


def _kind(minutes: int) -> tables.TableKind:
    texts = {
        name: ""
        for name in tables.TableKind.model_fields
        if name.endswith(("source", "confidence"))
    }
    return tables.TableKind(
        **texts,
        id="pa",
        name="Prestatieafspraken",
        level="municipality",
        character="advising",
        topics=[],
        expertise=[],
        meetings_per_year=4,
        seasons=["01-01/12-31"],
        day_part="mixed",
        duration_minutes=minutes,
        seats_min=1,
        seats_max=2,
        preparation_minutes=60,
        report_minutes=30,
        mode="in_person",
        deputy_wanted=True,
    )


def test_the_same_calendar_again_changes_nothing(session: Session, read: Read) -> None:
    read(RAAD, COMMISSIE, DAG)
    before = [each.model_dump() for each in session.exec(select(tables.MeetingRequest))]
    again = read(RAAD, COMMISSIE, DAG)
    assert (again.unchanged, again.lines) == (3, ())
    assert [each.model_dump() for each in session.exec(select(tables.MeetingRequest))] == before


@pytest.mark.parametrize(
    ("second", "outcome", "title"),
    [
        (RAAD.replace("T19", "T18"), ImportOutcome.MOVED, "Raad"),
        (RAAD.replace("SUMMARY:Raad", "SUMMARY:Raad extra"), ImportOutcome.RENAMED, "Raad extra"),
        (f"{RAAD}\nLOCATION:Elders", ImportOutcome.CHANGED, "Raad"),
        (f"{RAAD}\nSTATUS:CANCELLED", ImportOutcome.WITHDRAWN, "Raad"),
    ],
)
def test_what_changed_is_told(read: Read, second: str, outcome: ImportOutcome, title: str) -> None:
    read(RAAD, COMMISSIE)
    assert did(read(second, COMMISSIE)) == {title: outcome}


def test_what_left_the_calendar_is_withdrawn_and_may_return(session: Session, read: Read) -> None:
    read(RAAD, COMMISSIE)
    assert did(read(RAAD)) == {"Commissie": ImportOutcome.WITHDRAWN}
    assert row(session, "Commissie").state is RequestState.WITHDRAWN
    assert did(read(RAAD)) == {}
    assert did(read(RAAD, COMMISSIE)) == {"Commissie": ImportOutcome.RETURNED}
    assert row(session, "Commissie").state is RequestState.RECEIVED


def test_new_keys_for_the_same_dates_are_the_same_dates(session: Session, read: Read) -> None:
    read(RAAD, COMMISSIE)
    again = read(RAAD.replace("UID:raad", "UID:x1"), COMMISSIE.replace("UID:commissie", "UID:x2"))
    assert again.unchanged == 2
    assert len(requests.requests(session, COORDINATOR)) == 2


def test_another_calendar_of_the_same_municipality_withdraws_nothing(read: Read) -> None:
    read(RAAD)
    assert did(read(COMMISSIE, name="commissies.ics")) == {"Commissie": ImportOutcome.NEW}


def test_what_couldnt_be_read_isnt_taken_for_withdrawn(read: Read) -> None:
    read(RAAD, COMMISSIE)
    view = read(RAAD, COMMISSIE.replace("20270311T190000Z", "ooit"))
    assert did(view) == {}
    assert [(line.entry, line.fault, line.kept) for line in view.faults] == [
        ("Commissie", "bad_start", False)
    ]


def test_what_is_past_isnt_withdrawn(session: Session, read: Read, now: datetime) -> None:
    read(RAAD, COMMISSIE)
    later = Source(name="raad.ics", data=ics(COMMISSIE))
    number = import_calendar(session, COORDINATOR, later, None, at=now + timedelta(days=5))
    view = imports.calendar_import(session, COORDINATOR, number)
    assert (did(view), view.unchanged) == ({}, 1)


def test_a_calendar_that_is_suddenly_empty_is_refused(session: Session, read: Read) -> None:
    read()
    read(RAAD)
    with pytest.raises(BadInput, match="suddenly quite empty"):
        read()
    assert row(session, "Raad").state is RequestState.RECEIVED


def test_an_accepted_meeting_stays_until_the_coordinator_follows(
    session: Session, read: Read, now: datetime
) -> None:
    read(RAAD, COMMISSIE)
    request = row(session, "Raad")
    meeting = accept_request(session, COORDINATOR, request.id, at=now)
    slot = select(tables.Slot.starts_at).where(tables.Slot.meeting_id == meeting)
    before = session.exec(slot).one()
    read(RAAD.replace("T19", "T18").replace("T21", "T20"), COMMISSIE)
    assert request.needs_look
    assert request.state is RequestState.PLANNED
    assert session.exec(slot).one() == before
    follow_calendar(session, COORDINATOR, request.id, at=now)
    assert session.exec(slot).one() == before - timedelta(hours=1)
    assert not request.needs_look


def test_an_accepted_meeting_that_left_the_calendar_is_shown_not_called_off(
    session: Session, read: Read, now: datetime
) -> None:
    read(RAAD, COMMISSIE)
    request = row(session, "Raad")
    meeting = accept_request(session, COORDINATOR, request.id, at=now)
    assert did(read(COMMISSIE)) == {"Raad": ImportOutcome.WITHDRAWN}
    view = requests.request(session, COORDINATOR, request.id)
    assert (view.state, view.needs_look, view.is_dropped) == (RequestState.PLANNED, True, True)
    assert session.get_one(tables.Meeting, meeting).state is MeetingState.PLANNED
    withdraw_request(session, COORDINATOR, request.id, at=now)
    assert session.get_one(tables.Meeting, meeting).state is MeetingState.CANCELLED


def test_what_was_declined_stays_declined(session: Session, read: Read, now: datetime) -> None:
    read(RAAD)
    request = row(session, "Raad")
    decline_request(session, COORDINATOR, request.id, "Niet nodig.", at=now)
    read(RAAD.replace("T19", "T18"))
    assert request.state is RequestState.DECLINED
    assert not request.needs_look


def test_a_bare_date_needs_a_time_and_keeps_it(session: Session, read: Read, now: datetime) -> None:
    read(DAG)
    request = row(session, "Themadag")
    with pytest.raises(BadRequest) as refused:
        accept_request(session, COORDINATOR, request.id, at=now)
    assert [fault.field for fault in refused.value.faults] == ["start-0", "end-0"]
    times = {0: TypedTime("", "10:00", "16:00")}
    accept_request(session, COORDINATOR, request.id, at=now, times=times)
    read(f"{DAG}\nLOCATION:Elders")
    (time,) = requests.request(session, COORDINATOR, request.id).times
    assert time.starts_at is not None


def test_the_calendar_or_an_earlier_reading_says_whose_it_is(session: Session, read: Read) -> None:
    with pytest.raises(BadInput, match="which municipality"):
        read(RAAD, municipality=None)
    read(RAAD)
    assert read(RAAD, municipality=None).asker is not None
    entry = {"id": "1", "naam": "Raad", "geplandeVergaderdatum": "2027-03-04"}
    page = json.dumps({"results": [entry | {"organisatie": {"gemeente": "gm0106"}}]}).encode()
    found = read(data=page, name="https://raad.example/vergaderingen", municipality=None)
    assert found.asker is not None
    assert found.asker.id == "GM0106"


def test_mini_ori_is_followed_from_page_to_page(read: Read) -> None:
    def page(number: int, following: str | None) -> bytes:
        entry = {"id": str(number), "naam": f"Raad {number}", "geplandeVergaderdatum": "2027-04-01"}
        return json.dumps({"results": [entry], "next": following}).encode()

    pages = {"https://raad.example/v?page=2": page(2, None)}
    name = "https://raad.example/v"
    view = read(data=page(1, "?page=2"), name=name, fetch=pages.__getitem__)
    assert did(view) == {"Raad 1": ImportOutcome.NEW, "Raad 2": ImportOutcome.NEW}
    assert did(read(data=page(1, "?page=2"), name=name)) == {}, "half of it withdraws nothing"
    with pytest.raises(BadInput, match="another server"):
        read(data=page(1, "https://elders.example/"), name=name, fetch=pages.__getitem__)


@pytest.mark.parametrize("data", [b"", b"<html>", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", b"[1"])
def test_a_broken_file_changes_nothing(session: Session, read: Read, data: bytes) -> None:
    with pytest.raises(BadInput, match="Nothing has changed"):
        read(data=data)
    assert imports.imports(session, COORDINATOR) == ()


def test_only_the_coordinator_imports(session: Session, emmen: Actor, now: datetime) -> None:
    source = Source(name="raad.ics", data=ics(RAAD))
    with pytest.raises(NotAllowed):
        import_calendar(session, emmen, source, "GM0114", at=now)
    with pytest.raises(NotAllowed):
        imports.imports(session, emmen)
    with pytest.raises(NotFound):
        import_calendar(session, COORDINATOR, source, "GM9999", at=now)
    with pytest.raises(NotFound):
        imports.calendar_import(session, COORDINATOR, 9)


KEYS = st.sampled_from("abcd")
PROPOSALS = st.builds(
    Proposal,
    key=KEYS,
    title=st.sampled_from(["Raad", "Commissie"]),
    day=st.dates(date(2027, 3, 1), date(2027, 3, 3)),
)
CALENDARS = st.lists(PROPOSALS, max_size=4, unique_by=lambda each: each.key)
TODAY = date(2027, 1, 1)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CALENDARS, CALENDARS)
def test_every_date_is_accounted_for_once(before: list[Proposal], now: list[Proposal]) -> None:
    known = [
        Known(request_id=f"u-{each.key}", key=each.key, said=said(each), here=True, gone=False)
        for each in before
    ]
    matches = match(Found(proposals=tuple(now)), known, today=TODAY)
    met = [each.request_id for each in matches if each.request_id]
    assert sorted(met) == sorted(each.request_id for each in known)
    assert [each.proposal for each in matches if each.proposal] == now
    if before == now:
        assert all(each.outcome is ImportOutcome.UNCHANGED for each in matches)
