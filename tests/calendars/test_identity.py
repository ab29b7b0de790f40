import re

from hypothesis import given
from hypothesis import strategies as st

from calendars.identity import etag, href, revision_of, sync_token


def test_an_href_is_fixed_for_ever() -> None:
    assert href("5f0c@example.org") == "plan-13ac86ee6d56c83e0bc6ec25a2d80b75.ics"


@given(st.text(), st.text())
def test_an_href_can_stand_in_any_address(uid: str, target: str) -> None:
    assert re.fullmatch(r"plan-[0-9a-f]{32}\.ics", href(uid, target))


def test_two_accounts_know_one_meeting_by_different_names() -> None:
    assert href("5f0c@example.org", "account-1") != href("5f0c@example.org", "account-2")


def test_an_etag_changes_with_the_bytes_alone() -> None:
    assert etag(b"one") == etag(b"one")
    assert etag(b"one") != etag(b"two")
    assert re.fullmatch(r'"[0-9a-f]{32}"', etag(b""))


@given(st.integers(min_value=0, max_value=10**17))
def test_a_token_gives_its_revision_back(revision: int) -> None:
    token = sync_token("r1", "overleggen", "", revision)

    assert revision_of(token, "r1", "overleggen", "") == revision


@given(st.text() | st.from_regex(r"urn:x-aantafel:sync:[0-9a-f]{16}:[0-9]*", fullmatch=True))
def test_no_other_text_passes_for_a_token(token: str) -> None:
    assert revision_of(token, "r1", "overleggen", "") is None


def test_a_token_of_another_owner_calendar_or_epoch_is_none_of_ours() -> None:
    token = sync_token("r1", "overleggen", "a", 4)

    assert revision_of(token, "r2", "overleggen", "a") is None
    assert revision_of(token, "r1", "anders", "a") is None
    assert revision_of(token, "r1", "overleggen", "b") is None
    assert revision_of(token.replace(":4", ":04"), "r1", "overleggen", "a") is None
