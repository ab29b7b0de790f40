"""Answers, requests, mail and calendars ask for the coordinator; one press solves the simple."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select
from starlette.testclient import TestClient

from scheduler.db import drafts, tables
from scheduler.db.engine import Database
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.terms import (
    CalendarUse,
    Character,
    Choice,
    DeliveryPhase,
    Level,
    MailKind,
    MailState,
    Mode,
    ReplyKind,
    ReplyState,
    RequestSource,
    RequestState,
    Role,
    Way,
)
from scheduler.flows.attending.answer_invitation import answer_invitation

Say = Callable[..., None]


@pytest.fixture
def say(province: Database, now: datetime) -> Say:
    def answer(person: str, meeting: str, choice: Choice, comment: str = "") -> None:
        with province.session() as session:
            actor = Actor(Role.REPRESENTATIVE, person)
            answer_invitation(
                session, actor, meeting, choice, way=Way.PAGE, at=now, comment=comment
            )

    return answer


@pytest.fixture
def add(province: Database) -> Callable[..., None]:
    def write(*rows: tables.Row) -> None:
        with province.session() as session:
            for row in rows:
                session.add(row)
                session.flush()

    return write


def _row(page: str, words: str) -> str:
    """The line of the list that these words are in."""
    rows = re.findall(r"<li class=\"at-row at-row--now\">.*?</li>", page, re.DOTALL)
    return next((row for row in rows if words in row), "")


def _press(client: TestClient, row: str, number: int = 0) -> str:
    form = re.findall(r"<form method=\"post\" action=\"([^\"]+)\">(.*?)</form>", row, re.DOTALL)[
        number
    ]
    fields = dict(re.findall(r"name=\"([^\"]+)\" value=\"([^\"]*)\"", form[1]))
    answer = client.post(form[0], data=fields)
    assert answer.status_code == 200
    return answer.text


def test_a_no_is_a_gap_with_the_best_one_press_away(
    coordinator: TestClient, say: Say, province: Database
) -> None:
    say("r4", "m-emmen", Choice.NO, "op <reis>")
    row = _row(coordinator.get("/").text, "Afgevaardigde 4 kan niet naar")
    assert "op &lt;reis&gt;" in row
    assert "Zet Afgevaardigde 5 in" in row
    page = _press(coordinator, row)
    assert "is ingezet in plaats van" in page
    assert "Afgevaardigde 4 kan niet naar" not in coordinator.get("/").text
    with province.session() as session:
        assert drafts.recent_steps(session, COORDINATOR)[0].meeting_id == "m-emmen"


def test_a_deputy_who_says_no_is_replaced_as_deputy(coordinator: TestClient, say: Say) -> None:
    say("r27", "m-urgentie", Choice.NO)
    row = _row(coordinator.get("/").text, "Afgevaardigde 27 kan geen vervanger zijn")
    assert "Maak" in row
    assert "is vervanger." in _press(coordinator, row)


def test_no_line_says_that_a_plan_is_broken_because_of_a_no(
    coordinator: TestClient, say: Say
) -> None:
    say("r4", "m-emmen", Choice.NO)
    assert "Kan niet meer" not in coordinator.get("/").text


def test_the_meeting_shows_who_said_no_and_lets_it_be_lifted(
    coordinator: TestClient, say: Say
) -> None:
    say("r4", "m-emmen", Choice.NO, "griep")
    page = coordinator.get("/rooster/m-emmen").text
    assert "kan niet" in page
    assert "griep" in page
    assert 'action="/rooster/m-emmen/toch-vragen"' in page
    for _ in range(2):  # pressed twice, it is done once
        page = coordinator.post("/rooster/m-emmen/toch-vragen", data={"wie": "r4"}).text
        assert 'action="/rooster/m-emmen/toch-vragen"' not in page
    assert "Afgevaardigde 4 kan niet naar" not in coordinator.get("/").text


def test_the_list_marks_a_meeting_with_a_no_and_finds_it_among_the_gaps(
    coordinator: TestClient, say: Say
) -> None:
    assert "Voorbereiding bod Assen" not in coordinator.get("/rooster?gaten=ja").text
    say("r12", "m-bod", Choice.NO)
    page = coordinator.get("/rooster?gaten=ja").text
    assert "Voorbereiding bod Assen" in page
    assert "iemand zei nee" in page


def test_who_doubts_within_a_week_is_told_once(coordinator: TestClient, say: Say) -> None:
    say("r12", "m-bod", Choice.PERHAPS)
    say("r14", "m-bod", Choice.PERHAPS)
    page = coordinator.get("/").text
    assert page.count("Bij één overleg binnen een week zegt iemand misschien") >= 1
    assert "Voorbereiding bod Assen" in _row(page, "zegt iemand misschien")


def test_doubt_about_later_is_no_news_yet(coordinator: TestClient, say: Say) -> None:
    say("r12", "m-urgentie", Choice.PERHAPS)
    assert "zegt iemand misschien" not in coordinator.get("/").text


def _request(now: datetime, number: int = 1, **rest: object) -> tables.MeetingRequest:
    usual = {
        "id": f"u-{number}",
        "level": Level.MUNICIPALITY,
        "municipality_id": "GM0114",
        "title": f"Woonvisie {number}",
        "character": Character.ADVISING,
        "mode": Mode.IN_PERSON,
        "length_minutes": 120,
        "state": RequestState.RECEIVED,
        "source": RequestSource.PAGE,
        "form_key": f"k-{number}",
        "papers": [],
        "topics": [],
        "changed_at": now,
        "created_at": now - timedelta(days=1),
    }
    return tables.MeetingRequest(**(usual | rest))


def test_a_request_waits_with_the_last_day_of_its_asker(
    coordinator: TestClient, add: Callable[..., None], now: datetime
) -> None:
    add(_request(now, answer_until=now.date() + timedelta(days=3)))
    row = _row(coordinator.get("/").text, "Emmen vraagt: Woonvisie 1")
    assert "Graag antwoord uiterlijk 5 maart" in row
    assert 'href="/uitnodiging/u-1"' in row


def test_an_answered_request_is_no_news(
    coordinator: TestClient, add: Callable[..., None], now: datetime
) -> None:
    add(_request(now, state=RequestState.WITHDRAWN))
    assert "Woonvisie 1" not in coordinator.get("/").text


def test_many_requests_are_ten_lines_and_one(
    coordinator: TestClient, add: Callable[..., None], now: datetime
) -> None:
    add(*(_request(now, number) for number in range(1, 14)))
    page = coordinator.get("/").text
    assert page.count("Emmen vraagt: Woonvisie") >= 10
    assert "Nog drie uitnodigingen wachten op antwoord" in page


def _mail(now: datetime, state: MailState, **rest: object) -> tables.Outgoing:
    usual = {
        "uid": "m-bod@aantafel.invalid",
        "sequence": 0,
        "kind": MailKind.REQUEST,
        "recipient_id": "a-1",
        "meeting_id": "m-bod",
        "state": state,
        "created_at": now,
        "not_before": now,
        "failure": "550" if state is MailState.FAILED else "",
    }
    return tables.Outgoing(**(usual | rest))


def _address(now: datetime) -> tables.MailAddress:
    return tables.MailAddress(
        id="a-1",
        representative_id="r12",
        sealed=b"-",
        fingerprint="f",
        confirmed_at=now,
        created_at=now,
    )


def test_mail_that_failed_can_be_tried_again_with_one_press(
    coordinator: TestClient, add: Callable[..., None], now: datetime, province: Database
) -> None:
    add(_address(now), _mail(now, MailState.FAILED))
    row = _row(coordinator.get("/").text, "Afgevaardigde 12 kreeg geen mail over")
    assert "Dit mailadres bestaat niet" in row
    _press(coordinator, row)
    with province.session() as session:
        assert _states(session) == [MailState.WAITING]


def test_many_failed_mails_are_five_lines_and_one(
    coordinator: TestClient, add: Callable[..., None], now: datetime
) -> None:
    add(_address(now), *(_mail(now, MailState.FAILED, sequence=n) for n in range(8)))
    page = coordinator.get("/").text
    assert page.count("kreeg geen mail over") >= 5
    assert "Meer mails kwamen niet aan" in page


def test_mail_that_waits_goes_with_one_press(
    coordinator: TestClient, add: Callable[..., None], now: datetime, province: Database
) -> None:
    add(_address(now), _mail(now, MailState.HELD))
    _press(coordinator, _row(coordinator.get("/").text, "Eén mail wacht tot u hem verstuurt"))
    with province.session() as session:
        assert _states(session) == [MailState.WAITING]


def _states(session: Session) -> list[MailState]:
    return list(session.exec(select(tables.Outgoing.state)))


def test_another_time_that_was_mailed_back_can_be_laid_aside(
    coordinator: TestClient, add: Callable[..., None], now: datetime
) -> None:
    add(
        _address(now),
        tables.MailReply(
            name="x",
            kind=ReplyKind.COUNTER,
            state=ReplyState.OPEN,
            recipient_id="a-1",
            meeting_id="m-bod",
            comment="liever later",
            starts_at=now + timedelta(days=9),
            ends_at=now + timedelta(days=9, hours=1),
            answered_at=now,
            received_at=now,
        ),
    )
    row = _row(coordinator.get("/").text, "stelt een andere tijd voor")
    assert "liever later" in row
    _press(coordinator, row)
    assert "stelt een andere tijd voor" not in coordinator.get("/").text


@pytest.mark.parametrize(
    ("phase", "failing", "told"),
    [
        (DeliveryPhase.PARKED, None, True),
        (DeliveryPhase.READY, timedelta(days=2), True),
        (DeliveryPhase.READY, timedelta(hours=2), False),
        (DeliveryPhase.READY, None, False),
    ],
)
def test_a_calendar_elsewhere_that_falters_is_told(
    phase: DeliveryPhase,
    failing: timedelta | None,
    told: bool,
    coordinator: TestClient,
    add: Callable[..., None],
    now: datetime,
) -> None:
    add(
        tables.Connection(
            id="c-1",
            representative_id="r12",
            address="https://wolk.example",
            sealed_secret=b"-",
            created_at=now,
        ),
        tables.ConnectedCalendar(
            id="k-1",
            connection_id="c-1",
            use=CalendarUse.WRITE,
            is_chosen=True,
            phase=phase,
            failing_since=now - failing if failing else None,
            said_nl="De server antwoordt niet.",
            said_en="The server doesn't answer.",
        ),
    )
    row = _row(coordinator.get("/").text, "De agenda van Afgevaardigde 12 wordt niet bijgewerkt")
    assert bool(row) is told
    if told:
        assert "De server antwoordt niet." in row
        _press(coordinator, row)
        assert "wordt niet bijgewerkt" not in coordinator.get("/").text
