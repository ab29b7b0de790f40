"""Who votes for whom stands at opening: present, by a mandate in force, or by its own board."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from sqlmodel import Session, select

from scheduler.db import tables
from scheduler.db.votes import VoteView
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.errors import NotAllowed, NotFound, NothingToDo
from scheduler.domain.terms import (
    Level,
    MandatePower,
    MandateState,
    MeetingState,
    Participation,
    Role,
    WeightRule,
)
from scheduler.flows.voting import BadVote, open_vote, votable

Opened = Callable[..., str]
Seen = Callable[..., VoteView]


def _casters(view: VoteView) -> dict[str, tuple[str, str]]:
    return {each.organisation.id: (each.caster.id, each.mandate_id) for each in view.voters}


def test_who_is_there_votes_itself_and_who_gave_a_mandate_through_its_holder(
    opened: Opened, seen: Seen
) -> None:
    assert _casters(seen(opened())) == {
        "federatie": ("federatie", ""),
        "mevm": ("mevm", ""),
        "sbde": ("federatie", "md-sbde"),
    }


def test_a_mandate_that_has_ended_by_that_day_counts_no_more(
    ledger: Session, opened: Opened, seen: Seen
) -> None:
    ledger.get_one(tables.Mandate, "md-sbde").last_day = date(2027, 3, 1)
    assert _casters(seen(opened()))["sbde"] == ("sbde", "")


def test_a_mandate_on_its_last_day_still_counts(
    ledger: Session, opened: Opened, seen: Seen
) -> None:
    ledger.get_one(tables.Mandate, "md-sbde").last_day = date(2027, 3, 2)
    assert _casters(seen(opened()))["sbde"] == ("federatie", "md-sbde")


def test_a_mandate_withdrawn_after_opening_changes_nothing_any_more(
    ledger: Session, opened: Opened, seen: Seen
) -> None:
    vote = opened()
    ledger.delete(ledger.get_one(tables.Mandate, "md-sbde"))
    ledger.flush()
    assert _casters(seen(vote))["sbde"] == ("federatie", "md-sbde")


def test_a_mandate_given_to_who_isnt_there_leaves_the_vote_with_the_giver(
    ledger: Session, opened: Opened, seen: Seen
) -> None:
    there = ledger.exec(
        select(tables.PublishedAttendance).where(
            tables.PublishedAttendance.representative_id == "r4"
        )
    )
    for each in there:
        ledger.delete(each)
    ledger.flush()
    assert _casters(seen(opened()))["sbde"] == ("sbde", "")


@pytest.mark.parametrize(
    ("power", "caster"),
    [
        (MandatePower.DECIDES, "federatie"),
        (MandatePower.ADVISES, "federatie"),
        (MandatePower.PASSES_ON, "sbde"),
        (MandatePower.LISTENS, "sbde"),
    ],
)
def test_who_may_only_pass_on_or_listen_casts_no_vote(
    ledger: Session, opened: Opened, seen: Seen, power: MandatePower, caster: str
) -> None:
    ledger.get_one(tables.Mandate, "md-sbde").power = power
    assert _casters(seen(opened()))["sbde"][0] == caster


def test_a_mandate_that_was_only_proposed_gives_no_vote(
    ledger: Session, opened: Opened, seen: Seen
) -> None:
    ledger.get_one(tables.Mandate, "md-sbde").state = MandateState.PROPOSED
    assert _casters(seen(opened()))["sbde"] == ("sbde", "")


def test_of_two_mandates_the_one_of_who_speaks_by_the_plan_gives_the_vote(
    ledger: Session, opened: Opened, seen: Seen
) -> None:
    first = ledger.get_one(tables.Mandate, "md-sbde")
    ledger.add(
        tables.Mandate(
            id="md-a",
            giver_id="sbde",
            holder_id="mevm",
            everywhere=True,
            first_day=first.first_day,
            last_day=first.last_day,
        )
    )
    ledger.flush()
    assert _casters(seen(opened()))["sbde"] == ("federatie", "md-sbde")


def test_who_takes_part_by_itself_alone_votes_through_nobody(
    ledger: Session, opened: Opened, seen: Seen, now: datetime
) -> None:
    ledger.add(
        tables.ParticipationChoice(
            id="pc-1",
            organisation_id="sbde",
            level=Level.PROVINCE,
            choice=Participation.SELF,
            reason="",
            first_day=date(2027, 1, 1),
            ask_on=date(2028, 1, 1),
            role=Role.BOARD,
            chosen_at=now,
        )
    )
    ledger.flush()
    assert _casters(seen(opened()))["sbde"] == ("sbde", "")


def test_mandates_dont_chain(ledger: Session, opened: Opened, seen: Seen) -> None:
    """SBDE lets the federation speak, which lets MEVM; MEVM doesn't vote for SBDE by that."""
    mandate = ledger.get_one(tables.Mandate, "md-federatie")
    mandate.everywhere = True
    ledger.delete(ledger.get_one(tables.MandateMunicipality, ("md-federatie", "GM1730")))
    there = ledger.exec(
        select(tables.PublishedAttendance).where(
            tables.PublishedAttendance.representative_id == "r4"
        )
    )
    for each in there:
        ledger.delete(each)
    ledger.flush()
    casters = _casters(seen(opened()))
    assert casters["federatie"] == ("mevm", "md-federatie")
    assert casters["sbde"] == ("sbde", "")


def test_who_sits_at_the_table_votes_itself_whatever_mandate_it_gave(
    ledger: Session, opened: Opened, seen: Seen
) -> None:
    ledger.get_one(tables.Mandate, "md-federatie").everywhere = True
    assert _casters(seen(opened()))["federatie"] == ("federatie", "")


def test_weights_are_frozen_at_opening(ledger: Session, opened: Opened, seen: Seen) -> None:
    vote = opened(weight_rule=WeightRule.DWELLINGS_OR_DEFAULT)
    for row in ledger.exec(select(tables.Dwellings)):
        row.number, row.source = 1, "later"
    ledger.get_one(tables.Table, "t-urgentie").weight_rule = WeightRule.EQUAL
    ledger.flush()
    view = seen(vote)
    assert view.rules.weight is WeightRule.DWELLINGS_OR_DEFAULT
    assert {each.organisation.id: each.voter.dwellings for each in view.voters} == {
        "federatie": 9_699,
        "mevm": 500,
        "sbde": 1_800,
    }


def test_who_goes_opens_a_vote_and_nobody_else(opened: Opened, board: Callable) -> None:
    assert opened(Actor(Role.REPRESENTATIVE, "r12"))
    with pytest.raises(NotAllowed):
        opened(board("sbde"))
    with pytest.raises(NotAllowed):
        opened(Actor(Role.REPRESENTATIVE, "r27"))  # the deputy stands by, and doesn't go


def test_opening_twice_is_one_vote(ledger: Session, item: Callable[[], str], now: datetime) -> None:
    name = item()
    first = open_vote(ledger, COORDINATOR, "m-urgentie", name, at=now, proposal=" Eén regel ")
    assert open_vote(ledger, COORDINATOR, "m-urgentie", name, at=now) == first
    assert ledger.get_one(tables.Vote, first).proposal == "Eén regel"


def test_a_table_that_doesnt_vote_opens_none(
    ledger: Session, opened: Opened, item: Callable[[], str], now: datetime
) -> None:
    with pytest.raises(NothingToDo):
        opened(votes=False)
    ledger.get_one(tables.Meeting, "m-urgentie").table_id = None
    with pytest.raises(NothingToDo):
        open_vote(ledger, COORDINATOR, "m-urgentie", item(), at=now)


def test_no_vote_at_a_meeting_that_is_off(ledger: Session, opened: Opened, seen: Seen) -> None:
    meeting = seen(opened()).meeting
    assert votable(ledger, COORDINATOR, meeting) == ()
    row = ledger.exec(
        select(tables.PublishedMeeting).where(tables.PublishedMeeting.meeting_id == "m-urgentie")
    ).one()
    row.state = MeetingState.CANCELLED
    ledger.flush()
    with pytest.raises(NothingToDo):
        opened()


def test_only_items_without_a_vote_can_be_voted_on(
    ledger: Session, opened: Opened, seen: Seen, item: Callable[[], str], board: Callable
) -> None:
    vote, other = opened(), item()
    assert [each.id for each in votable(ledger, COORDINATOR, seen(vote).meeting)] == [other]
    assert votable(ledger, board("sbde"), seen(vote).meeting) == ()


def test_an_item_of_another_meeting_isnt_there(
    ledger: Session, opened: Opened, now: datetime
) -> None:
    opened()
    with pytest.raises(NotFound):
        open_vote(ledger, COORDINATOR, "m-vries", "ag-0", at=now)


def test_a_proposal_has_its_length(ledger: Session, item: Callable[[], str], now: datetime) -> None:
    with pytest.raises(BadVote):
        open_vote(ledger, COORDINATOR, "m-urgentie", item(), at=now, proposal="x" * 501)


def test_a_meeting_that_concerns_nobody_has_nobody_to_vote(ledger: Session, opened: Opened) -> None:
    for each in ledger.exec(select(tables.PublishedVoice)):
        ledger.delete(each)
    ledger.flush()
    with pytest.raises(NothingToDo):
        opened()


@pytest.mark.parametrize(
    ("meeting", "wanted"),
    [("m-emmen", {"federatie": 9_699, "sbde": 1_800}), ("m-bod", {"mevm": None})],
)
def test_at_a_municipality_the_dwellings_there_count(
    ledger: Session,
    item: Callable[[], str],
    now: datetime,
    seen: Seen,
    meeting: str,
    wanted: dict[str, int | None],
) -> None:
    row = ledger.get_one(tables.Meeting, meeting)
    ledger.get_one(tables.Table, row.table_id).votes = True
    name = item()
    ledger.get_one(tables.AgendaItem, name).meeting_id = meeting
    ledger.flush()
    view = seen(open_vote(ledger, COORDINATOR, meeting, name, at=now))
    assert {each.organisation.id: each.voter.dwellings for each in view.voters} == wanted
