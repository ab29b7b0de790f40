"""Reminders: only who chose them, at their hour, once, and off with one press."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from scheduler.domain.access import COORDINATOR, SYSTEM, Actor
from scheduler.domain.errors import BadInput, NotFound, SpentLink
from scheduler.domain.terms import Choice, MailKind, MailState, Role, Way
from scheduler.flows.attending.answer_invitation import answer_invitation
from scheduler.flows.publishing.publish_plan import publish_plan
from scheduler.flows.reminders.choice import (
    Reminders,
    choose_reminders,
    off_link,
    reminders_of,
    turn_off,
)
from scheduler.flows.reminders.queue import queue_reminders
from scheduler.mail import Office

R1 = Actor(Role.REPRESENTATIVE, "r-1")
TUESDAY_AT_EIGHT = datetime(2027, 3, 2, 7, tzinfo=UTC)
"""Two days before the first meeting; the second is a week later."""


@pytest.fixture
def planned(
    session: Session, draft: Callable[..., int], joined: Callable[..., None], noon: datetime
) -> None:
    """Somebody with mail attends two meetings, and was told so long ago."""
    joined("r-1")
    publish_plan(session, COORDINATOR, draft({"m-1": ["r-1"], "m-2": ["r-1"]}), at=noon)


def _choose(session: Session, noon: datetime, wanted: Reminders) -> None:
    choose_reminders(session, R1, "r-1", wanted, at=noon)


@pytest.mark.usefixtures("planned")
def test_nobody_is_reminded_who_didnt_ask(session: Session) -> None:
    assert queue_reminders(session, SYSTEM, at=TUESDAY_AT_EIGHT) == 0


@pytest.mark.usefixtures("planned")
def test_a_reminder_goes_once_at_its_hour_with_its_way_out(
    session: Session,
    noon: datetime,
    deliver: Callable[..., int],
    sink: Any,
) -> None:
    _choose(session, noon, Reminders(mail_days=2))
    assert queue_reminders(session, SYSTEM, at=TUESDAY_AT_EIGHT - timedelta(minutes=1)) == 0
    assert queue_reminders(session, SYSTEM, at=TUESDAY_AT_EIGHT) == 1
    assert queue_reminders(session, SYSTEM, at=TUESDAY_AT_EIGHT + timedelta(hours=5)) == 0
    deliver(TUESDAY_AT_EIGHT)
    message = sink.messages[-1]
    assert message["Subject"] == "Herinnering: Overleg m-1"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    text = message.get_body(("plain",)).get_content()
    assert "omdat u om herinneringen vroeg" in text
    assert str(message["List-Unsubscribe"]).strip("<>") in text


@pytest.mark.usefixtures("planned")
def test_a_choice_made_too_late_reminds_of_nothing_past(session: Session) -> None:
    _choose(session, TUESDAY_AT_EIGHT + timedelta(hours=1), Reminders(mail_days=2))
    assert queue_reminders(session, SYSTEM, at=TUESDAY_AT_EIGHT + timedelta(hours=2)) == 0


@pytest.mark.usefixtures("planned")
def test_who_said_no_isnt_reminded(session: Session, noon: datetime) -> None:
    _choose(session, noon, Reminders(mail_days=2))
    answer_invitation(session, R1, "m-1", Choice.NO, way=Way.PAGE, at=noon)
    assert queue_reminders(session, SYSTEM, at=TUESDAY_AT_EIGHT) == 0


@pytest.mark.usefixtures("planned")
def test_the_weekly_mail_goes_once_a_week_and_not_where_nothing_comes(
    session: Session,
    noon: datetime,
    rows: Callable[..., list],
    deliver: Callable[..., int],
    sink: Any,
) -> None:
    _choose(session, noon, Reminders(digest=True))
    monday = datetime(2027, 3, 1, 7, tzinfo=UTC)
    empty = queue_reminders(session, SYSTEM, at=monday - timedelta(days=28))
    added = [queue_reminders(session, SYSTEM, at=monday + timedelta(days=day)) for day in range(7)]
    assert (empty, added) == (0, [1, 0, 0, 0, 0, 0, 0])
    deliver(monday)
    assert sink.messages[-1]["Subject"] == "Deze en volgende week: 2 overleggen"
    assert [row.kind for row in rows(MailState.SENT)][-1] is MailKind.DIGEST


@pytest.mark.usefixtures("planned")
def test_a_reminder_that_is_overtaken_before_it_goes_isnt_sent(
    session: Session, noon: datetime, rows: Callable[..., list], deliver: Callable[..., int]
) -> None:
    _choose(session, noon, Reminders(mail_days=2))
    queue_reminders(session, SYSTEM, at=TUESDAY_AT_EIGHT)
    answer_invitation(session, R1, "m-1", Choice.NO, way=Way.PAGE, at=TUESDAY_AT_EIGHT)
    deliver(TUESDAY_AT_EIGHT)
    assert MailKind.REMINDER in [row.kind for row in rows(MailState.WITHDRAWN)]


def test_one_press_turns_off_one_kind_and_only_with_our_own_link(
    session: Session, office: Office, noon: datetime
) -> None:
    _choose(session, noon, Reminders(mail_days=1, digest=True))
    link = off_link(office.links, "", "r-1", MailKind.DIGEST)
    for _ in range(2):
        turn_off(session, office.links, link.removeprefix("/mail/uit/"), at=noon)
        assert reminders_of(session, R1, "r-1") == Reminders(mail_days=1)
    with pytest.raises(SpentLink):
        turn_off(session, office.links, "cmFhZA.forged", at=noon)


def test_a_choice_is_ones_own_and_among_those_offered(session: Session, noon: datetime) -> None:
    with pytest.raises(NotFound):
        choose_reminders(session, R1, "r-2", Reminders(mail_days=1), at=noon)
    with pytest.raises(BadInput):
        choose_reminders(session, R1, "r-1", Reminders(mail_days=5), at=noon)
