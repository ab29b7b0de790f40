"""Giving input: versions stay, late input lands, and what was typed is never lost."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from scheduler.db.input import drafts_at, newest_versions, versions_of
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.errors import NotFound, SpentLink
from scheduler.domain.links import Links
from scheduler.domain.secrets import SecretKey
from scheduler.domain.terms import Role, Stance
from scheduler.flows.agenda.items import remove_item, restore_item
from scheduler.flows.input.author import author_of, open_input_link
from scheduler.flows.input.errors import InputClosed
from scheduler.flows.input.form import ABSTAINS, REASON, STANCE, field_of
from scheduler.flows.input.give import form_now, keep_input_draft, own_occasion
from scheduler.flows.requests.request_reading import BadRequest

MEETING, DAYS = "m-urgentie", 10
SBDE = Actor(Role.BOARD, "sbde")
BEGINS = datetime(2027, 4, 21, 11, 30, tzinfo=UTC)
LAST_MOMENT = datetime(2027, 4, 11, 21, 59, tzinfo=UTC)


def test_a_change_is_a_version_and_the_same_again_is_none(
    session: Session, items: tuple[str, str], give: Callable[..., int]
) -> None:
    assert [give("sbde", "voor"), give("sbde", "voor"), give("sbde", "tegen")] == [1, 1, 2]
    versions = versions_of(session, SBDE, MEETING, "sbde")
    assert [each.number for each in versions] == [2, 1]
    assert [each.positions[items[0]].stance for each in versions] == [Stance.AGAINST, Stance.FOR]
    assert versions[0].given_by == "bestuur"


def test_input_counts_as_late_from_the_day_after_the_last(
    session: Session, give: Callable[..., int]
) -> None:
    give("sbde", "voor", at=LAST_MOMENT)
    give("mevm", "voor", at=LAST_MOMENT + timedelta(minutes=1))
    found = newest_versions(session, COORDINATOR, MEETING)
    assert (found["sbde"].late, found["mevm"].late) == (False, True)


def test_once_the_meeting_has_begun_nothing_changes(
    session: Session, give: Callable[..., int]
) -> None:
    give("sbde", "voor", at=BEGINS - timedelta(seconds=1))
    with pytest.raises(InputClosed):
        give("sbde", "tegen", at=BEGINS)
    assert len(versions_of(session, SBDE, MEETING, "sbde")) == 1


def test_for_if_needs_its_condition_and_words_need_a_stance(
    items: tuple[str, str], give: Callable[..., int]
) -> None:
    with pytest.raises(BadRequest) as refused:
        give("sbde", "voor-als", **{field_of(REASON, items[1]): "Omdat het zo is"})
    assert {fault.field for fault in refused.value.faults} == {
        f"als-{items[0]}",
        f"standpunt-{items[1]}",
    }


def test_an_empty_form_says_nothing(give: Callable[..., int]) -> None:
    with pytest.raises(BadRequest):
        give("sbde")


def test_taking_no_part_is_an_answer(session: Session, give: Callable[..., int]) -> None:
    assert give("sbde", **{ABSTAINS: "ja"}) == 1
    found = newest_versions(session, COORDINATOR, MEETING)["sbde"]
    assert (found.abstains, dict(found.positions)) == (True, {})


def test_an_organisation_that_isnt_concerned_gives_none(session: Session) -> None:
    with pytest.raises(NotFound):
        own_occasion(session, author_of(session, Actor(Role.BOARD, "mevm")), "m-emmen", DAYS)


def test_colleagues_see_each_others_drafts_and_nobody_else_does(
    session: Session, items: tuple[str, str], now: datetime, give: Callable[..., int]
) -> None:
    own = author_of(session, Actor(Role.REPRESENTATIVE, "r27"))
    occasion = own_occasion(session, own, MEETING, DAYS)
    words = {field_of(STANCE, items[0]): "tegen", field_of(REASON, items[0]): "Te vroeg"}
    keep_input_draft(session, own, occasion, words | {"vreemd": "veld"}, at=now)
    board = author_of(session, SBDE)
    drafts = drafts_at(session, SBDE, MEETING, "sbde")
    assert [(each.author_name, dict(each.typed)) for each in drafts] == [
        ("Afgevaardigde 27", words)
    ]
    assert form_now(session, board, occasion) == {}
    assert form_now(session, board, occasion, "r27") == words
    for stranger in (COORDINATOR, Actor(Role.BOARD, "mevm"), Actor(Role.MUNICIPALITY, "GM0114")):
        with pytest.raises(NotFound):
            drafts_at(session, stranger, MEETING, "sbde")
    give("sbde", "voor")
    assert len(drafts_at(session, SBDE, MEETING, "sbde")) == 1


def test_what_was_said_of_an_item_comes_back_with_it(
    session: Session, items: tuple[str, str], now: datetime, give: Callable[..., int]
) -> None:
    give("sbde", "tegen", "voor")
    remove_item(session, COORDINATOR, items[0], at=now)
    restore_item(session, COORDINATOR, items[0], at=now)
    found = newest_versions(session, COORDINATOR, MEETING)["sbde"]
    assert found.positions[items[0]].stance is Stance.AGAINST


def test_a_link_that_isnt_ours_opens_nothing(session: Session, now: datetime) -> None:
    links = Links(SecretKey(b"k" * 32))
    with pytest.raises(SpentLink):
        open_input_link(session, links, "bm9uZQ.fout", at=now)


CHOICES = ("", "voor", "tegen", "geen-mening", "voor-als: een grens")


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.sampled_from(CHOICES), st.sampled_from(CHOICES)), max_size=5))
def test_versions_number_each_change_and_the_newest_says_the_last_that_was_confirmed(
    session: Session, give: Callable[..., int], steps: list[tuple[str, str]]
) -> None:
    before = versions_of(session, SBDE, MEETING, "sbde")
    said = None
    for step in steps:
        if any(step):
            give("sbde", *step)
            said = step
    versions = versions_of(session, SBDE, MEETING, "sbde")
    assert [each.number for each in versions] == list(range(len(versions), 0, -1))
    assert versions[len(versions) - len(before) :] == before
    if said is not None:
        assert len(versions[0].positions) == sum(map(bool, said))
