from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session, select

from scheduler.db.audits import recent
from scheduler.db.tables import (
    Account,
    Assignment,
    Feed,
    Interest,
    Mandate,
    Meeting,
    Pin,
    Plan,
    PlannedMeeting,
    Publication,
    PublishedAttendance,
    PublishedMeeting,
    Representative,
    SignInLink,
    Slot,
    Voice,
)
from scheduler.db.tables import Session as SignedIn
from scheduler.domain.access import COORDINATOR, SYSTEM, Actor
from scheduler.domain.errors import NotAllowed
from scheduler.domain.terms import FeedKind, Part, PlanState, Role
from scheduler.flows.access.accounts import issue_account
from scheduler.flows.planning.plan_period import Wish, queue_plan
from scheduler.flows.province.sample_year import SampleCounts, add_sample_year, remove_sample
from scheduler.flows.publishing.publish_plan import publish_plan

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
LATER = datetime(2026, 11, 25, 9, tzinfo=UTC)
Contents = Callable[[Session], dict[str, list[tuple[object, ...]]]]
WISH = Wish(first_day=date(2027, 1, 1), last_day=date(2027, 12, 31), time_limit_seconds=1)


def queued(session: Session) -> Plan:
    return session.get_one(Plan, queue_plan(session, SYSTEM, WISH, at=AT))


def draft(session: Session, attendances: dict[str, str | None]) -> Plan:
    """A plan in which each of these meetings has one attendee, who speaks for itself, or none."""
    plan = queued(session)
    plan.state = PlanState.DRAFT
    for meeting, representative in attendances.items():
        slot = 0 if representative else None
        session.add(PlannedMeeting(plan_id=plan.id, meeting_id=meeting, slot_position=slot))
        session.flush()
        if representative is None:
            continue
        own = session.get_one(Representative, representative).organisation_id
        names = {"plan_id": plan.id, "meeting_id": meeting, "organisation_id": own}
        session.add(Voice(**names, speaker_id=own))
        session.add(
            Assignment(
                plan_id=plan.id,
                meeting_id=meeting,
                representative_id=representative,
                part=Part.ATTENDEE,
                online=False,
                travel_minutes=10,
            )
        )
    session.flush()
    return plan


def add_real(session: Session) -> None:
    """A real person, a real mandate and a real meeting beside the sample."""
    person = session.get_one(Representative, "r-001").model_dump()
    session.add(Representative(**person | {"id": "r-real", "is_sample": False}))
    mandate = session.get_one(Mandate, "md-07").model_dump()
    session.add(Mandate(**mandate | {"id": "md-real", "is_sample": False}))
    meeting = session.get_one(Meeting, "m-0001").model_dump()
    session.add(Meeting(**meeting | {"id": "m-real", "uid": "real", "is_sample": False}))
    session.flush()
    slot = session.get_one(Slot, ("m-0001", 0)).model_dump()
    session.add(Slot(**slot | {"meeting_id": "m-real"}))
    session.add(Interest(meeting_id="m-real", organisation_id=person["organisation_id"], weight=1))
    session.flush()


def test_the_province_is_back_to_what_was_loaded(
    loaded: Session, sampled: Session, contents: Contents
) -> None:
    counts = remove_sample(sampled, SYSTEM, at=LATER)
    assert counts == SampleCounts(representatives=50, mandates=12, meetings=392)
    assert contents(sampled) == contents(loaded)


def test_plans_publications_and_ways_in_go_with_it(
    loaded: Session, sampled: Session, contents: Contents
) -> None:
    nobody = {f"m-{number:04}": None for number in range(1, 393)}
    publish_plan(sampled, SYSTEM, draft(sampled, nobody).id, at=AT)
    draft(sampled, {"m-0001": "r-002"})
    queued(sampled)
    sampled.add(Pin(meeting_id="m-0001", representative_id="r-001"))
    issue_account(sampled, COORDINATOR, "r-001", "https://example.invalid", at=AT)
    subject = {"role": Role.REPRESENTATIVE, "subject_id": "r-001", "expires_at": LATER}
    sampled.add(SignInLink(token_hash="a", **subject))
    sampled.add(SignedIn(token_hash="b", id="se-b", created_at=AT, seen_at=AT, **subject))
    sampled.add(Feed(id="f-1", kind=FeedKind.REPRESENTATIVE, subject_id="r-001", created_at=AT))
    counts = remove_sample(sampled, SYSTEM, at=LATER)
    assert (counts.plans, counts.publications) == (3, 1)
    assert contents(sampled) == contents(loaded)


def test_the_log_stays_and_says_what_went(sampled: Session) -> None:
    remove_sample(sampled, COORDINATOR, at=LATER)
    newest = recent(sampled, COORDINATOR)[0]
    assert (newest.act, newest.role) == ("remove", Role.COORDINATOR)
    assert newest.detail == "50 representatives, 12 mandates, 392 meetings"


def test_without_a_sample_nothing_is_removed_or_logged(loaded: Session, contents: Contents) -> None:
    before = contents(loaded)
    assert remove_sample(loaded, SYSTEM, at=LATER) == SampleCounts()
    assert contents(loaded) == before
    assert [audit.act for audit in recent(loaded, COORDINATOR)] == ["load"]


def test_what_is_not_sample_stays(sampled: Session) -> None:
    add_real(sampled)
    remove_sample(sampled, SYSTEM, at=LATER)
    assert sampled.exec(select(Representative.id)).all() == ["r-real"]
    assert sampled.exec(select(Mandate.id)).all() == ["md-real"]
    assert sampled.exec(select(Meeting.id)).all() == ["m-real"]
    assert sampled.exec(select(Slot.meeting_id)).all() == ["m-real"]


def test_ways_in_of_others_stay(sampled: Session) -> None:
    add_real(sampled)
    issue_account(sampled, COORDINATOR, "r-real", "https://example.invalid", at=AT)
    town = {"role": Role.MUNICIPALITY, "subject_id": "GM0106", "expires_at": LATER}
    sampled.add(SignInLink(token_hash="town", **town))
    for kind, subject in (
        (FeedKind.REPRESENTATIVE, "r-real"),
        (FeedKind.MUNICIPALITY, "GM0106"),
        (FeedKind.ORGANISATION, "mevm"),
    ):
        sampled.add(Feed(id=f"f-{subject}", kind=kind, subject_id=subject, created_at=AT))
    remove_sample(sampled, SYSTEM, at=LATER)
    assert len(sampled.exec(select(Account)).all()) == 1
    assert len(sampled.exec(select(SignInLink)).all()) == 1
    assert len(sampled.exec(select(Feed)).all()) == 3


def test_a_publication_with_a_real_meeting_stays_with_that_meeting_alone(sampled: Session) -> None:
    add_real(sampled)
    plan = draft(sampled, {"m-0001": None, "m-real": "r-real"})
    publish_plan(sampled, SYSTEM, plan.id, at=AT)
    counts = remove_sample(sampled, SYSTEM, at=LATER)
    assert (counts.plans, counts.publications) == (0, 0)
    assert sampled.exec(select(PublishedMeeting.meeting_id)).all() == ["m-real"]
    assert sampled.exec(select(PublishedAttendance.representative_id)).all() == ["r-real"]
    assert sampled.exec(select(Publication.number)).all() == [1]


def test_a_publication_of_the_sample_alone_stays_while_another_holds_a_real_meeting(
    sampled: Session,
) -> None:
    add_real(sampled)
    publish_plan(sampled, SYSTEM, draft(sampled, {"m-0001": None}).id, at=AT)
    publish_plan(sampled, SYSTEM, draft(sampled, {"m-real": "r-real"}).id, at=AT)
    remove_sample(sampled, SYSTEM, at=LATER)
    assert sampled.exec(select(Publication.number)).all() == [1, 2]
    assert sampled.exec(select(PublishedMeeting.first_publication)).all() == [2]


def test_a_draft_goes_when_a_sample_meeting_or_person_is_in_it(sampled: Session) -> None:
    add_real(sampled)
    by_meeting = draft(sampled, {"m-real": "r-real", "m-0001": "r-real"})
    by_person = draft(sampled, {"m-real": "r-001"})
    without = draft(sampled, {"m-real": "r-real"})
    asked_for = queued(sampled)
    remaining = [without.id, asked_for.id]
    assert {by_meeting.id, by_person.id}.isdisjoint(remaining)
    counts = remove_sample(sampled, SYSTEM, at=LATER)
    assert counts.plans == 2
    assert sampled.exec(select(Plan.id).order_by(Plan.id)).all() == remaining


def test_it_can_be_added_again_in_the_same_session(sampled: Session, contents: Contents) -> None:
    held = sampled.get_one(Meeting, "m-0001")
    remove_sample(sampled, SYSTEM, at=LATER)
    add_sample_year(sampled, SYSTEM, year=2027, seed=1, at=LATER)
    assert sampled.get_one(Meeting, "m-0001").uid == held.uid
    assert len(contents(sampled)["meeting"]) == 392


def test_only_who_plans_for_all_removes_a_sample(sampled: Session) -> None:
    with pytest.raises(NotAllowed):
        remove_sample(sampled, Actor(Role.MUNICIPALITY, "GM0106"), at=LATER)
