"""Two coordinators, one draft or two, one moment: nothing is published twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from sqlmodel import Session, select

from scheduler.db import published, tables
from scheduler.db.engine import Database
from scheduler.domain.access import COORDINATOR
from scheduler.domain.errors import NotFound, NothingToDo
from scheduler.domain.terms import PlanState
from scheduler.flows.publishing.publish_plan import Overtaken, publish_plan

Draft = Callable[..., int]
ALL = {"m-1": ["r-1"], "m-2": ["r-1"], "m-3": ["r-3"]}


def test_who_saw_an_older_publication_looks_again(
    session: Session, draft: Draft, noon: datetime
) -> None:
    publish_plan(session, COORDINATOR, draft(ALL), at=noon, after=0)
    with pytest.raises(Overtaken):
        publish_plan(session, COORDINATOR, draft({"m-1": ["r-2"]}), at=noon, after=0)


def test_who_saw_the_newest_publication_publishes(
    session: Session, draft: Draft, noon: datetime
) -> None:
    publish_plan(session, COORDINATOR, draft(ALL), at=noon)
    made = publish_plan(session, COORDINATOR, draft({"m-1": ["r-2"]}), at=noon, after=1)
    assert made.number == 2


def test_a_draft_that_changes_nothing_stays_a_draft(
    village: Database, session: Session, draft: Draft, noon: datetime
) -> None:
    publish_plan(session, COORDINATOR, draft(ALL), at=noon)
    plan = draft(ALL)
    session.commit()
    with pytest.raises(NothingToDo), village.session() as other:
        publish_plan(other, COORDINATOR, plan, at=noon)
    with village.session() as other:
        assert other.get_one(tables.Plan, plan).state is PlanState.DRAFT


def test_of_two_presses_at_once_one_publishes(
    village: Database, session: Session, draft: Draft, noon: datetime
) -> None:
    plan = draft(ALL)
    session.commit()
    assert _both(village, [plan, plan], noon) == ["NotFound", "published 1"]


def test_of_two_drafts_at_once_one_is_overtaken(
    village: Database, session: Session, draft: Draft, noon: datetime
) -> None:
    plans = [draft(ALL), draft({"m-1": ["r-2"]})]
    session.commit()
    assert _both(village, plans, noon) == ["Overtaken", "published 1"]
    with village.session() as other:
        assert len(other.exec(select(tables.Publication)).all()) == 1
        states = {other.get_one(tables.Plan, plan).state for plan in plans}
    assert states == {PlanState.PUBLISHED, PlanState.DRAFT}


def _both(database: Database, plans: list[int], at: datetime) -> list[str]:
    start = Barrier(len(plans))

    def press(plan: int) -> str:
        start.wait()
        try:
            with database.session() as session:
                return (
                    f"published {publish_plan(session, COORDINATOR, plan, at=at, after=0).number}"
                )
        except (NotFound, Overtaken) as refusal:
            return type(refusal).__name__

    with ThreadPoolExecutor(len(plans)) as pool:
        return sorted(pool.map(press, plans))


def test_publications_never_share_a_second(session: Session, draft: Draft, noon: datetime) -> None:
    publish_plan(session, COORDINATOR, draft(ALL), at=noon)
    made = publish_plan(session, COORDINATOR, draft({"m-1": ["r-2"]}), at=noon, after=1)
    assert made.published_at == noon + timedelta(seconds=1)
    assert published.publications(session, COORDINATOR)[0].number == 2
