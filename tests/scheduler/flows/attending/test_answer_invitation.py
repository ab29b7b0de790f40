"""Answers: by whom, to what, and for how long they hold."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from scheduler.db import tables
from scheduler.db.answers import all_answers, answers_to, own_answers
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.errors import NotAllowed, NotFound, NothingToDo
from scheduler.domain.terms import Choice, MeetingState, Role, Way
from scheduler.flows.attending.answer_invitation import answer_invitation
from scheduler.flows.publishing.publish_plan import publish_plan

Draft = Callable[..., int]
R1, R2 = Actor(Role.REPRESENTATIVE, "r-1"), Actor(Role.REPRESENTATIVE, "r-2")
Answer = Callable[..., None]


@pytest.fixture
def publish(session: Session, draft: Draft, noon: datetime) -> Callable[..., None]:
    def make(*people: str, deputy: str | None = None) -> None:
        plan = draft({"m-1": [*people]}, deputies={"m-1": deputy} if deputy else None)
        publish_plan(session, COORDINATOR, plan, at=noon)

    return make


@pytest.fixture
def answer(session: Session, noon: datetime) -> Answer:
    def make(actor: Actor, choice: Choice, **rest: object) -> None:
        wishes = {"way": Way.PAGE, "at": noon, **rest}
        answer_invitation(session, actor, "m-1", choice, **wishes)

    return make


def _said(session: Session) -> Choice | None:
    found = own_answers(session, R1, "r-1").get("m-1")
    return found.choice if found else None


def test_who_attends_or_stands_by_can_answer(
    session: Session, publish: Callable[..., None], answer: Answer
) -> None:
    publish("r-1", deputy="r-2")
    answer(R1, Choice.YES)
    answer(R2, Choice.PERHAPS, comment="als de trein rijdt")
    given = answers_to(session, COORDINATOR, "m-1")
    assert {who: (each.choice, each.comment) for who, each in given.items()} == {
        "r-1": (Choice.YES, ""),
        "r-2": (Choice.PERHAPS, "als de trein rijdt"),
    }


def test_who_is_not_asked_cant(publish: Callable[..., None], answer: Answer) -> None:
    publish("r-1")
    with pytest.raises(NotFound):
        answer(R2, Choice.YES)
    with pytest.raises(NotFound):
        answer(R2, Choice.YES, representative_id="r-1")
    with pytest.raises(NotFound):
        answer(COORDINATOR, Choice.YES)


def test_a_coordinator_notes_what_was_said_by_telephone(
    session: Session, publish: Callable[..., None], answer: Answer
) -> None:
    publish("r-1")
    answer(COORDINATOR, Choice.NO, representative_id="r-1")
    assert _said(session) is Choice.NO


def test_the_same_answer_again_is_no_other_act(
    session: Session, publish: Callable[..., None], answer: Answer
) -> None:
    publish("r-1")
    for _ in range(3):
        answer(R1, Choice.YES)
    acts = session.exec(select(tables.Audit).where(tables.Audit.act == "answer")).all()
    assert [act.detail for act in acts] == ["r-1: yes, by page"]


def test_an_answer_holds_while_others_come_and_go(
    session: Session, publish: Callable[..., None], answer: Answer
) -> None:
    publish("r-1")
    answer(R1, Choice.YES)
    publish("r-1", "r-2")
    assert _said(session) is Choice.YES


def test_another_time_asks_anew(
    session: Session, publish: Callable[..., None], answer: Answer
) -> None:
    publish("r-1")
    answer(R1, Choice.YES)
    for slot in session.exec(select(tables.Slot).where(tables.Slot.meeting_id == "m-1")):
        slot.starts_at += timedelta(days=1)
        slot.ends_at += timedelta(days=1)
    publish("r-1")
    assert _said(session) is None
    answer(R1, Choice.NO)
    assert _said(session) is Choice.NO


def test_what_is_off_or_over_needs_no_answer(
    session: Session, publish: Callable[..., None], answer: Answer, noon: datetime
) -> None:
    publish("r-1")
    with pytest.raises(NothingToDo):
        answer(R1, Choice.YES, at=noon + timedelta(days=3000))
    session.get_one(tables.Meeting, "m-1").state = MeetingState.CANCELLED
    publish("r-1")
    with pytest.raises(NothingToDo):
        answer(R1, Choice.YES)


def test_each_sees_only_their_own(
    session: Session, publish: Callable[..., None], answer: Answer
) -> None:
    publish("r-1", "r-2")
    answer(R1, Choice.YES)
    assert answers_to(session, R2, "m-1") == {}
    assert answers_to(session, Actor(Role.MUNICIPALITY, "GM0106"), "m-1") == {}
    assert own_answers(session, R2, "r-1") == {}
    assert len(all_answers(session, COORDINATOR)) == 1
    with pytest.raises(NotAllowed):
        all_answers(session, R1)
