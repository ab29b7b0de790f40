"""The letter that asks a board member to agree to a loan of hours, and the link in it."""

from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_date
from sqlmodel import Session

from scheduler.db.loans import LoanView, loan
from scheduler.db.tables import MailAddress, Outgoing
from scheduler.domain.access import SYSTEM, Actor
from scheduler.domain.errors import NotFound, NothingToDo, Sentence, SpentLink
from scheduler.domain.links import Links, Purpose
from scheduler.domain.terms import LoanPace, MandateState, Role
from scheduler.flows.lending.queue import UID
from scheduler.flows.mandates.hand import Hand, hand_of
from scheduler.mail import Office, Parcel, Wording, notice

_PASSED = Sentence("Dit is niet meer nodig.", "This is no longer needed.")
_PACES = {LoanPace.QUARTER: "per kwartaal", LoanPace.YEAR: "per jaar"}
_HOUR = 60


@dataclass(frozen=True, slots=True)
class MailedLoan:
    """Whose hand holds a link, and the loan that it is about."""

    hand: Hand
    loan: LoanView


def loan_link(links: Links, base_url: str, loan_id: str, member_id: str) -> str:
    """The address at which one board member says yes or no."""
    return f"{base_url}/uren-lenen/{links.token(Purpose.LOAN, loan_id, member_id)}"


def open_loan_link(session: Session, links: Links, token: str, *, at: datetime) -> MailedLoan:
    """Who may act by this link, and on what; looking changes nothing.

    Raises:
        SpentLink: it isn't ours, the member's address is used no more, or the days are over.
    """
    loan_id, member_id = links.read(Purpose.LOAN, token)
    row = session.get(MailAddress, member_id)
    if row is None or row.organisation_id is None or row.stopped_at is not None:
        raise SpentLink
    hand = hand_of(session, Actor(Role.BOARD, row.organisation_id), at=at, member_id=member_id)
    try:
        view = loan(session, hand.actor, loan_id)
    except NotFound as error:
        raise SpentLink from error
    if view.term.last_day < hand.today:
        raise SpentLink
    return MailedLoan(hand, view)


def loan_letter(session: Session, office: Office, row: Outgoing, address: MailAddress) -> Parcel:
    """The letter to one board member.

    Raises:
        NotFound: the loan isn't there any more.
        NothingToDo: it has been decided on since.
    """
    view = loan(session, SYSTEM, row.uid.removeprefix(UID))
    if view.term.state is not MandateState.PROPOSED:
        raise NothingToDo(_PASSED)
    return notice(
        office,
        _wording(view, loan_link(office.links, office.base_url, view.id, address.id)),
        address=office.addresses.open(address.sealed).decode(),
        name=f"{row.uid}/{address.id}",
        sent_at=row.created_at,
    )


def _wording(view: LoanView, link: str) -> Wording:
    first, last = (
        format_date(day, "d MMMM y", locale="nl")
        for day in (view.term.first_day, view.term.last_day)
    )
    return Wording(
        subject=f"Gaat u akkoord? {view.giver.name} leent uren uit aan {view.holder.name}",
        sentences=(
            f"Mensen van {view.giver.name} zouden werk overnemen van {view.holder.name}.",
            "Beide besturen moeten akkoord zijn. Daarna rekent de planning ermee.",
        ),
        facts=(
            ("Van", view.giver.name),
            ("Aan", view.holder.name),
            ("Hoeveel", f"{round(view.minutes / _HOUR)} uur {_PACES[view.pace]}"),
            ("Geldt", f"{first} tot en met {last}"),
            *((("Opmerking", view.note),) if view.note else ()),
        ),
        link=link,
        link_text="Bekijk het en geef antwoord",
        closing=("Deze link is van u alleen. Geef hem niet door.",),
    )
