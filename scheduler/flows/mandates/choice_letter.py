"""The letter that asks a board member whether a choice still holds, and the link in it."""

from datetime import datetime

from babel.dates import format_date
from sqlmodel import Session

from scheduler.db.participation import ChoiceView
from scheduler.db.tables import MailAddress, Outgoing
from scheduler.domain.access import SYSTEM, Actor
from scheduler.domain.errors import NothingToDo, Sentence, SpentLink
from scheduler.domain.links import Links, Purpose
from scheduler.domain.terms import Level, Participation, Role
from scheduler.domain.times import local
from scheduler.flows.mandates.ask_again import UID, to_ask_again
from scheduler.flows.mandates.hand import Hand, hand_of
from scheduler.mail import Office, Parcel, Wording, notice

_PASSED = Sentence("Dit is niet meer nodig.", "This is no longer needed.")
CHOICES = {
    Participation.SELF: "wij doen zelf mee",
    Participation.REPRESENTED: "wij laten ons vertegenwoordigen",
    Participation.OUT: "wij laten dit aan ons voorbijgaan",
}
_LEVELS = {
    Level.MUNICIPALITY: "alle overleggen bij gemeenten",
    Level.PROVINCE: "alle overleggen bij de provincie",
    Level.CORPORATION: "alle overleggen bij woningcorporaties",
}


def subject_of(view: ChoiceView) -> str:
    """What a choice is about, in words."""
    if view.table is not None:
        return view.table.name
    return f"onderwerp {view.topic}" if view.topic else _LEVELS[view.level or Level.MUNICIPALITY]


def choice_link(links: Links, base_url: str, member_id: str) -> str:
    """The address at which one board member chooses for the organisation, without signing in."""
    return f"{base_url}/waaraan-mee/{links.token(Purpose.PARTICIPATION, member_id)}"


def open_choice_link(session: Session, links: Links, token: str, *, at: datetime) -> Hand:
    """Who may choose by this link; looking changes nothing.

    Raises:
        SpentLink: it isn't ours, or the member's address is used no more.
    """
    (member_id,) = links.read(Purpose.PARTICIPATION, token)
    row = session.get(MailAddress, member_id)
    if row is None or row.organisation_id is None or row.stopped_at is not None:
        raise SpentLink
    return hand_of(session, Actor(Role.BOARD, row.organisation_id), at=at, member_id=member_id)


def choice_letter(session: Session, office: Office, row: Outgoing, address: MailAddress) -> Parcel:
    """The letter to one board member.

    Raises:
        NothingToDo: it was chosen anew meanwhile, or said to hold still.
    """
    choice_id, _, _ = row.uid.removeprefix(UID).partition("/")
    asked = to_ask_again(session, SYSTEM, today=local(row.created_at).date())
    view = next((each for each in asked if each.id == choice_id), None)
    if view is None:
        raise NothingToDo(_PASSED)
    return notice(
        office,
        _wording(view, choice_link(office.links, office.base_url, address.id)),
        address=office.addresses.open(address.sealed).decode(),
        name=f"{row.uid}/{address.id}",
        sent_at=row.created_at,
    )


def _wording(view: ChoiceView, link: str) -> Wording:
    return Wording(
        subject=f"Geldt uw keuze nog? {subject_of(view)[:1].upper()}{subject_of(view)[1:]}",
        sentences=(
            "Uw organisatie koos meer dan een jaar geleden hoe zij meedoet. Klopt dat nog?",
            "Zo laten kan met één tik. Anders kiezen kan ook.",
        ),
        facts=(
            ("Waarover", subject_of(view)),
            ("Uw keuze", CHOICES[view.choice]),
            ("Omdat", view.reason),
            ("Sinds", format_date(view.first_day, "d MMMM y", locale="nl")),
        ),
        link=link,
        link_text="Laat het zo, of kies anders",
        closing=(
            "Deze link is van u alleen. Geef hem niet door.",
            "Doet u niets? Dan blijft de keuze gelden.",
        ),
    )
