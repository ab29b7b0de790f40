"""A mandate counts once both boards agreed, as their rules say, and until it ends."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlmodel import Session, select

from scheduler.db import mandates as known
from scheduler.db import tables
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.errors import BadInput, NotAllowed, NotFound, NothingToDo, SpentLink
from scheduler.domain.terms import MandateAct, MandateState, Role
from scheduler.flows.mail.prepare_mail import prepare_mail
from scheduler.flows.mandates.consent import agree, missing, refuse
from scheduler.flows.mandates.end import renew, withdraw
from scheduler.flows.mandates.errors import BadMandate
from scheduler.flows.mandates.hand import Hand, hand_of
from scheduler.flows.mandates.letters_queue import queue_endings
from scheduler.flows.mandates.links import mandate_link, open_mandate_link
from scheduler.flows.mandates.propose import Wanted, propose_mandate
from scheduler.flows.problem_builder.people import mandates as planned
from scheduler.mail import Office

Hands = Callable[[str, str], Hand]


def acts(session: Session, mandate_id: str) -> list[MandateAct]:
    return [each.act for each in known.history(session, COORDINATOR, mandate_id)]


def test_a_proposal_counts_only_once_both_boards_agreed(
    session: Session, hands: Hands, wanted: Wanted
) -> None:
    made = propose_mandate(session, hands("samensterk", "voorzitter"), wanted)
    assert planned(session) == ()
    assert agree(session, hands("mevm", "secretaris"), made) is MandateState.AGREED
    assert [(each.giver, each.holder) for each in planned(session)] == [("samensterk", "mevm")]
    assert acts(session, made) == [MandateAct.PROPOSED, MandateAct.AGREED, MandateAct.AGREED]


def test_the_same_proposal_twice_is_one(
    session: Session, coordinator: Hand, wanted: Wanted
) -> None:
    made = propose_mandate(session, coordinator, wanted)
    assert propose_mandate(session, coordinator, wanted) == made


def test_two_members_have_to_be_two(session: Session, hands: Hands, wanted: Wanted) -> None:
    session.get_one(tables.Organisation, "samensterk").mandate_members = 2
    made = propose_mandate(session, hands("mevm", "voorzitter"), wanted)
    chair, secretary = hands("samensterk", "voorzitter"), hands("samensterk", "secretaris")
    assert agree(session, chair, made) is MandateState.PROPOSED
    assert agree(session, chair, made) is MandateState.PROPOSED
    assert sum(missing(session, known.mandate(session, COORDINATOR, made)).values()) == 1
    assert agree(session, secretary, made) is MandateState.AGREED


def test_who_isnt_known_cant_be_one_of_two(
    session: Session, hands: Hands, wanted: Wanted, noon: datetime
) -> None:
    session.get_one(tables.Organisation, "samensterk").mandate_members = 2
    made = propose_mandate(session, hands("mevm", "voorzitter"), wanted)
    unknown = hand_of(session, Actor(Role.BOARD, "samensterk"), at=noon)
    with pytest.raises(BadInput, match="two members"):
        agree(session, unknown, made)


def test_a_member_of_another_board_isnt_one_of_this(
    session: Session, members: dict[tuple[str, str], str], noon: datetime
) -> None:
    actor = Actor(Role.BOARD, "mevm")
    foreign = members["samensterk", "voorzitter"]
    assert hand_of(session, actor, at=noon, member_id=foreign).member_id == ""


def test_one_no_is_enough(session: Session, hands: Hands, wanted: Wanted) -> None:
    made = propose_mandate(session, hands("samensterk", "voorzitter"), wanted)
    refuse(session, hands("mevm", "voorzitter"), made, why="Wij kunnen niet")
    assert planned(session) == ()
    with pytest.raises(NothingToDo):
        agree(session, hands("mevm", "secretaris"), made)


def test_the_coordinator_records_what_was_agreed_on_paper(
    session: Session, coordinator: Hand, wanted: Wanted
) -> None:
    made = propose_mandate(session, coordinator, wanted)
    agree(session, coordinator, made)
    assert acts(session, made) == [MandateAct.PROPOSED, MandateAct.RECORDED]
    assert len(planned(session)) == 1


def test_others_neither_propose_nor_agree(session: Session, wanted: Wanted, noon: datetime) -> None:
    person = hand_of(session, Actor(Role.REPRESENTATIVE, "r-1"), at=noon)
    with pytest.raises(NotAllowed):
        propose_mandate(session, person, wanted)
    town = hand_of(session, Actor(Role.MUNICIPALITY, "GM0106"), at=noon)
    with pytest.raises(NotAllowed):
        propose_mandate(session, town, wanted)


def test_every_fault_stands_at_its_field(
    session: Session, coordinator: Hand, wanted: Wanted
) -> None:
    backwards = Wanted(
        giver_id="mevm",
        holder_id="mevm",
        first_day=date(2027, 5, 1),
        last_day=date(2027, 4, 1),
        municipalities=("GM9999",),
    )
    with pytest.raises(BadMandate) as refused:
        propose_mandate(session, coordinator, backwards)
    fields = {fault.field for fault in refused.value.faults}
    assert fields == {"houder", "gemeenten", "laatste_dag"}


def test_a_withdrawn_mandate_holds_until_the_day_before(
    session: Session, coordinator: Hand, hands: Hands, wanted: Wanted
) -> None:
    made = propose_mandate(session, coordinator, wanted)
    agree(session, coordinator, made)
    withdraw(session, hands("samensterk", "voorzitter"), made, from_day=date(2027, 5, 1))
    (mandate,) = planned(session)
    assert mandate.last_day == date(2027, 4, 30)
    assert acts(session, made)[-1] is MandateAct.WITHDRAWN


def test_the_holder_gives_it_back(
    session: Session, coordinator: Hand, hands: Hands, wanted: Wanted
) -> None:
    made = propose_mandate(session, coordinator, wanted)
    agree(session, coordinator, made)
    withdraw(session, hands("mevm", "voorzitter"), made, from_day=coordinator.today)
    assert acts(session, made)[-1] is MandateAct.GIVEN_BACK


def test_the_past_is_never_withdrawn(session: Session, coordinator: Hand, wanted: Wanted) -> None:
    made = propose_mandate(session, coordinator, wanted)
    agree(session, coordinator, made)
    with pytest.raises(BadInput, match="today or a later day"):
        withdraw(session, coordinator, made, from_day=coordinator.today - timedelta(days=1))


def test_a_renewal_is_agreed_to_again(
    session: Session, coordinator: Hand, hands: Hands, wanted: Wanted
) -> None:
    made = propose_mandate(session, coordinator, wanted)
    agree(session, coordinator, made)
    renewed = renew(session, hands("samensterk", "voorzitter"), made)
    assert renew(session, hands("mevm", "voorzitter"), made) == renewed
    view = known.mandate(session, COORDINATOR, renewed)
    assert (view.term.first_day, view.term.last_day) == (date(2028, 1, 1), date(2028, 12, 31))
    assert view.term.state is MandateState.AGREED
    assert len(planned(session)) == 2


def test_both_boards_are_asked_and_told_by_mail(
    session: Session, hands: Hands, wanted: Wanted, office: Office, noon: datetime
) -> None:
    propose_mandate(session, hands("samensterk", "voorzitter"), wanted)
    prepare_mail(session, COORDINATOR, office, at=noon)
    mails = session.exec(select(tables.Outgoing).where(tables.Outgoing.kind == "mandate")).all()
    assert len(mails) == 3
    assert {each.failure for each in mails} == {""}
    assert all(each.subject.startswith("Gaat u akkoord?") for each in mails)


def test_an_end_is_told_once_to_every_member(
    session: Session, coordinator: Hand, wanted: Wanted, members: dict[tuple[str, str], str]
) -> None:
    made = propose_mandate(session, coordinator, wanted)
    agree(session, coordinator, made)
    at = datetime.combine(date(2027, 12, 10), coordinator.at.timetz())
    assert queue_endings(session, COORDINATOR, days=30, at=at) == len(members)
    assert queue_endings(session, COORDINATOR, days=30, at=at) == 0
    assert queue_endings(session, COORDINATOR, days=30, at=coordinator.at) == 0


def test_a_link_is_one_members_and_looking_changes_nothing(
    session: Session,
    coordinator: Hand,
    wanted: Wanted,
    members: dict[tuple[str, str], str],
    office: Office,
) -> None:
    made = propose_mandate(session, coordinator, wanted)
    member = members["mevm", "secretaris"]
    token = mandate_link(office.links, "", made, member).rpartition("/")[2]
    mailed = open_mandate_link(session, office.links, token, at=coordinator.at)
    assert (mailed.hand.member_id, mailed.hand.function) == (member, "secretaris")
    assert acts(session, made) == [MandateAct.PROPOSED]
    session.get_one(tables.MailAddress, member).stopped_at = coordinator.at
    with pytest.raises(SpentLink):
        open_mandate_link(session, office.links, token, at=coordinator.at)


@pytest.mark.parametrize(
    ("actor", "sees", "limits"),
    [
        (COORDINATOR, True, "Niet over de huurprijs"),
        (Actor(Role.BOARD, "mevm"), True, "Niet over de huurprijs"),
        (Actor(Role.REPRESENTATIVE, "r-3"), True, "Niet over de huurprijs"),
        (Actor(Role.MUNICIPALITY, "GM0106"), True, ""),
        (Actor(Role.MUNICIPALITY, "GM0114"), False, ""),
        (Actor(Role.PROVINCE), False, ""),
    ],
    ids=str,
)
def test_everybody_sees_what_concerns_them(
    session: Session, coordinator: Hand, wanted: Wanted, actor: Actor, sees: bool, limits: str
) -> None:
    made = propose_mandate(session, coordinator, wanted)
    agree(session, coordinator, made)
    found = {each.id: each.limits for each in known.mandates(session, actor)}
    assert found == ({made: limits} if sees else {})


def test_a_body_sees_no_proposals_and_no_history(
    session: Session, coordinator: Hand, wanted: Wanted
) -> None:
    made = propose_mandate(session, coordinator, wanted)
    town = Actor(Role.MUNICIPALITY, "GM0106")
    assert known.mandates(session, town) == ()
    agree(session, coordinator, made)
    with pytest.raises(NotFound):
        known.history(session, town, made)
