"""What each supposition makes of the problem, and that it changes nothing else."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlmodel import Session, select

from scheduler.db import suppositions as views
from scheduler.db import tables
from scheduler.db.engine import Database
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.errors import BadInput, NotAllowed, NotFound, NothingToDo
from scheduler.domain.terms import PlanMode, PlanState, Role, SuppositionState
from scheduler.domain.times import local
from scheduler.flows.problem_builder import Question as Built
from scheduler.flows.problem_builder import build_problem
from scheduler.flows.publishing.publish_plan import publish_plan
from scheduler.flows.what_if import (
    NEWCOMER,
    Evenings,
    FewerHours,
    GivesMandate,
    Joins,
    MandatesEverywhere,
    Outcome,
    Question,
    Stops,
    Supposition,
    ask_stop,
    drop,
    from_json,
    keep,
    suppose,
    suppose_again,
)
from scheduler.flows.what_if.suppositions import as_json, kind_of
from scheduler.jobs.supposing import suppose_next
from scheduler.policy import read_policy
from solver.format import validated
from solver.problem import Pin

Draft = Callable[..., int]
POLICY = read_policy()
ALL = {"m-1": ["r-1"], "m-2": ["r-1"], "m-3": ["r-3"]}
EACH: tuple[Supposition, ...] = (
    Stops("r-1", date(2027, 3, 8)),
    Joins("samensterk", "assen", experienced=False, paid_job=True),
    GivesMandate("mevm", "samensterk"),
    MandatesEverywhere(),
    Evenings("GM0106"),
    FewerHours("mevm", 1.5),
)


@pytest.fixture
def published(session: Session, draft: Draft, noon: datetime) -> Session:
    """The village with everything published."""
    publish_plan(session, COORDINATOR, draft(ALL, deputies={"m-3": "r-2"}), at=noon)
    return session


@pytest.fixture
def built(published: Session, noon: datetime) -> Built:
    plan = tables.Plan(
        id=0,
        first_day=date(2027, 1, 1),
        last_day=date(2027, 12, 31),
        as_of=noon,
        state=PlanState.QUEUED,
        created_at=noon,
        seed=1,
        workers=1,
        time_limit_seconds=1,
        mode=PlanMode.REPAIR,
    )
    return build_problem(published, plan, POLICY)


def _asked(supposition: Supposition, **changed: object) -> Question:
    asked = Question(supposition=supposition, mode=PlanMode.REPLAN, time_limit_seconds=2, workers=1)
    return replace(asked, **changed)


def _answered(
    session: Session, village: Database, supposition: Supposition, noon: datetime
) -> dict[str, Outcome]:
    number = suppose(session, COORDINATOR, _asked(supposition), at=noon)
    session.commit()
    assert suppose_next(village, POLICY, clock=lambda: noon) == number
    session.expire_all()
    row = session.get_one(tables.Supposition, number)
    assert (row.state, row.failure) == (SuppositionState.ANSWERED, "")
    assert row.outcome is not None
    sides = ("present", "without", "supposed")
    return {side: Outcome.from_json(row.outcome[side]) for side in sides}


@pytest.mark.parametrize("supposition", EACH, ids=lambda each: type(each).__name__)
def test_each_is_kept_whole_and_makes_a_problem_that_the_rule_book_takes(
    built: Built, supposition: Supposition
) -> None:
    assert from_json(kind_of(supposition), as_json(supposition)) == supposition
    assert validated(supposition.applied(built)) != built.problem


def test_who_stops_is_free_until_that_day_and_no_pin_holds_later(built: Built) -> None:
    pins = (Pin(meeting="m-1", representative="r-1"), Pin(meeting="m-2", representative="r-1"))
    pinned = replace(built, problem=replace(built.problem, pins=pins))
    supposed = Stops("r-1", date(2027, 3, 8)).applied(pinned)
    assert supposed.pins == pins[:1]
    (gone,) = supposed.representatives["r-1"].busy
    assert local(gone.start).date() == date(2027, 3, 8)
    assert gone.end > supposed.meetings["m-3"].slots[0].end
    assert Stops("r-1", date(2028, 1, 1)).applied(pinned) == pinned.problem


def test_a_newcomer_is_asked_what_the_others_are_asked(built: Built) -> None:
    newcomer = EACH[1].applied(built).representatives[NEWCOMER]
    assert newcomer.target_minutes == built.problem.representatives["r-3"].target_minutes
    assert (newcomer.organisation, newcomer.home) == ("samensterk", "assen")
    assert newcomer.paid_job


def test_everybody_speaks_for_everybody(built: Built) -> None:
    added = MandatesEverywhere().applied(built).mandates[len(built.problem.mandates) :]
    assert {(each.giver, each.holder) for each in added} == {
        ("mevm", "samensterk"),
        ("samensterk", "mevm"),
    }


def test_evenings_keep_the_day_and_the_length_and_leave_what_is_late_already(built: Built) -> None:
    twice = built.problem.meetings["m-1"]
    slot = twice.slots[0]
    later = replace(slot, start=slot.start.replace(hour=12), end=slot.end.replace(hour=14))
    doubled = replace(twice, slots=(slot, later))
    problem = replace(
        built.problem,
        meetings={**built.problem.meetings, "m-1": doubled},
        pins=(Pin(meeting="m-1", representative="r-1", slot=1),),
    )
    supposed = Evenings("GM0106").applied(replace(built, problem=problem))
    (evening,) = supposed.meetings["m-1"].slots
    assert local(evening.start).isoformat() == "2027-03-04T19:30:00+01:00"
    assert evening.end - evening.start == slot.end - slot.start
    assert supposed.pins[0].slot == 0
    again = replace(built, problem=supposed)
    assert Evenings("GM0106").applied(again).meetings == supposed.meetings
    assert Evenings("GM0114").applied(built).meetings == built.problem.meetings


def test_hours_less_a_week_are_taken_off_the_whole_horizon(built: Built) -> None:
    before = built.problem.organisations["mevm"].capacity_minutes
    after = FewerHours("mevm", 1.5).applied(built).organisations["mevm"].capacity_minutes
    assert before - after == round(1.5 * 60 * 365 / 7)
    assert FewerHours("mevm", 168).applied(built).organisations["mevm"].capacity_minutes == 1


def test_the_answer_sets_it_beside_the_present_plan_and_the_best_without(
    published: Session, village: Database, noon: datetime
) -> None:
    found = _answered(published, village, Stops("r-1", date(2027, 3, 8)), noon)
    assert found["present"].figures.without_deputy == 2
    assert found["present"].changed == 0
    assert (
        found["supposed"].representatives["r-1"].load < found["present"].representatives["r-1"].load
    )
    assert found["without"].figures.empty_seats == found["supposed"].figures.empty_seats == 0


def test_hours_are_saved_where_one_speaks_for_both(
    published: Session, village: Database, noon: datetime
) -> None:
    for mandate in published.exec(select(tables.Mandate)):
        published.delete(mandate)
    found = _answered(published, village, MandatesEverywhere(), noon)
    assert found["supposed"].figures.unheard == found["without"].figures.unheard == 0
    assert found["supposed"].figures.work_minutes < found["without"].figures.work_minutes


def _everything(session: Session) -> dict[str, list[str]]:
    """All rows of all tables but those of suppositions and the log."""
    apart = {"supposition", "audit", "audit_seal"}
    found: dict[str, list[str]] = {}
    for table in tables.Row.metadata.sorted_tables:
        if table.name not in apart:
            rows: Iterable[object] = session.exec(select(table)).all()
            found[table.name] = sorted(str(row) for row in rows)
    return found


def test_no_fact_and_no_publication_ever_changes_by_it(
    published: Session, village: Database, noon: datetime
) -> None:
    published.commit()
    before = _everything(published)
    _answered(published, village, EACH[1], noon)
    (view,) = views.suppositions(published, COORDINATOR)
    keep(published, COORDINATOR, view.id, at=noon)
    drop(published, COORDINATOR, view.id, at=noon)
    published.commit()
    assert _everything(published) == before


def test_it_is_kept_with_who_and_when_and_asked_anew_beside_it(
    published: Session, village: Database, noon: datetime
) -> None:
    _answered(published, village, FewerHours("mevm", 2.0), noon)
    (view,) = views.suppositions(published, COORDINATOR)
    for _ in range(2):
        keep(published, COORDINATOR, view.id, at=noon)
    kept = views.supposition(published, COORDINATOR, view.id)
    assert (kept.kept_at, kept.kept_role) == (noon, Role.COORDINATOR)
    new = suppose_again(published, COORDINATOR, view.id, at=noon)
    assert views.supposition(published, COORDINATOR, new).again_of == view.id
    assert views.supposition(published, COORDINATOR, view.id).state is SuppositionState.KEPT


def test_what_has_no_answer_is_not_kept(published: Session, noon: datetime) -> None:
    number = suppose(published, COORDINATOR, _asked(EACH[0]), at=noon)
    with pytest.raises(NotFound):
        keep(published, COORDINATOR, number, at=noon)
    drop(published, COORDINATOR, number, at=noon)
    for act in (keep, drop, ask_stop, suppose_again):
        with pytest.raises(NotFound):
            act(published, COORDINATOR, number, at=noon)
    assert views.suppositions(published, COORDINATOR) == ()


def test_the_same_asked_twice_is_worked_on_once(published: Session, noon: datetime) -> None:
    first = suppose(published, COORDINATOR, _asked(EACH[0]), at=noon)
    assert suppose(published, COORDINATOR, _asked(EACH[0]), at=noon) == first
    assert suppose(published, COORDINATOR, _asked(EACH[3]), at=noon) != first


@pytest.mark.parametrize(
    ("supposition", "changed", "sentence"),
    [
        (Stops("r-9", date(2027, 3, 1)), {}, "is gone"),
        (GivesMandate("mevm", "mevm"), {}, "two different"),
        (FewerHours("mevm", 0), {}, "more than 0"),
        (FewerHours("mevm", 169), {}, "at most 168"),
        (Evenings("GM0106"), {"time_limit_seconds": 1}, "2 to 3600"),
    ],
)
def test_what_makes_no_sense_is_refused(
    published: Session,
    supposition: Supposition,
    changed: dict[str, object],
    sentence: str,
    noon: datetime,
) -> None:
    with pytest.raises(BadInput, match=sentence):
        suppose(published, COORDINATOR, _asked(supposition, **changed), at=noon)


def test_without_a_plan_to_come_there_is_nothing_to_suppose(
    session: Session, draft: Draft, noon: datetime
) -> None:
    with pytest.raises(NothingToDo):
        suppose(session, COORDINATOR, _asked(EACH[0]), at=noon)
    publish_plan(session, COORDINATOR, draft(ALL), at=noon)
    with pytest.raises(NothingToDo):
        suppose(session, COORDINATOR, _asked(EACH[0]), at=noon.replace(year=2028))


def test_only_who_plans_for_all_supposes(published: Session, noon: datetime) -> None:
    somebody = Actor(Role.REPRESENTATIVE, "r-1")
    with pytest.raises(NotAllowed):
        suppose(published, somebody, _asked(EACH[0]), at=noon)
    with pytest.raises(NotAllowed):
        views.suppositions(published, somebody)
