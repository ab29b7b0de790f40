"""Planning again from what is published: what may change, and that nothing else does."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlmodel import Session, select

from scheduler.db import plans, tables
from scheduler.db.engine import Database
from scheduler.db.leases import Claim
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.errors import BadInput, NotAllowed, NotFound, NothingToDo
from scheduler.domain.terms import MeetingState, PlanMode, PlanState, Role
from scheduler.flows.planning.adjust_draft import WouldBreak, undo_changes
from scheduler.flows.planning.compare_plan import compare
from scheduler.flows.planning.plan_period import claim_plan, note_failure, requeue_interrupted
from scheduler.flows.planning.plan_progress import ask_stop, is_stop_asked, note_progress
from scheduler.flows.planning.reasons import Because
from scheduler.flows.planning.rebalance import Rebalance, queue_rebalance
from scheduler.flows.planning.take_proposal import take_proposal
from scheduler.flows.problem_builder import Question, build_problem
from scheduler.flows.publishing.meeting_changes import draft_changes
from scheduler.flows.publishing.publish_plan import publish_plan
from scheduler.jobs.planning import solve_next
from scheduler.policy import read_policy
from solver.plan import Improvement
from solver.problem import Pin, Tier

Draft = Callable[..., int]
Ask = Callable[..., int]
ALL = {"m-1": ["r-1"], "m-2": ["r-1"], "m-3": ["r-3"]}
POLICY = read_policy()


@pytest.fixture
def ask(session: Session, draft: Draft, noon: datetime) -> Ask:
    """Publishes everything, and asks for a repair of March with whatever is changed of the wish."""
    publish_plan(session, COORDINATOR, draft(ALL, deputies={"m-3": "r-2"}), at=noon)

    def make(**changed: object) -> int:
        wish = {
            "mode": PlanMode.REPAIR,
            "first_day": date(2027, 3, 1),
            "last_day": date(2027, 3, 31),
            "time_limit_seconds": 2,
            "workers": 1,
        }
        return queue_rebalance(session, COORDINATOR, Rebalance(**{**wish, **changed}), at=noon)

    return make


@pytest.fixture
def question(session: Session, ask: Ask) -> Callable[..., Question]:
    def of(**changed: object) -> Question:
        return build_problem(session, session.get_one(tables.Plan, ask(**changed)), POLICY)

    return of


def _solve(session: Session, village: Database, noon: datetime) -> None:
    session.commit()
    assert solve_next(village, POLICY, clock=lambda: noon) is not None
    session.expire_all()


def test_it_starts_from_the_publication_in_force(question: Callable[..., Question]) -> None:
    problem = question().problem
    assert problem.baseline is not None
    assert problem.baseline["m-3"].attendees == ("r-3",)
    assert problem.baseline["m-3"].deputy == "r-2"
    tiers = problem.policy.tiers
    assert tiers.index(Tier.STABILITY) == tiers.index(Tier.PRESENCE) + 1


def test_each_mode_orders_the_tiers_its_own_way(question: Callable[..., Question]) -> None:
    gentle = question(mode=PlanMode.REBALANCE).problem.policy.tiers
    assert gentle.index(Tier.STABILITY) == gentle.index(Tier.WORKLOAD) + 1
    anew = question(mode=PlanMode.REPLAN).problem
    assert Tier.STABILITY not in anew.policy.tiers
    assert anew.baseline is None


def test_what_lies_outside_the_days_stays(question: Callable[..., Question]) -> None:
    found = question(first_day=date(2027, 3, 11), last_day=date(2027, 3, 11))
    assert found.held == {"m-1", "m-3"}
    assert Pin(meeting="m-1", representative="r-1", slot=0) in found.problem.pins
    assert not found.problem.meetings["m-3"].deputy


def test_who_stands_by_at_what_stays_is_taken_then(question: Callable[..., Question]) -> None:
    found = question(first_day=date(2027, 3, 1), last_day=date(2027, 3, 11))
    third = found.problem.meetings["m-3"].slots[0]
    assert found.problem.representatives["r-2"].busy[0].start == third.start
    assert found.problem.representatives["r-1"].busy == ()


def test_an_empty_table_outside_the_days_stays_empty(
    session: Session, draft: Draft, noon: datetime, question: Callable[..., Question]
) -> None:
    publish_plan(session, COORDINATOR, draft({"m-1": []}), at=noon)
    found = question(first_day=date(2027, 3, 11), last_day=date(2027, 3, 31))
    assert set(found.problem.meetings) == {"m-2", "m-3"}


def test_other_tables_stay(session: Session, question: Callable[..., Question]) -> None:
    other = session.get_one(tables.Table, "pa-assen").model_dump()
    session.add(tables.Table(**(other | {"id": "wv-assen"})))
    session.flush()
    session.get_one(tables.Meeting, "m-2").table_id = "wv-assen"
    found = question(tables=frozenset({"wv-assen"}))
    assert found.held == {"m-1", "m-3"}


def test_who_drops_out_goes_nowhere_wherever_the_tables_lie(
    session: Session, question: Callable[..., Question]
) -> None:
    session.get_one(tables.Meeting, "m-2").table_id = None
    found = question(tables=frozenset({"pa-assen"}), absent=frozenset({"r-1"}))
    assert found.held == frozenset()
    banned = {(ban.meeting, ban.representative) for ban in found.problem.bans}
    assert {("m-1", "r-1"), ("m-2", "r-1"), ("m-3", "r-1")} == banned


def test_a_pin_yields_to_a_drop_out(session: Session, question: Callable[..., Question]) -> None:
    session.add(tables.Pin(meeting_id="m-1", representative_id="r-1"))
    session.flush()
    assert question(absent=frozenset({"r-1"})).problem.pins == ()


def test_other_organisations_stay_where_they_are(question: Callable[..., Question]) -> None:
    problem = question(organisations=frozenset({"samensterk"})).problem
    pinned = {(pin.meeting, pin.representative) for pin in problem.pins}
    assert pinned == {("m-1", "r-1"), ("m-2", "r-1")}
    banned = {(ban.meeting, ban.representative) for ban in problem.bans}
    # r-2 stands by at m-3 and may step in there.
    assert banned == {("m-1", "r-2"), ("m-2", "r-2"), ("m-3", "r-1")}


def test_a_first_plan_keeps_nothing(session: Session, draft: Draft) -> None:
    found = build_problem(session, session.get_one(tables.Plan, draft({})), POLICY)
    assert found.held == frozenset()
    assert found.problem.baseline is None


def test_a_meeting_that_is_called_off_isnt_planned_again(
    session: Session, question: Callable[..., Question]
) -> None:
    session.get_one(tables.Meeting, "m-2").state = MeetingState.CANCELLED
    assert set(question().problem.meetings) == {"m-1", "m-3"}


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"last_day": date(2027, 2, 1)}, "ends before it begins"),
        ({"first_day": date(2026, 1, 1), "last_day": date(2026, 2, 1)}, "over already"),
        ({"time_limit_seconds": 0}, "1 to 3600 seconds"),
        ({"tables": frozenset({"nowhere"})}, "is gone"),
        ({"organisations": frozenset({"nobody"})}, "is gone"),
        ({"absent": frozenset({"r-0"})}, "is gone"),
    ],
)
def test_a_wish_that_cant_be_met_says_why(
    ask: Ask, changed: dict[str, object], sentence: str
) -> None:
    with pytest.raises(BadInput, match=sentence):
        ask(**changed)


def test_days_without_meetings_are_nothing_to_do(ask: Ask) -> None:
    with pytest.raises(NothingToDo):
        ask(first_day=date(2027, 6, 1), last_day=date(2027, 6, 30))


def test_before_the_first_publication_there_is_nothing_to_start_from(
    session: Session, noon: datetime
) -> None:
    wish = Rebalance(mode=PlanMode.REPAIR, first_day=date(2027, 3, 1), last_day=date(2027, 3, 31))
    with pytest.raises(NothingToDo):
        queue_rebalance(session, COORDINATOR, wish, at=noon)
    with pytest.raises(NotAllowed):
        queue_rebalance(session, Actor(Role.REPRESENTATIVE, "r-1"), wish, at=noon)


def test_a_form_sent_twice_is_one_plan(ask: Ask) -> None:
    assert ask() == ask()
    assert ask(mode=PlanMode.REPLAN) != ask()


def test_a_drop_out_is_repaired_and_nothing_else_changes(
    session: Session, village: Database, noon: datetime, ask: Ask
) -> None:
    plan = ask(absent=frozenset({"r-1"}))
    _solve(session, village, noon)
    assert session.get_one(tables.Plan, plan).state is PlanState.PROPOSED
    changes = {
        each.after.meeting_id: each for each in draft_changes(session, COORDINATOR, plan).changes
    }
    assert {"m-1", "m-2"} <= set(changes)
    for meeting in ("m-1", "m-2"):
        assert "r-1" not in changes[meeting].attendees(changes[meeting].after)
    view = plans.plan(session, COORDINATOR, plan)
    assert [tier.name for tier in view.tiers][:2] == ["presence", "stability"]
    assert all(tier.before is not None for tier in view.tiers)
    assert view.absent == ("r-1",)
    assert view.baseline == 1


def test_the_comparison_says_what_each_change_does(
    session: Session, village: Database, draft: Draft, noon: datetime
) -> None:
    publish_plan(session, COORDINATOR, draft({**ALL, "m-2": []}), at=noon)
    plan = draft({"m-2": ["r-1"], "m-1": ["r-1"]}, deputies={"m-1": "r-2"})
    row = session.get_one(tables.Plan, plan)
    row.free_first_day, row.free_last_day = date(2027, 3, 1), date(2027, 3, 31)
    found = compare(session, COORDINATOR, [plan], POLICY)
    before, after = found.present, found.proposals[0]
    assert (before.figures.empty_seats, after.figures.empty_seats) == (1, 0)
    assert (before.figures.without_deputy, after.figures.without_deputy) == (3, 2)
    assert after.effects["m-2"].empty_seats == -1
    assert after.effects["m-1"].without_deputy == -1
    assert after.reasons["m-2"].because is Because.EMPTY_SEAT
    assert after.reasons["m-1"].because is Because.NO_DEPUTY
    mevm = next(bar for bar in found.organisations if bar.name == "MEVM")
    assert mevm.loads[1] > mevm.loads[0]
    assert before.gaps == {"GM0106"}


def test_single_changes_are_taken_out(
    session: Session, village: Database, noon: datetime, ask: Ask, draft: Draft
) -> None:
    ask()
    plan = draft({**ALL, "m-1": ["r-2"], "m-2": ["r-2"]})
    undo_changes(session, COORDINATOR, plan, ["m-1"], POLICY, at=noon)
    left = draft_changes(session, COORDINATOR, plan).changes
    assert [each.after.meeting_id for each in left] == ["m-2", "m-3"]
    view = plans.plan(session, COORDINATOR, plan)
    assert view.adjusted
    assert {tier.proven for tier in view.tiers} == {False}


def test_what_would_break_a_rule_isnt_taken_out(
    session: Session, village: Database, noon: datetime, ask: Ask
) -> None:
    plan = ask(absent=frozenset({"r-1"}))
    _solve(session, village, noon)
    take_proposal(session, COORDINATOR, plan, POLICY, at=noon)
    before = draft_changes(session, COORDINATOR, plan).changes
    with pytest.raises(WouldBreak, match="Afgevaardigde 1"):
        undo_changes(session, COORDINATOR, plan, ["m-1"], POLICY, at=noon)
    assert draft_changes(session, COORDINATOR, plan).changes == before


def test_a_meeting_that_was_never_published_leaves_the_draft(
    session: Session, draft: Draft, noon: datetime
) -> None:
    publish_plan(session, COORDINATOR, draft({"m-1": ["r-1"]}), at=noon)
    plan = draft(ALL)
    undo_changes(session, COORDINATOR, plan, ["m-2"], POLICY, at=noon)
    left = draft_changes(session, COORDINATOR, plan).changes
    assert [each.after.meeting_id for each in left] == ["m-3"]


def test_only_a_draft_is_adjusted(session: Session, draft: Draft, noon: datetime) -> None:
    plan = draft(ALL)
    publish_plan(session, COORDINATOR, plan, at=noon)
    with pytest.raises(NotFound):
        undo_changes(session, COORDINATOR, plan, ["m-1"], POLICY, at=noon)


def _improvement(value: int, bound: int | None) -> Improvement:
    return Improvement(tiers=(Tier.PRESENCE,), values=(value,), bounds=(bound,), seconds=1.5)


def test_how_far_it_is_stands_in_the_row(session: Session, ask: Ask, noon: datetime) -> None:
    plan = ask()
    claim_plan(session, at=noon)
    note_progress(session, Claim(plan, 1), _improvement(9, None))
    note_progress(session, Claim(plan, 1), _improvement(0, 0))
    view = plans.plan(session, COORDINATOR, plan)
    assert (view.state, view.seconds, view.reached) == (PlanState.SOLVING, 1.5, 1)
    assert [(tier.value, tier.proven) for tier in view.tiers] == [(0, True)]


def test_word_that_comes_too_late_changes_nothing(
    session: Session, ask: Ask, noon: datetime
) -> None:
    plan = ask()
    claim_plan(session, at=noon)
    note_failure(session, Claim(plan, 1), "out of memory", at=noon)
    note_progress(session, Claim(plan, 1), _improvement(9, None))
    assert plans.plan(session, COORDINATOR, plan).tiers == ()


def test_a_coordinator_stops_it_and_keeps_the_best(
    session: Session, village: Database, ask: Ask, noon: datetime
) -> None:
    plan = ask(time_limit_seconds=600)
    ask_stop(session, COORDINATOR, plan, at=noon)
    ask_stop(session, COORDINATOR, plan, at=noon)
    assert is_stop_asked(session, plan)
    _solve(session, village, noon)
    assert session.get_one(tables.Plan, plan).state is PlanState.PROPOSED
    stops = session.exec(select(tables.Audit).where(tables.Audit.act == "stop")).all()
    assert len(stops) == 1


def test_only_what_exists_is_stopped_and_only_by_a_coordinator(
    session: Session, ask: Ask, noon: datetime
) -> None:
    with pytest.raises(NotFound):
        ask_stop(session, COORDINATOR, 99, at=noon)
    with pytest.raises(NotAllowed):
        ask_stop(session, Actor(Role.REPRESENTATIVE, "r-1"), ask(), at=noon)


def test_a_worker_that_dies_loses_nothing(session: Session, ask: Ask, noon: datetime) -> None:
    plan = ask()
    claim_plan(session, at=noon)
    note_progress(session, Claim(plan, 1), _improvement(9, None))
    assert requeue_interrupted(session) == 1
    view = plans.plan(session, COORDINATOR, plan)
    assert (view.state, view.interruptions, view.tiers) == (PlanState.QUEUED, 1, ())
    assert claim_plan(session, at=noon + timedelta(minutes=1)) is not None
