"""The live account's data: just what the publications in between changed."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlmodel import Session

from calendars.identity import href
from scheduler.db.engine import Database
from scheduler.domain.access import COORDINATOR
from scheduler.domain.secrets import SecretKey
from scheduler.flows.access.accounts import issue_account
from scheduler.flows.calendar_builder import Publisher
from scheduler.flows.feeds.calendar_source import MEETINGS, PublishedCalendars
from scheduler.flows.publishing.publish_plan import publish_plan

PUBLICATION = 10**9
"""How much a publication adds to a revision."""
Draft = Callable[..., int]
Publish = Callable[..., None]


@pytest.fixture
def source(village: Database, noon: datetime) -> PublishedCalendars:
    publisher = Publisher(
        base_url="https://tafel.test", address="agenda@tafel.test", name="Aan Tafel"
    )
    return PublishedCalendars(village, publisher, SecretKey(b"k" * 32), lambda: noon)


@pytest.fixture
def publish(session: Session, draft: Draft, noon: datetime) -> Publish:
    def make(**people: list[str]) -> None:
        plan = draft({meeting.replace("_", "-"): those for meeting, those in people.items()})
        publish_plan(session, COORDINATOR, plan, at=noon)
        session.commit()

    return make


def _hrefs(*meetings: str) -> set[str]:
    return {href(f"{meeting}@test.invalid") for meeting in meetings}


def _changed(source: PublishedCalendars, since: int) -> set[str] | None:
    found = source.changed_since("r-1", MEETINGS, since * PUBLICATION)
    return None if found is None else set(found)


def test_the_revision_rises_with_a_publication(
    source: PublishedCalendars, publish: Publish
) -> None:
    assert [each.revision for each in source.calendars("r-1")] == [0, 0]
    publish(m_1=["r-1"])
    assert [each.revision for each in source.calendars("r-1")] == [PUBLICATION, 0]


def test_the_items_are_ones_own(source: PublishedCalendars, publish: Publish) -> None:
    publish(m_1=["r-1"], m_2=["r-3"])
    assert {item.href for item in source.items("r-1", MEETINGS)} == _hrefs("m-1")
    assert {item.href for item in source.items("r-3", MEETINGS)} == _hrefs("m-2")


def test_what_came_changed_or_went_is_named(source: PublishedCalendars, publish: Publish) -> None:
    publish(m_1=["r-1"], m_2=["r-1"], m_3=["r-3"])
    publish(m_1=["r-3"], m_2=["r-1", "r-3"], m_3=["r-1"])
    assert _changed(source, 1) == _hrefs("m-1", "m-2", "m-3")
    assert {item.href for item in source.items("r-1", MEETINGS)} == _hrefs("m-2", "m-3")


def test_what_stayed_is_not_named(source: PublishedCalendars, publish: Publish) -> None:
    publish(m_1=["r-1"], m_2=["r-1"], m_3=["r-3"])
    publish(m_1=["r-1"], m_2=["r-2"], m_3=["r-2"])
    assert _changed(source, 1) == _hrefs("m-2")
    assert _changed(source, 2) == set()


def test_a_publication_that_is_not_there_yet_has_no_changes_to_tell(
    source: PublishedCalendars, publish: Publish
) -> None:
    publish(m_1=["r-1"])
    assert _changed(source, 7) is None


def test_the_password_names_the_owner(
    source: PublishedCalendars, session: Session, noon: datetime
) -> None:
    issued = issue_account(session, COORDINATOR, "r-1", "https://tafel.test", at=noon)
    session.commit()
    assert source.authenticate("r-1", issued.password, "iOS/18.1") == "r-1"
    assert source.authenticate("r-1", "wrong", "iOS/18.1") is None
