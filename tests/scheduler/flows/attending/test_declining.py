"""A representative's no keeps them out of the plan for that meeting, until it is lifted."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from scheduler.db import drafts, published, tables
from scheduler.db.answers import declines
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.errors import NotAllowed, NothingToDo
from scheduler.domain.terms import Adjustment, Choice, Role, Way
from scheduler.flows.adjusting import AgainstRules, Shelf, Standing, Wish
from scheduler.flows.attending.answer_invitation import answer_invitation
from scheduler.flows.attending.lift_no import lift_no
from scheduler.flows.explain_meeting import explain_meeting, what_opens
from scheduler.flows.planning.adjust_plan import adjust_plan
from scheduler.flows.publishing.publish_plan import publish_plan
from scheduler.policy import read_policy

ALL = {"m-1": ["r-1"], "m-2": ["r-1"], "m-3": []}
R1 = Actor(Role.REPRESENTATIVE, "r-1")


@pytest.fixture
def shelf() -> Shelf:
    return Shelf(read_policy())


@pytest.fixture
def answer(session: Session, draft: Callable[..., int], noon: datetime) -> Callable[[Choice], None]:
    """Publishes the plan, and lets r-1 answer to the first meeting."""
    spoken = {meeting: {"mevm": "mevm", "samensterk": "mevm"} for meeting in ("m-1", "m-2")}
    publish_plan(session, COORDINATOR, draft(ALL, voices=spoken), at=noon)
    session.commit()

    def say(choice: Choice) -> None:
        answer_invitation(session, R1, "m-1", choice, way=Way.PAGE, at=noon)
        session.commit()

    return say


@pytest.fixture
def standing(session: Session, shelf: Shelf, noon: datetime) -> Callable[[], Standing]:
    def look() -> Standing:
        found = shelf.standing(session, COORDINATOR, at=noon)
        assert found is not None
        return found

    return look


@pytest.fixture
def replaced(session: Session, shelf: Shelf, noon: datetime) -> Callable[..., tables.DraftStep]:
    def put(who: str, *, instead_of: str | None = None) -> tables.DraftStep:
        act = Adjustment.REPLACE if instead_of else Adjustment.ASSIGN
        wish = Wish(act=act, meeting_id="m-1", representative_id=who, instead_of=instead_of)
        made_on = drafts.working_draft(session).version
        return adjust_plan(session, COORDINATOR, shelf, wish, made_on=made_on, at=noon)

    return put


def test_a_no_is_a_ban_from_that_meeting_alone(
    answer: Callable[[Choice], None], standing: Callable[[], Standing]
) -> None:
    answer(Choice.NO)
    found = standing()
    assert found.question.declined == {("m-1", "r-1")}
    assert [(ban.meeting, ban.representative) for ban in found.question.problem.bans] == [
        ("m-1", "r-1")
    ]
    assert [each.id for each in found.said_no("m-1")] == ["r-1"]
    assert found.kept_away("m-1") == ()
    assert found.open_noes == {"m-1"}


@pytest.mark.parametrize("choice", [Choice.YES, Choice.PERHAPS])
def test_any_other_answer_keeps_nobody_away(
    choice: Choice, answer: Callable[[Choice], None], standing: Callable[[], Standing]
) -> None:
    answer(choice)
    assert standing().question.problem.bans == ()


def test_who_said_no_first_and_yes_later_comes(
    answer: Callable[[Choice], None], session: Session
) -> None:
    answer(Choice.NO)
    answer(Choice.YES)
    assert declines(session, COORDINATOR) == ()


def test_who_said_no_goes_for_another_and_cant_come_back(
    answer: Callable[[Choice], None],
    replaced: Callable[..., tables.DraftStep],
    session: Session,
    standing: Callable[[], Standing],
) -> None:
    answer(Choice.NO)
    replaced("r-2", instead_of="r-1")
    session.commit()
    assert standing().violations == ()
    with pytest.raises(AgainstRules):
        replaced("r-1")
    session.rollback()


def test_the_reason_is_their_own_answer(
    answer: Callable[[Choice], None],
    replaced: Callable[..., tables.DraftStep],
    session: Session,
    standing: Callable[[], Standing],
) -> None:
    answer(Choice.NO)
    replaced("r-2", instead_of="r-1")
    session.commit()
    explained = explain_meeting(standing(), "m-1", "vrij")
    person = next(each for each in explained.unable if each.id == "r-1")
    assert person.declined
    assert [each.nl for each in person.reasons] == ["Zei nee op deze uitnodiging."]


def test_lifted_it_bars_nobody(
    answer: Callable[[Choice], None],
    session: Session,
    standing: Callable[[], Standing],
    noon: datetime,
) -> None:
    answer(Choice.NO)
    lift_no(session, COORDINATOR, "m-1", "r-1", at=noon)
    session.commit()
    assert standing().question.problem.bans == ()
    with pytest.raises(NothingToDo):
        lift_no(session, COORDINATOR, "m-1", "r-1", at=noon)
    with pytest.raises(NotAllowed):
        lift_no(session, R1, "m-1", "r-1", at=noon)


def test_a_new_no_counts_again(
    answer: Callable[[Choice], None], session: Session, noon: datetime
) -> None:
    answer(Choice.NO)
    lift_no(session, COORDINATOR, "m-1", "r-1", at=noon)
    answer(Choice.YES)
    answer(Choice.NO)
    assert len(declines(session, COORDINATOR)) == 1


def test_a_no_outranks_an_earlier_pin(
    answer: Callable[[Choice], None], session: Session, standing: Callable[[], Standing]
) -> None:
    session.add(tables.Pin(meeting_id="m-1", representative_id="r-1"))
    answer(Choice.NO)
    assert standing().question.problem.pins == ()


def test_the_coordinators_own_ban_stays_when_lifted_and_the_no_stays_when_unbanned(
    answer: Callable[[Choice], None],
    session: Session,
    shelf: Shelf,
    standing: Callable[[], Standing],
    noon: datetime,
) -> None:
    answer(Choice.NO)
    for act in (Adjustment.BAN, Adjustment.UNBAN):
        wish = Wish(act=act, meeting_id="m-1", representative_id="r-1")
        made_on = drafts.working_draft(session).version
        adjust_plan(session, COORDINATOR, shelf, wish, made_on=made_on, at=noon)
        session.commit()
    assert [each.id for each in standing().said_no("m-1")] == ["r-1"]
    assert len(standing().question.problem.bans) == 1


def test_a_no_never_stops_the_publishing_of_something_else(
    answer: Callable[[Choice], None],
    session: Session,
    draft: Callable[..., int],
    noon: datetime,
) -> None:
    answer(Choice.NO)
    assert publish_plan(session, COORDINATOR, draft({"m-3": ["r-2"]}), at=noon).number == 2


def test_what_opens_a_gap_is_worked_out_though_somebody_said_no_elsewhere(
    answer: Callable[[Choice], None], standing: Callable[[], Standing]
) -> None:
    answer(Choice.NO)
    assert what_opens(standing(), "m-1") is not None


def test_other_answers_leave_a_standing_as_it_is(
    answer: Callable[[Choice], None], standing: Callable[[], Standing]
) -> None:
    before = standing()
    answer(Choice.YES)
    assert standing() is before
    answer(Choice.NO)
    assert standing() is not before


def test_a_no_to_another_time_is_none_to_this_one(
    answer: Callable[[Choice], None],
    session: Session,
    draft: Callable[..., int],
    noon: datetime,
) -> None:
    answer(Choice.NO)
    slot = session.get_one(tables.Slot, ("m-1", 0))
    slot.starts_at += timedelta(hours=1)
    slot.ends_at += timedelta(hours=1)
    publish_plan(session, COORDINATOR, draft({"m-1": ["r-2"]}), at=noon)
    assert declines(session, COORDINATOR) == ()
    assert published.published_meeting(session, COORDINATOR, "m-1").revision == 1
