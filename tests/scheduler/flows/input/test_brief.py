"""The brief: every position side by side, counted both ways, and nobody's voice merged away."""

from collections.abc import Callable
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, delete

from scheduler.db.tables import PublishedVoice
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.terms import Level, Participation, Role, Stance
from scheduler.flows.input.brief import Brief, brief_of
from scheduler.flows.input.form import ABSTAINS, IMPORTANCE, field_of
from scheduler.flows.input.item_brief import SHOWN
from scheduler.flows.input.sayings import sayings
from scheduler.flows.mandates.hand import hand_of
from scheduler.flows.mandates.take_part import WantedChoice, choose_participation

MEETING, DAYS = "m-urgentie", 10
Give = Callable[..., int]


@pytest.fixture
def read(session: Session, now: datetime) -> Callable[..., Brief]:
    def make(reader: Actor = COORDINATOR) -> Brief:
        return brief_of(session, reader, MEETING, DAYS, at=now)

    return make


def test_positions_stand_side_by_side_with_their_dwellings(
    give: Give, read: Callable[..., Brief]
) -> None:
    give("federatie", "voor")
    give("sbde", "tegen")
    first = read().items[0]
    assert {stance: [h.organisation.id for h in first.groups[stance]] for stance in SHOWN} == {
        Stance.FOR: ["federatie"],
        Stance.FOR_IF: [],
        Stance.AGAINST: ["sbde"],
        Stance.ABSTAIN: [],
    }
    assert [each.organisation.id for each in first.silent] == ["mevm"]
    figures = {h.organisation.id: h.figure for group in first.groups.values() for h in group}
    assert (figures["federatie"].number, figures["federatie"].years) == (9699, ("2015",))
    assert not figures["federatie"].is_estimate
    assert figures["sbde"].is_estimate
    assert first.outcome.unknown == ("mevm",)
    assert first.outcome.dwellings.by_stance[Stance.FOR] == 9699


def test_who_is_against_what_most_want_must_be_heard(
    give: Give, read: Callable[..., Brief]
) -> None:
    give("federatie", "voor")
    give("mevm", "voor")
    give("sbde", "tegen")
    first = read().items[0]
    assert first.most is Stance.FOR
    assert [each.organisation.id for each in first.differing] == ["sbde"]
    assert [each.organisation.id for each in first.must_hear] == ["sbde"]


def test_who_says_that_it_must_be_heard_is(
    give: Give, read: Callable[..., Brief], items: tuple[str, str]
) -> None:
    give("federatie", "voor", **{field_of(IMPORTANCE, items[0]): "moet"})
    give("mevm", "voor")
    first = read().items[0]
    assert first.is_agreed
    assert [each.organisation.id for each in first.must_hear] == ["federatie"]


def test_who_takes_no_part_is_named_and_not_counted(give: Give, read: Callable[..., Brief]) -> None:
    give("federatie", "voor")
    give("sbde", **{ABSTAINS: "ja"})
    brief = read()
    assert [each.organisation.id for each in brief.apart] == ["sbde"]
    assert [each.organisation.id for each in brief.silent] == ["mevm"]
    assert brief.items[0].outcome.organisations.total == 2


def test_nothing_is_promised_for_another_beyond_what_it_said(
    give: Give, read: Callable[..., Brief]
) -> None:
    give("sbde", "voor-als: er een grens is", "tegen")
    brief = read(Actor(Role.REPRESENTATIVE, "r4"))
    said = [
        [each.text.nl for each in sayings(brief, item) if not each.allowed] for item in brief.items
    ]
    assert "Alleen instemmen namens SBDE als dit geldt: er een grens is" in said[0]
    assert "Niet instemmen namens SBDE: die is tegen." in said[1]
    assert all("MEVM" not in sentence for each in said for sentence in each)


CHOICES = ("", "voor", "tegen", "geen-mening", "voor-als: een grens", "niet")


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.tuples(*[st.sampled_from(CHOICES)] * 3))
def test_every_organisation_stands_in_one_place_and_every_weight_is_counted_once(
    session: Session, give: Give, read: Callable[..., Brief], stances: tuple[str, ...]
) -> None:
    for name, stance in zip(("federatie", "mevm", "sbde"), stances, strict=True):
        if stance == "niet":
            give(name, **{ABSTAINS: "ja"})
        elif stance:
            give(name, stance, stance)
    brief = read()
    for item in brief.items:
        placed = [h.organisation.id for group in item.groups.values() for h in group]
        placed += [each.organisation.id for each in (*item.silent, *brief.apart)]
        assert sorted(placed) == ["federatie", "mevm", "sbde"]
        assert item.outcome.organisations.total == 3 - len(brief.apart)
        assert {each.organisation.id for each in item.must_hear} <= set(placed)


@pytest.fixture
def leave_alone(session: Session, now: datetime) -> Callable[[str], None]:
    """An organisation leaves the province's meetings alone."""

    def make(organisation: str) -> None:
        hand = hand_of(session, Actor(Role.BOARD, organisation), at=now)
        choose_participation(
            session,
            hand,
            WantedChoice(
                organisation_id=organisation,
                choice=Participation.OUT,
                reason="Te ver weg",
                first_day=hand.today,
                level=Level.PROVINCE,
            ),
        )

    return make


def test_who_left_such_meetings_alone_in_the_register_is_apart_too(
    give: Give, read: Callable[..., Brief], leave_alone: Callable[[str], None]
) -> None:
    give("federatie", "voor")
    leave_alone("sbde")
    brief = read()
    assert [each.organisation.id for each in brief.apart] == ["sbde"]
    assert [each.organisation.id for each in brief.silent] == ["mevm"]
    assert brief.items[0].outcome.organisations.total == 2


def test_who_is_left_out_of_the_publication_for_it_is_still_named(
    session: Session, give: Give, read: Callable[..., Brief], leave_alone: Callable[[str], None]
) -> None:
    give("federatie", "voor")
    leave_alone("sbde")
    session.exec(delete(PublishedVoice).where(col(PublishedVoice.organisation_id) == "sbde"))
    assert [each.organisation.id for each in read().apart] == ["sbde"]


def test_what_it_says_here_outranks_the_register(
    give: Give, read: Callable[..., Brief], leave_alone: Callable[[str], None]
) -> None:
    leave_alone("sbde")
    give("sbde", "tegen")
    assert read().apart == ()
