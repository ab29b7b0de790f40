"""Sending the form: what it becomes, what is refused, and that twice is once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlmodel import Session, func, select

from scheduler.db import requests
from scheduler.db.tables import Audit, MeetingRequest
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.errors import NotAllowed, NotFound
from scheduler.domain.terms import Character, Level, Mode, RequestState, Role
from scheduler.flows.requests.request_form import TypedRequest
from scheduler.flows.requests.request_reading import BadRequest
from scheduler.flows.requests.request_times import TypedTime
from scheduler.flows.requests.requesting import Asker, may_ask_for

Ask = Callable[..., str]


def test_a_request_keeps_all_that_was_typed(session: Session, ask: Ask, emmen: Actor) -> None:
    found = requests.request(session, emmen, ask())
    assert (found.state, found.character, found.mode) == (
        RequestState.RECEIVED,
        Character.ADVISING,
        Mode.IN_PERSON,
    )
    assert [(time.starts_at, time.ends_at) for time in found.times] == [
        (datetime(2027, 6, 10, 11, 30, tzinfo=UTC), datetime(2027, 6, 10, 13, 30, tzinfo=UTC)),
        (datetime(2027, 6, 15, 17, tzinfo=UTC), datetime(2027, 6, 15, 19, tzinfo=UTC)),
    ]
    assert [each.name for each in found.organisations or ()] == ["De Huurdersfederatie", "SBDE"]
    assert found.papers == ("https://emmen.example/stuk.pdf",)
    assert found.notice_days is None


def test_sending_twice_asks_once(session: Session, ask: Ask) -> None:
    assert ask() == ask()
    assert session.exec(select(func.count()).select_from(MeetingRequest)).one() == 1
    acts = session.exec(select(Audit.act).where(Audit.noun == "request")).all()
    assert acts == ["ask"]


def test_another_filling_in_is_another_request(ask: Ask) -> None:
    assert ask(key="one") != ask(key="two")


def test_every_fault_is_told_at_once_beside_its_field(ask: Ask) -> None:
    typed = TypedRequest(
        title=" ",
        character="anders",
        mode="",
        times=(
            TypedTime("2027-06-10", "13:30", "12:30"),
            TypedTime("ooit", "25:00", ""),
            TypedTime("2027-03-02", "13:30", "15:30"),
            TypedTime("2037-03-02", "13:30", "15:30"),
            TypedTime("2027-06-10", "08:00", "21:00"),
        ),
        conference_url="javascript:alert(1)",
        papers="https://goed.example/x slecht",
        contact="geen adres",
        answer_until="morgen",
    )
    with pytest.raises(BadRequest) as refused:
        ask(typed)
    assert [fault.field for fault in refused.value.faults] == [
        *("title", "character", "end-0", "day-1", "start-1", "end-1", "day-2", "day-3", "end-4"),
        *("mode", "conference_url", "papers", "contact", "answer_until", "organisations"),
    ]
    said = {fault.field: fault.sentence for fault in refused.value.faults}
    assert said["end-0"].nl == "Het begint om 13.30 uur. Kies een later einde."
    assert said["end-0"].en == "It begins at 13:30. Choose a later end."


@pytest.mark.parametrize(
    ("times", "field"),
    [
        ((), "day-0"),
        ((TypedTime(),), "day-0"),
        (tuple(TypedTime(f"2027-06-1{n}", "10:00", "11:00") for n in range(6)), "day-5"),
        ((TypedTime("2027-06-10", "10:00", "11:00"),) * 2, "day-1"),
    ],
)
def test_one_to_five_different_times_are_wanted(
    ask: Ask, typed: TypedRequest, times: tuple[TypedTime, ...], field: str
) -> None:
    with pytest.raises(BadRequest) as refused:
        ask(replace(typed, times=times))
    assert [fault.field for fault in refused.value.faults] == [field]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"organisations": ("nergens",)}, "organisations"),
        ({"table": "t-GM0106"}, "table"),
        ({"table": "t-nergens"}, "table"),
        ({"answer_until": "2027-07-01"}, "answer_until"),
        ({"title": "x" * 201}, "title"),
        ({"question": "x\x00"}, "question"),
    ],
)
def test_what_isnt_theirs_or_doesnt_fit_is_refused(
    ask: Ask, typed: TypedRequest, change: dict[str, object], field: str
) -> None:
    with pytest.raises(BadRequest) as refused:
        ask(replace(typed, **change))
    assert [fault.field for fault in refused.value.faults] == [field]


def test_their_own_table_is_fine(session: Session, ask: Ask, typed: TypedRequest) -> None:
    identifier = ask(replace(typed, table="t-GM0114"))
    assert session.get_one(MeetingRequest, identifier).table_id == "t-GM0114"


def test_too_short_a_notice_is_recorded_and_stops_nobody(
    session: Session, ask: Ask, typed: TypedRequest, emmen: Actor
) -> None:
    soon = replace(typed, times=(TypedTime("2027-03-20", "10:00", "12:00"),), answer_until="")
    found = requests.request(session, emmen, ask(soon))
    assert (found.notice_days, found.notice_clock) == (18, "advies")


def test_telling_something_has_no_term(
    session: Session, ask: Ask, typed: TypedRequest, emmen: Actor
) -> None:
    soon = replace(
        typed,
        character="informing",
        times=(TypedTime("2027-03-20", "10:00", "12:00"),),
        answer_until="",
    )
    assert requests.request(session, emmen, ask(soon)).notice_days is None


@pytest.mark.parametrize(
    "actor", [Actor(Role.MUNICIPALITY, "GM0106"), Actor(Role.REPRESENTATIVE, "r12")]
)
def test_nobody_asks_or_reads_for_somebody_else(session: Session, ask: Ask, actor: Actor) -> None:
    identifier = ask()
    with pytest.raises(NotAllowed):
        ask(actor=actor, key="other")
    with pytest.raises(NotFound):
        requests.request(session, actor, identifier)
    assert requests.requests(session, actor) == ()


def test_the_coordinator_asks_on_anybodys_behalf(session: Session, ask: Ask) -> None:
    assert requests.request(session, COORDINATOR, ask(actor=COORDINATOR)).asker is not None
    may_ask_for(session, COORDINATOR, Asker(Level.CORPORATION, corporation_id="lefier"))
    with pytest.raises(NotFound):
        may_ask_for(session, COORDINATOR, Asker(Level.MUNICIPALITY, "GM9999"))


def test_a_key_of_another_asker_is_another_request(session: Session, ask: Ask) -> None:
    first = ask(key="same")
    session.get_one(MeetingRequest, first).municipality_id = "GM0106"
    session.get_one(MeetingRequest, first).form_key = "elders"
    assert ask(key="same") != first
