"""Proposals on screen: side by side, taken whole or in part, and what is said meanwhile."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import col, select
from starlette.testclient import TestClient

from scheduler.db import drafts
from scheduler.db.tables import Plan, Slot
from scheduler.domain.access import COORDINATOR
from scheduler.domain.terms import PlanKind, PlanState
from scheduler.jobs.planning import solve_next
from scheduler.web.context import Context

WISH = {"doel": "replan", "van": "2027-03-02", "tot": "2027-04-30", "seconden": "3"}


@pytest.fixture
def asked(coordinator: TestClient) -> str:
    """The address of proposals that wait to be made."""
    return coordinator.post("/herverdelen", data=WISH).url.path


@pytest.fixture
def proposed(coordinator: TestClient, context: Context, asked: str) -> str:
    """The address of proposals that are all there."""
    for _ in range(3):
        assert solve_next(context.database, context.policy, clock=context.clock) is not None
    return asked


def _plans(context: Context) -> dict[PlanKind | None, Plan]:
    with context.database.session() as session:
        asked = session.exec(select(Plan).where(col(Plan.mode).is_not(None))).all()
        return {plan.kind: plan for plan in asked}


def _same(context: Context) -> None:
    """Let the second proposal say just what the first one says."""
    with context.database.session() as session:
        first, second, *_ = session.exec(select(Plan).where(col(Plan.mode).is_not(None))).all()
        session.connection().exec_driver_sql(
            f"DELETE FROM planned_meeting WHERE plan_id = {second.id}"
        )
        for table, columns in (
            ("planned_meeting", "meeting_id, slot_position"),
            ("assignment", "meeting_id, representative_id, part, online, travel_minutes"),
            ("voice", "meeting_id, organisation_id, speaker_id"),
        ):
            session.connection().exec_driver_sql(
                f"INSERT INTO {table} (plan_id, {columns}) "
                f"SELECT {second.id}, {columns} FROM {table} WHERE plan_id = {first.id}"
            )


def test_three_kinds_are_asked_in_one_go(context: Context, asked: str) -> None:
    found = _plans(context)
    assert set(found) == {None, PlanKind.FAIREST, PlanKind.LEAST_TRAVEL}
    assert asked == f"/herverdelen/{found[None].id}"


def test_what_is_ready_is_compared_while_the_others_are_made(
    coordinator: TestClient,
    context: Context,
    asked: str,
    faults_of: Callable[[str], list[str]],
) -> None:
    solve_next(context.database, context.policy, clock=context.clock)
    page = coordinator.get(asked).text
    assert faults_of(page) == []
    assert "Een voorstel voor het rooster" in page
    assert "Neem A over" in page
    assert "in de wachtrij" in page
    assert coordinator.get(f"{asked}/stand").status_code == 200
    assert "B. Eerlijkst verdeeld" in coordinator.get(f"{asked}/stand").text


def test_each_stands_beside_the_present_plan_with_its_reasons(
    coordinator: TestClient,
    context: Context,
    proposed: str,
    faults_of: Callable[[str], list[str]],
) -> None:
    page = coordinator.get(proposed).text
    assert faults_of(page) == []
    assert "A. Helemaal opnieuw" in page
    assert "Er was een plaats leeg." in page
    assert "meer organisaties gehoord" in page
    other = _plans(context)[PlanKind.LEAST_TRAVEL].id
    assert "wijziging" in coordinator.get(f"{proposed}?voorstel={other}").text
    assert coordinator.get(f"{proposed}/stand").status_code == 204
    beside = coordinator.get(f"/rooster/concept/{other}")
    assert beside.url.path == proposed


def test_what_says_the_same_stands_there_once(
    coordinator: TestClient, context: Context, proposed: str
) -> None:
    _same(context)
    page = coordinator.get(proposed).text
    assert "Dit is hetzelfde voorstel als A. Helemaal opnieuw." in page
    assert "Neem B over" not in page


def test_one_is_taken_whole_and_becomes_the_draft_that_is_worked_on(
    coordinator: TestClient, context: Context, proposed: str
) -> None:
    number = _plans(context)[PlanKind.FAIREST].id
    for _ in range(2):
        taken = coordinator.post(f"/rooster/concept/{number}/overnemen")
        assert "Overgenomen. Dit is nu het concept waar u aan werkt." in taken.text
    with context.database.session() as session:
        assert drafts.working_draft(session).plan_id == number
        assert not session.get_one(Plan, number).adjusted
    assert "Concept" in coordinator.get("/rooster").text
    first = coordinator.get("/publicatie/2").text
    assert "Voortgang prestatieafspraken Emmen" not in first


def test_one_change_is_taken_and_the_draft_says_so(
    coordinator: TestClient, context: Context, proposed: str
) -> None:
    lead = _plans(context)[None].id
    alle = ["m-bod", "m-emmen", "m-vries", "m-urgentie"]
    taken = coordinator.post(
        f"/rooster/concept/{lead}/overnemen", data={"alle": alle, "mee": ["m-emmen"]}
    )
    assert "U nam niet alles over" in taken.text
    assert 'name="mee" value="m-emmen"' in taken.text
    assert 'name="mee" value="m-vries"' not in taken.text
    with context.database.session() as session:
        assert session.get_one(Plan, lead).adjusted
    gone = coordinator.post(f"/rooster/concept/{lead}/weg")
    assert "Het rooster is zoals het was." in gone.text


def test_what_would_break_a_rule_isnt_taken(coordinator: TestClient, context: Context) -> None:
    wish = {**WISH, "doel": "repair", "uitval": "r12"}
    address = coordinator.post("/herverdelen", data=wish).url.path
    solve_next(context.database, context.policy, clock=context.clock)
    number = address.rpartition("/")[2]
    form = {"alle": ["m-vries", "m-bod"], "mee": ["m-bod"]}
    refused = coordinator.post(f"/rooster/concept/{number}/overnemen", data=form)
    assert refused.status_code == 409
    assert "Afgevaardigde 12" in refused.text
    nothing = coordinator.post(f"/rooster/concept/{number}/overnemen", data={"alle": ["m-bod"]})
    assert nothing.status_code == 409
    assert "Vink ten minste één wijziging aan" in nothing.text
    with context.database.session() as session:
        assert session.get_one(Plan, int(number)).state is PlanState.PROPOSED
        assert drafts.working_draft(session).plan_id is None


def test_another_draft_is_put_aside_and_kept(
    coordinator: TestClient, context: Context, proposed: str
) -> None:
    first = _plans(context)[None].id
    coordinator.post(f"/rooster/concept/{first}/overnemen")
    second = coordinator.post("/herverdelen", data={**WISH, "doel": "rebalance"}).url.path
    solve_next(context.database, context.policy, clock=context.clock)
    assert f"U werkt al aan concept {first}." in coordinator.get(second).text
    coordinator.post(f"/rooster/concept/{second.rpartition('/')[2]}/overnemen")
    assert f'href="/rooster/concept/{first}"' in coordinator.get("/herverdelen").text
    back = coordinator.post(f"/rooster/concept/{first}/overnemen")
    assert "Dit is nu het concept waar u aan werkt." in back.text


def test_what_was_moved_meanwhile_is_said(
    coordinator: TestClient, context: Context, asked: str
) -> None:
    def move(_improvement: object) -> None:
        with context.database.session() as session:
            slot = session.exec(select(Slot).where(Slot.meeting_id == "m-emmen")).one()
            slot.starts_at -= timedelta(minutes=30)

    solve_next(context.database, context.policy, clock=context.clock, on_improvement=move)
    page = coordinator.get(asked).text
    assert "Eén overleg is verzet of afgezegd terwijl wij rekenden." in page
    assert 'name="mee" value="m-emmen"' not in page


def test_a_session_that_ends_loses_nothing(
    coordinator: TestClient, signed_in: Callable[..., TestClient], context: Context, asked: str
) -> None:
    coordinator.post("/uitloggen")
    refused = coordinator.get(f"{asked}/stand", follow_redirects=False)
    assert refused.status_code == 303
    assert solve_next(context.database, context.policy, clock=context.clock) is not None
    back = signed_in(COORDINATOR)
    assert f'href="{asked}"' in back.get("/herverdelen").text
    assert "Neem A over" in back.get(asked).text


def test_all_are_put_away_at_once_also_while_they_are_made(
    coordinator: TestClient, context: Context, asked: str
) -> None:
    with context.database.session() as session:
        session.get_one(Plan, int(asked.rpartition("/")[2])).state = PlanState.SOLVING
    assert "Weggedaan." in coordinator.post(f"{asked}/weg").text
    assert {plan.state for plan in _plans(context).values()} == {PlanState.DISCARDED}
    assert coordinator.get(asked).status_code == 404
