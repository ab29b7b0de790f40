"""Whom a change touches, and which come too late to rely on a calendar."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from scheduler.db import tables
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.errors import NotAllowed
from scheduler.domain.terms import ChangeKind, MeetingState, Role
from scheduler.flows.publishing.meeting_changes import (
    ChangeList,
    draft_changes,
    publication_changes,
)
from scheduler.flows.publishing.publish_plan import publish_plan

Draft = Callable[..., int]
ALL = {"m-1": ["r-1"], "m-2": ["r-1"], "m-3": ["r-3"]}
FIRST = datetime.fromisoformat("2027-03-04T09:00:00+00:00")


@pytest.fixture
def changed(session: Session, draft: Draft, noon: datetime) -> Callable[..., ChangeList]:
    """What a draft would change of publication 1, in which everybody speaks for themselves."""
    publish_plan(session, COORDINATOR, draft(ALL), at=noon)

    def of(attendees: dict[str, list[str]], **rest: object) -> ChangeList:
        return draft_changes(session, COORDINATOR, draft(attendees, **rest))

    return of


def test_the_same_again_changes_nothing(changed: Callable[..., ChangeList]) -> None:
    assert changed(ALL).changes == ()


def test_who_comes_and_who_goes_are_told(changed: Callable[..., ChangeList]) -> None:
    (change,) = changed({"m-1": ["r-2"]}).changes
    assert change.kinds == {ChangeKind.ATTENDEES}
    assert change.told == {"r-1", "r-2"}


def test_who_stays_at_the_table_isnt_told(changed: Callable[..., ChangeList]) -> None:
    (change,) = changed({"m-1": ["r-1", "r-2"]}).changes
    assert change.told == {"r-2"}


def test_who_speaks_for_others_than_before_is_told(changed: Callable[..., ChangeList]) -> None:
    voices = {"m-1": {"mevm": "mevm", "samensterk": "mevm"}}
    (change,) = changed({"m-1": ["r-1"]}, voices=voices).changes
    assert change.kinds == {ChangeKind.VOICES}
    assert change.told == {"r-1"}
    assert change.revoiced == (("samensterk", None, "mevm"),)


def test_a_deputy_is_told_and_the_municipality_notices_nothing(
    changed: Callable[..., ChangeList],
) -> None:
    found = changed({"m-1": ["r-1"]}, deputies={"m-1": "r-2"})
    assert found.changes[0].told == {"r-2"}
    assert found.told_municipalities == frozenset()


def test_everybody_there_is_told_that_it_is_off(
    session: Session, changed: Callable[..., ChangeList]
) -> None:
    session.get_one(tables.Meeting, "m-1").state = MeetingState.CANCELLED
    found = changed({"m-2": ["r-1"]})
    assert [set(each.kinds) for each in found.changes] == [{ChangeKind.CANCELLED}]
    assert found.told == {"r-1"}
    assert found.told_municipalities == {"GM0106"}


@pytest.mark.parametrize(
    ("before", "is_urgent"),
    [
        (timedelta(hours=48), False),
        (timedelta(hours=47, minutes=59), True),
        (timedelta(0), True),
        (timedelta(hours=-1), False),
    ],
)
def test_two_days_before_it_is_urgent(
    changed: Callable[..., ChangeList], before: timedelta, is_urgent: bool
) -> None:
    found = changed({"m-1": ["r-2"]})
    assert bool(found.urgent(FIRST - before)) is is_urgent


def test_a_publication_tells_its_changes_later_as_well(
    session: Session, draft: Draft, noon: datetime
) -> None:
    publish_plan(session, COORDINATOR, draft(ALL), at=noon)
    publish_plan(session, COORDINATOR, draft({"m-1": ["r-2"]}), at=noon)
    publish_plan(session, COORDINATOR, draft({"m-1": ["r-3"]}), at=noon)
    (change,) = publication_changes(session, COORDINATOR, 2).changes
    assert (change.attendees(change.before), change.attendees(change.after)) == (("r-1",), ("r-2",))
    first = publication_changes(session, COORDINATOR, 1)
    assert {change.before for change in first.changes} == {None}
    assert first.told == {"r-1", "r-3"}


def test_only_who_plans_for_all_reads_changes(
    session: Session, draft: Draft, noon: datetime
) -> None:
    other = Actor(Role.REPRESENTATIVE, "r-1")
    with pytest.raises(NotAllowed):
        draft_changes(session, other, draft(ALL))
    with pytest.raises(NotAllowed):
        publication_changes(session, other, 1)
