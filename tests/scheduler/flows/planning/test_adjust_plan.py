"""Changing the plan by hand: each act allowed and refused, undone and redone, alone or not."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from scheduler.db import drafts, published, tables
from scheduler.db.engine import Database
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.errors import BadInput, NotAllowed, NotFound, NothingToDo
from scheduler.domain.terms import Adjustment, ChangeKind, PlanState, Role
from scheduler.flows.adjusting import AgainstRules, ChangedMeanwhile, Shelf, Standing, Wish
from scheduler.flows.adjusting import shelf as shelves
from scheduler.flows.planning.adjust_plan import adjust_plan, redo, undo
from scheduler.flows.publishing.publish_plan import publish_plan
from scheduler.policy import read_policy
from solver.ranking import candidates_at

Act = Adjustment


@pytest.fixture
def shelf() -> Shelf:
    return Shelf(read_policy())


@pytest.fixture
def published_year(draft: Callable[..., int], session: Session, noon: datetime) -> None:
    """Three meetings: r-1 at the first, r-1 at the second with r-2 standing by, nobody at m-3."""
    plan = draft(
        {"m-1": ["r-1"], "m-2": ["r-1"], "m-3": []},
        deputies={"m-2": "r-2"},
        voices={meeting: {"mevm": "mevm", "samensterk": "mevm"} for meeting in ("m-1", "m-2")},
    )
    publish_plan(session, COORDINATOR, plan, at=noon)
    session.commit()


@pytest.fixture
def act(
    published_year: None, session: Session, shelf: Shelf, noon: datetime
) -> Callable[..., tables.DraftStep]:
    """Does one act on the newest version, and commits it."""

    def do(act: Adjustment, meeting: str, who: str | None = None, **wishes: Any) -> Any:
        made_on = wishes.pop("made_on", drafts.working_draft(session).version)
        wish = Wish(act=act, meeting_id=meeting, representative_id=who, **wishes)
        step = adjust_plan(session, COORDINATOR, shelf, wish, made_on=made_on, at=noon)
        session.commit()
        return step

    return do


@pytest.fixture
def stands(session: Session, noon: datetime) -> Callable[[str], Any]:
    """How a meeting stands according to the rows, read anew."""

    def read(meeting: str) -> tuple[tuple[str, ...], str | None, dict[str, str]]:
        standing = Shelf(read_policy()).standing(session, COORDINATOR, at=noon)
        assert isinstance(standing, Standing)
        planned = standing.planned(meeting)
        return planned.attendees, planned.deputy, dict(planned.voices)

    return read


def test_somebody_is_sent_to_an_empty_meeting_and_speaks_for_whom_it_can(
    act: Callable[..., Any], stands: Callable[[str], Any], session: Session
) -> None:
    act(Act.ASSIGN, "m-3", "r-2")
    assert stands("m-3") == (("r-2",), None, {"mevm": "mevm", "samensterk": "mevm"})
    assert published.published_meeting(session, COORDINATOR, "m-3").attendees == ()


def test_a_full_meeting_takes_nobody_more(act: Callable[..., Any]) -> None:
    act(Act.ASSIGN, "m-1", "r-2")
    with pytest.raises(AgainstRules) as refused:
        act(Act.ASSIGN, "m-1", "r-3")
    assert "Overleg m-1" in refused.value.sentences[0].nl


def test_who_is_busy_cannot_be_sent(
    act: Callable[..., Any], session: Session, noon: datetime
) -> None:
    slot = session.get_one(tables.Slot, ("m-3", 0))
    session.add(
        tables.Busy(representative_id="r-2", starts_at=slot.starts_at, ends_at=slot.ends_at)
    )
    session.commit()
    with pytest.raises(AgainstRules) as refused:
        act(Act.ASSIGN, "m-3", "r-2")
    assert "een andere afspraak van Afgevaardigde 2" in refused.value.sentences[0].nl


def test_somebody_is_taken_away_and_the_place_is_empty(
    act: Callable[..., Any], stands: Callable[[str], Any]
) -> None:
    act(Act.UNASSIGN, "m-1", "r-1")
    assert stands("m-1") == ((), None, {})


def test_who_is_not_there_cannot_be_taken_away(act: Callable[..., Any]) -> None:
    with pytest.raises(BadInput):
        act(Act.UNASSIGN, "m-1", "r-2")


@pytest.mark.parametrize("how", [Act.REPLACE, Act.SWAP])
def test_one_takes_the_place_of_another(
    act: Callable[..., Any], stands: Callable[[str], Any], how: Adjustment
) -> None:
    act(how, "m-1", "r-3", instead_of="r-1")
    assert stands("m-1") == (("r-3",), None, {"samensterk": "samensterk"})


def test_a_deputy_who_attends_instead_stands_by_no_more(
    act: Callable[..., Any], stands: Callable[[str], Any]
) -> None:
    act(Act.SWAP, "m-2", "r-2", instead_of="r-1")
    assert stands("m-2")[:2] == (("r-2",), None)


def test_a_deputy_is_named_and_let_go(
    act: Callable[..., Any], stands: Callable[[str], Any]
) -> None:
    act(Act.SET_DEPUTY, "m-1", "r-3")
    assert stands("m-1")[1] == "r-3"
    act(Act.REMOVE_DEPUTY, "m-1")
    assert stands("m-1")[1] is None


def test_nobody_stands_by_where_nobody_goes(act: Callable[..., Any]) -> None:
    with pytest.raises(BadInput):
        act(Act.SET_DEPUTY, "m-3", "r-3")


def test_who_is_pinned_cannot_be_taken_away_until_let_loose(
    act: Callable[..., Any], stands: Callable[[str], Any]
) -> None:
    act(Act.PIN, "m-1", "r-1")
    with pytest.raises(AgainstRules) as refused:
        act(Act.UNASSIGN, "m-1", "r-1")
    assert "vastgezet" in refused.value.sentences[0].nl
    act(Act.UNPIN, "m-1", "r-1")
    act(Act.UNASSIGN, "m-1", "r-1")
    assert stands("m-1")[0] == ()


def test_who_is_kept_away_goes_and_cannot_come_back_until_let_in(
    act: Callable[..., Any], stands: Callable[[str], Any]
) -> None:
    act(Act.BAN, "m-2", "r-2")
    assert stands("m-2")[1] is None
    with pytest.raises(AgainstRules) as refused:
        act(Act.ASSIGN, "m-2", "r-2")
    assert "uitgesloten" in refused.value.sentences[0].nl
    act(Act.UNBAN, "m-2", "r-2")
    act(Act.ASSIGN, "m-2", "r-2")
    assert stands("m-2")[0] == ("r-1", "r-2")


def test_a_meeting_moves_to_another_of_its_times(
    act: Callable[..., Any], session: Session, shelf: Shelf, noon: datetime
) -> None:
    slot = session.get_one(tables.Slot, ("m-1", 0))
    later = timedelta(hours=3)
    session.add(
        tables.Slot(
            meeting_id="m-1",
            position=1,
            starts_at=slot.starts_at + later,
            ends_at=slot.ends_at + later,
        )
    )
    session.commit()
    act(Act.MOVE, "m-1", slot=1)
    standing = shelf.standing(session, COORDINATOR, at=noon)
    assert standing
    assert standing.new == {
        "m-1": {ChangeKind.MOVED},
        **{name: standing.new[name] for name in standing.new if name != "m-1"},
    }
    view = standing.view("m-1")
    assert view
    assert view.starts_at == slot.starts_at + later
    with pytest.raises(BadInput):
        act(Act.MOVE, "m-1", slot=7)


def test_what_has_begun_cannot_be_changed(
    act: Callable[..., Any], session: Session, shelf: Shelf
) -> None:
    begins = session.get_one(tables.Slot, ("m-1", 0)).starts_at
    wish = Wish(act=Act.UNASSIGN, meeting_id="m-1", representative_id="r-1")
    with pytest.raises(BadInput):
        adjust_plan(session, COORDINATOR, shelf, wish, made_on=0, at=begins)


def test_an_unknown_meeting_or_person_is_refused(act: Callable[..., Any]) -> None:
    with pytest.raises(NotFound):
        act(Act.ASSIGN, "m-9", "r-1")
    with pytest.raises(BadInput):
        act(Act.ASSIGN, "m-3", "r-99")


def test_only_who_plans_for_all_changes_the_plan(
    published_year: None, session: Session, shelf: Shelf, noon: datetime
) -> None:
    wish = Wish(act=Act.ASSIGN, meeting_id="m-3", representative_id="r-2")
    for actor in (Actor(Role.REPRESENTATIVE, "r-1"), Actor(Role.MUNICIPALITY, "GM0106")):
        with pytest.raises(NotAllowed):
            adjust_plan(session, actor, shelf, wish, made_on=0, at=noon)
        with pytest.raises(NotAllowed):
            undo(session, actor, shelf, 1, at=noon)
        with pytest.raises(NotAllowed):
            redo(session, actor, shelf, 1, at=noon)
        with pytest.raises(NotAllowed):
            shelf.standing(session, actor, at=noon)


def test_without_a_plan_there_is_nothing_to_change(
    session: Session, shelf: Shelf, noon: datetime
) -> None:
    wish = Wish(act=Act.ASSIGN, meeting_id="m-3", representative_id="r-2")
    assert shelf.standing(session, COORDINATOR, at=noon) is None
    with pytest.raises(NothingToDo):
        adjust_plan(session, COORDINATOR, shelf, wish, made_on=0, at=noon)


def test_a_step_is_undone_and_done_again(
    act: Callable[..., Any],
    stands: Callable[[str], Any],
    session: Session,
    shelf: Shelf,
    noon: datetime,
) -> None:
    before = stands("m-2")
    step = act(Act.BAN, "m-2", "r-1")
    after = stands("m-2")
    assert before != after
    undo(session, COORDINATOR, shelf, step.id, at=noon)
    assert stands("m-2") == before
    assert session.exec(select(tables.Ban)).all() == []
    undo(session, COORDINATOR, shelf, step.id, at=noon)
    redo(session, COORDINATOR, shelf, step.id, at=noon)
    assert stands("m-2") == after
    redo(session, COORDINATOR, shelf, step.id, at=noon)
    assert stands("m-2") == after


def test_only_the_last_step_is_undone_and_a_new_one_ends_redoing(
    act: Callable[..., Any], session: Session, shelf: Shelf, noon: datetime
) -> None:
    first = act(Act.UNASSIGN, "m-1", "r-1")
    second = act(Act.ASSIGN, "m-3", "r-2")
    with pytest.raises(ChangedMeanwhile):
        undo(session, COORDINATOR, shelf, first.id, at=noon)
    undo(session, COORDINATOR, shelf, second.id, at=noon)
    act(Act.ASSIGN, "m-3", "r-1")
    with pytest.raises(NothingToDo):
        redo(session, COORDINATOR, shelf, second.id, at=noon)


def test_two_coordinators_at_one_meeting_lose_nothing(
    act: Callable[..., Any], stands: Callable[[str], Any]
) -> None:
    act(Act.ASSIGN, "m-3", "r-2", made_on=0)
    with pytest.raises(ChangedMeanwhile) as meanwhile:
        act(Act.ASSIGN, "m-3", "r-3", made_on=0)
    assert [step.representative_id for step in meanwhile.value.steps] == ["r-2"]
    assert stands("m-3")[0] == ("r-2",)


def test_two_coordinators_at_two_meetings_do_not_meet(
    act: Callable[..., Any], stands: Callable[[str], Any]
) -> None:
    act(Act.ASSIGN, "m-3", "r-2", made_on=0)
    act(Act.UNASSIGN, "m-1", "r-1", made_on=0)
    assert stands("m-3")[0] == ("r-2",)
    assert stands("m-1")[0] == ()


def test_the_same_form_sent_twice_is_one_step(act: Callable[..., Any], session: Session) -> None:
    first = act(Act.ASSIGN, "m-3", "r-2", made_on=0)
    assert act(Act.ASSIGN, "m-3", "r-2", made_on=0).id == first.id
    assert len(session.exec(select(tables.DraftStep)).all()) == 1


def test_every_step_is_in_the_log_with_before_and_after(
    act: Callable[..., Any], session: Session, shelf: Shelf, noon: datetime
) -> None:
    step = act(Act.PIN, "m-1", "r-1")
    undo(session, COORDINATOR, shelf, step.id, at=noon)
    told = [(row.act, row.noun_id, row.detail) for row in session.exec(select(tables.Audit))]
    assert told[-2:] == [
        (
            "pin",
            "m-1",
            "slot 0, attendees r-1, deputy - -> slot 0, attendees r-1, deputy -, pinned r-1",
        ),
        (
            "undo",
            "m-1",
            "slot 0, attendees r-1, deputy -, pinned r-1 -> slot 0, attendees r-1, deputy -",
        ),
    ]


def test_a_draft_holds_only_what_differs_and_can_be_published(
    act: Callable[..., Any], session: Session, noon: datetime
) -> None:
    act(Act.ASSIGN, "m-3", "r-2")
    plan_id = drafts.working_draft(session).plan_id
    assert plan_id
    rows = session.exec(
        select(tables.PlannedMeeting).where(tables.PlannedMeeting.plan_id == plan_id)
    )
    assert [row.meeting_id for row in rows] == ["m-3"]
    published_again = publish_plan(session, COORDINATOR, plan_id, at=noon)
    assert published_again.changes == {ChangeKind.ATTENDEES: 1, ChangeKind.VOICES: 1}
    assert session.get_one(tables.Plan, plan_id).state is PlanState.PUBLISHED
    assert drafts.working_draft(session).plan_id is None


def test_what_was_given_up_leaves_no_trace(
    published_year: None, village: Database, shelf: Shelf, noon: datetime
) -> None:
    wish = Wish(act=Act.ASSIGN, meeting_id="m-3", representative_id="r-2")
    with village.session() as given_up:
        adjust_plan(given_up, COORDINATOR, shelf, wish, made_on=0, at=noon)
        given_up.rollback()
    with village.session() as another:
        assert drafts.working_draft(another).version == 0
        standing = shelf.standing(another, COORDINATOR, at=noon)
        assert standing
        assert standing.planned("m-3").attendees == ()


def test_a_standing_is_built_once_and_anew_when_the_world_moved_on(
    act: Callable[..., Any], session: Session, shelf: Shelf, noon: datetime
) -> None:
    first = shelf.standing(session, COORDINATOR, at=noon)
    assert shelf.standing(session, COORDINATOR, at=noon) is first
    act(Act.ASSIGN, "m-3", "r-2")
    kept = shelf.standing(session, COORDINATOR, at=noon)
    fresh = Shelf(read_policy()).standing(session, COORDINATOR, at=noon)
    assert kept
    assert fresh
    assert kept is not first
    assert (kept.views, kept.new, kept.position.planned) == (
        fresh.views,
        fresh.new,
        fresh.position.planned,
    )
    slot = session.get_one(tables.Slot, ("m-3", 0))
    session.add(
        tables.Busy(representative_id="r-1", starts_at=slot.starts_at, ends_at=slot.ends_at)
    )
    session.commit()
    assert shelf.standing(session, COORDINATOR, at=noon) is not kept


def test_the_page_after_an_act_builds_nothing(
    act: Callable[..., Any],
    session: Session,
    shelf: Shelf,
    noon: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    step = act(Act.ASSIGN, "m-3", "r-2")
    monkeypatch.setattr(shelves, "build_problem", lambda *_: pytest.fail("built anew"))
    assert shelf.standing(session, COORDINATOR, at=noon)
    undo(session, COORDINATOR, shelf, step.id, at=noon)
    session.commit()
    assert shelf.standing(session, COORDINATOR, at=noon)


def test_a_rule_broken_by_the_world_is_no_bar_to_mending_another_meeting(
    act: Callable[..., Any], session: Session, stands: Callable[[str], Any]
) -> None:
    slot = session.get_one(tables.Slot, ("m-1", 0))
    session.add(
        tables.Busy(representative_id="r-1", starts_at=slot.starts_at, ends_at=slot.ends_at)
    )
    session.commit()
    act(Act.ASSIGN, "m-3", "r-2")
    act(Act.REPLACE, "m-1", "r-2", instead_of="r-1")
    assert stands("m-1")[0] == ("r-2",)


def test_every_candidate_that_is_called_possible_can_be_sent(
    act: Callable[..., Any], session: Session, shelf: Shelf, noon: datetime
) -> None:
    standing = shelf.standing(session, COORDINATOR, at=noon)
    assert standing
    found = candidates_at(standing.position, "m-3")
    possible = [each.representative for each in found if each.possible]
    assert possible
    for name in possible:
        step = act(Act.ASSIGN, "m-3", name)
        undo(session, COORDINATOR, shelf, step.id, at=noon)
        session.commit()
