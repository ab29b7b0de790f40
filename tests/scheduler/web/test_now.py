"""What asks for the coordinator now: each source tells in time, and of nothing else."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlmodel import Session, select
from starlette.testclient import TestClient

from scheduler.db import audits, drafts
from scheduler.db.tables import Mandate, Organisation, Plan, Representative
from scheduler.domain.access import COORDINATOR, SYSTEM, Actor
from scheduler.domain.errors import NotAllowed, NotFound
from scheduler.domain.terms import PlanState, Role
from scheduler.domain.times import EPOCH
from scheduler.flows.planning.adjust_plan import take_up
from scheduler.web.context import Context

Change = Callable[[Session], None]


@pytest.fixture
def first_page(coordinator: TestClient, context: Context) -> Callable[..., str]:
    """The first page after something was changed."""

    def look(change: Change) -> str:
        with context.database.session() as session:
            change(session)
            audits.record(session, SYSTEM, "change", noun="test", noun_id="test", at=EPOCH)
        return coordinator.get("/").text

    return look


def _plan(state: PlanState, context: Context, failure: str = "") -> Plan:
    return Plan(
        first_day=date(2027, 2, 1),
        last_day=date(2027, 12, 31),
        as_of=context.clock(),
        state=state,
        created_at=context.clock(),
        seed=1,
        workers=1,
        time_limit_seconds=1,
        failure=failure,
    )


def test_a_mandate_that_ends_soon_tells_what_it_leaves_unheard(
    first_page: Callable[..., str],
) -> None:
    def ends(session: Session) -> None:
        session.get_one(Mandate, "md-sbde").last_day = date(2027, 4, 1)

    page = first_page(ends)
    assert "SBDE gaf mandaat aan De Huurdersfederatie tot en met 1 april" in page
    assert "Daarna spreekt bij één overleg niemand meer namens SBDE." in page


def test_a_mandate_that_runs_on_is_no_news(first_page: Callable[..., str]) -> None:
    assert "Mandaat loopt af" not in first_page(lambda _session: None)


def test_who_stops_is_told_in_time(first_page: Callable[..., str]) -> None:
    def stops(session: Session) -> None:
        session.get_one(Representative, "r5").last_day = date(2027, 4, 30)

    assert "Afgevaardigde 5 stopt na 30 april" in first_page(stops)


def test_a_load_beyond_capacity_is_told_with_its_hours(first_page: Callable[..., str]) -> None:
    def weakens(session: Session) -> None:
        session.get_one(Organisation, "mevm").capacity_minutes_per_year = 600
        session.get_one(Representative, "r12").target_minutes_per_year = 300

    page = first_page(weakens)
    assert "MEVM:" in page
    assert "uur draagkracht" in page
    assert "Eén afgevaardigde doet meer dan afgesproken" in page


def test_a_plan_that_failed_is_told_and_one_of_long_ago_is_not(
    first_page: Callable[..., str], context: Context
) -> None:
    page = first_page(lambda session: session.add(_plan(PlanState.FAILED, context, "geen tijd")))
    assert "kon niet gemaakt worden" in page
    assert "geen tijd" in page

    def ages(session: Session) -> None:
        for plan in session.exec(select(Plan).where(Plan.state == PlanState.FAILED)):
            plan.created_at = EPOCH

    assert "kon niet gemaakt worden" not in first_page(ages)


def test_a_draft_that_was_solved_waits_until_it_is_taken_up(
    first_page: Callable[..., str], context: Context
) -> None:
    page = first_page(lambda session: session.add(_plan(PlanState.DRAFT, context)))
    assert "Concept 3 is nog niet gepubliceerd" in page
    page = first_page(lambda session: take_up(session, COORDINATOR, 3))
    assert "is nog niet gepubliceerd" not in page
    with context.database.session() as session:
        assert drafts.working_draft(session).plan_id == 3


def test_only_a_draft_is_taken_up_and_only_by_who_plans_for_all(context: Context) -> None:
    with context.database.session() as session:
        with pytest.raises(NotFound):
            take_up(session, COORDINATOR, 1)
        with pytest.raises(NotAllowed):
            take_up(session, Actor(Role.REPRESENTATIVE, "r4"), 1)
