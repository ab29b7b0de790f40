"""A draft is judged anew when it is published, and what has begun is left as it was."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from scheduler.db import published, tables
from scheduler.domain.access import COORDINATOR, SYSTEM
from scheduler.domain.errors import NothingToDo
from scheduler.domain.terms import PlanState
from scheduler.flows.adjusting import AgainstRules
from scheduler.flows.publishing.judge_draft import judge_draft
from scheduler.flows.publishing.meeting_changes import draft_changes
from scheduler.flows.publishing.publish_plan import publish_plan
from scheduler.flows.publishing.restore_publication import restore_publication
from scheduler.policy import read_policy

Draft = Callable[..., int]
ALL = {"m-1": ["r-1"], "m-2": ["r-1"], "m-3": ["r-3"]}


def busy(session: Session, person: str, meeting: str) -> None:
    slot = session.get_one(tables.Slot, (meeting, 0))
    session.add(
        tables.Busy(
            representative_id=person,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            source="test",
        )
    )
    session.flush()


def test_a_draft_that_the_world_overtook_is_refused_with_the_facts(
    session: Session, draft: Draft, noon: datetime
) -> None:
    publish_plan(session, COORDINATOR, draft(ALL), at=noon)
    plan = draft({"m-2": ["r-2"]})
    busy(session, "r-2", "m-2")
    with pytest.raises(AgainstRules) as refused:
        publish_plan(session, COORDINATOR, plan, at=noon)
    assert len(refused.value.sentences) == 1
    assert "Afgevaardigde 2" in refused.value.sentences[0].nl
    session.rollback()


def test_what_is_broken_already_is_named_and_no_bar(
    session: Session, draft: Draft, noon: datetime
) -> None:
    publish_plan(session, COORDINATOR, draft(ALL), at=noon)
    busy(session, "r-1", "m-1")
    plan = draft({"m-2": ["r-2"]})
    verdict = judge_draft(session, plan, read_policy(), at=noon)
    assert verdict.brings == ()
    assert [each.meeting for each in verdict.remains] == ["m-1"]
    assert publish_plan(session, COORDINATOR, plan, at=noon).number == 2


def test_who_comes_anew_where_the_same_rule_was_broken_makes_it_worse(
    session: Session, draft: Draft, noon: datetime
) -> None:
    person = session.get_one(tables.Representative, "r-1")
    publish_plan(session, COORDINATOR, draft({"m-1": ["r-1"], "m-2": ["r-1"]}), at=noon)
    person.max_meetings_per_month = 1
    with pytest.raises(AgainstRules):
        publish_plan(session, COORDINATOR, draft({"m-3": ["r-1"]}), at=noon)
    session.rollback()


def test_a_restored_publication_is_judged_by_the_world_of_today(
    session: Session, draft: Draft, noon: datetime
) -> None:
    publish_plan(session, COORDINATOR, draft(ALL), at=noon)
    publish_plan(session, COORDINATOR, draft({"m-2": ["r-2"]}), at=noon)
    busy(session, "r-1", "m-2")
    restored = restore_publication(session, COORDINATOR, 1, at=noon)
    with pytest.raises(AgainstRules):
        publish_plan(session, COORDINATOR, restored, at=noon)
    session.rollback()


def test_a_restored_publication_that_breaks_nothing_goes_out(
    session: Session, draft: Draft, noon: datetime
) -> None:
    publish_plan(session, COORDINATOR, draft(ALL), at=noon)
    publish_plan(session, COORDINATOR, draft({"m-2": ["r-2"]}), at=noon)
    restored = restore_publication(session, COORDINATOR, 1, at=noon)
    assert publish_plan(session, COORDINATOR, restored, at=noon).number == 3


def test_a_refused_draft_stays_a_draft(session: Session, draft: Draft, noon: datetime) -> None:
    publish_plan(session, COORDINATOR, draft(ALL), at=noon)
    plan = draft({"m-2": ["r-2"]})
    busy(session, "r-2", "m-2")
    session.commit()
    with pytest.raises(AgainstRules):
        publish_plan(session, COORDINATOR, plan, at=noon)
    session.rollback()
    assert session.get_one(tables.Plan, plan).state is PlanState.DRAFT
    assert published.newest(session).number == 1


def test_a_meeting_that_has_begun_stays_as_it_was_published(
    session: Session, draft: Draft, noon: datetime
) -> None:
    publish_plan(session, COORDINATOR, draft(ALL), at=noon)
    plan = draft({"m-1": ["r-2"], "m-2": ["r-2"]})
    begun = session.get_one(tables.Slot, ("m-1", 0)).starts_at
    told = draft_changes(session, COORDINATOR, plan, at=begun)
    assert [each.after.meeting_id for each in told.changes] == ["m-2"]
    assert [each.meeting_id for each in told.too_late] == ["m-1"]
    publish_plan(session, COORDINATOR, plan, at=begun)
    people = [
        published.published_meeting(session, SYSTEM, name).attendees[0].representative_id
        for name in ("m-1", "m-2")
    ]
    assert people == ["r-1", "r-2"]


def test_a_meeting_that_begins_a_minute_later_goes_along(
    session: Session, draft: Draft, noon: datetime
) -> None:
    publish_plan(session, COORDINATOR, draft(ALL), at=noon)
    plan = draft({"m-1": ["r-2"]})
    before = session.get_one(tables.Slot, ("m-1", 0)).starts_at - timedelta(minutes=1)
    assert len(draft_changes(session, COORDINATOR, plan, at=before).changes) == 1


def test_a_draft_of_begun_meetings_alone_publishes_nothing(
    session: Session, draft: Draft, noon: datetime
) -> None:
    publish_plan(session, COORDINATOR, draft(ALL), at=noon)
    plan = draft({"m-1": ["r-2"]})
    begun = session.get_one(tables.Slot, ("m-1", 0)).starts_at
    with pytest.raises(NothingToDo):
        publish_plan(session, COORDINATOR, plan, at=begun)
    session.rollback()


def test_a_made_up_year_is_published_with_its_past(
    session: Session, draft: Draft, noon: datetime
) -> None:
    late = session.get_one(tables.Slot, ("m-2", 0)).starts_at
    publish_plan(session, COORDINATOR, draft(ALL), at=late, with_past=True)
    assert len(draft_changes(session, COORDINATOR, draft(ALL)).changes) == 0
