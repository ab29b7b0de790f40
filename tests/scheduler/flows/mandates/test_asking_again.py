"""After a year a board is asked itself whether its choice still holds, until it says so."""

from datetime import date, datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from sqlmodel import Session, select

from scheduler.db import tables
from scheduler.db.participation import choices
from scheduler.domain.access import COORDINATOR, SYSTEM, Actor
from scheduler.domain.errors import NotAllowed, NotFound, SpentLink
from scheduler.domain.terms import MailKind, MailState, Participation, Role
from scheduler.flows.digest.contents import digest_for
from scheduler.flows.mail.prepare_mail import prepare_mail
from scheduler.flows.mandates.ask_again import keep_choice, queue_asking_again
from scheduler.flows.mandates.choice_letter import choice_link, open_choice_link
from scheduler.flows.mandates.hand import Hand, hand_of
from scheduler.flows.mandates.take_part import WantedChoice, choose_participation
from scheduler.mail import Office

Members = dict[tuple[str, str], str]
WANTED = WantedChoice(
    organisation_id="samensterk",
    choice=Participation.OUT,
    reason="Wij houden het bij Emmen",
    first_day=date(2027, 1, 4),
    table_id="pa-assen",
)
BOARD = Actor(Role.BOARD, "samensterk")


@pytest.fixture
def later(noon: datetime) -> datetime:
    return noon + timedelta(days=366)


@pytest.fixture
def hand(session: Session, members: Members, later: datetime) -> Hand:
    """The chair of Samen Sterk, a year later."""
    return hand_of(session, BOARD, at=later, member_id=members["samensterk", "voorzitter"])


@pytest.fixture
def chosen(session: Session, members: Members, noon: datetime) -> str:
    del members
    return choose_participation(session, hand_of(session, BOARD, at=noon), WANTED)


def mails(session: Session) -> list[tables.Outgoing]:
    kind = tables.Outgoing.kind == MailKind.PARTICIPATION
    return list(session.exec(select(tables.Outgoing).where(kind)))


@pytest.mark.usefixtures("chosen")
def test_every_member_is_mailed_once_a_year_later(
    session: Session, noon: datetime, later: datetime
) -> None:
    assert queue_asking_again(session, SYSTEM, at=noon) == 0
    assert queue_asking_again(session, SYSTEM, at=later) == 2
    assert queue_asking_again(session, SYSTEM, at=later + timedelta(days=1)) == 0


@pytest.mark.usefixtures("chosen")
def test_the_letter_says_what_was_chosen_with_a_link_of_ones_own(
    session: Session, office: Office, members: Members, later: datetime
) -> None:
    queue_asking_again(session, SYSTEM, at=later)
    prepare_mail(session, SYSTEM, office, at=later)
    row = next(e for e in mails(session) if e.recipient_id == members["samensterk", "voorzitter"])
    letter = message_from_bytes(office.letters.open(row.message or b""), policy=default)
    text = str(letter.get_body(("plain",)))
    assert "Prestatieafspraken Assen" in text
    assert choice_link(office.links, office.base_url, row.recipient_id) in text.replace("\n", "")


def test_who_says_that_it_holds_is_asked_a_year_later(
    session: Session, chosen: str, hand: Hand, office: Office
) -> None:
    queue_asking_again(session, SYSTEM, at=hand.at)
    keep_choice(session, hand, chosen)
    keep_choice(session, hand, chosen)
    (view,) = choices(session, BOARD)
    assert view.ask_on == hand.today + timedelta(days=365)
    prepare_mail(session, SYSTEM, office, at=hand.at)
    assert {each.state for each in mails(session)} == {MailState.WITHDRAWN}
    acts = select(tables.Audit.act).where(tables.Audit.noun == "participation")
    assert list(session.exec(acts)) == ["choose", "keep"]


def test_choosing_the_same_again_says_so_too(session: Session, chosen: str, hand: Hand) -> None:
    assert choose_participation(session, hand, _from(hand)) == chosen
    (view,) = choices(session, BOARD)
    assert (view.first_day, view.ask_on) == (WANTED.first_day, hand.today + timedelta(days=365))


def _from(hand: Hand) -> WantedChoice:
    return WantedChoice(
        organisation_id=WANTED.organisation_id,
        choice=WANTED.choice,
        reason=WANTED.reason,
        first_day=hand.today,
        table_id=WANTED.table_id,
    )


def test_nobody_else_says_so(session: Session, chosen: str, later: datetime) -> None:
    with pytest.raises(NotAllowed):
        keep_choice(session, hand_of(session, Actor(Role.BOARD, "mevm"), at=later), chosen)
    with pytest.raises(NotFound):
        keep_choice(session, hand_of(session, COORDINATOR, at=later), "pc-none")


@pytest.mark.usefixtures("chosen")
def test_the_boards_own_digest_asks_too(session: Session, later: datetime) -> None:
    digest = digest_for(session, BOARD, since=later, until=later, at=later)
    assert [each.reason for each in digest.asked_again] == [WANTED.reason]
    assert not digest.is_empty
    other = digest_for(session, Actor(Role.BOARD, "mevm"), since=later, until=later, at=later)
    assert other.asked_again == ()


def test_a_link_opens_for_who_is_mailed_still(
    session: Session, office: Office, members: Members, later: datetime
) -> None:
    member = members["samensterk", "voorzitter"]
    token = choice_link(office.links, "", member).rpartition("/")[2]
    hand = open_choice_link(session, office.links, token, at=later)
    assert (hand.actor, hand.member_id) == (BOARD, member)
    session.get_one(tables.MailAddress, member).stopped_at = later
    with pytest.raises(SpentLink):
        open_choice_link(session, office.links, token, at=later)
