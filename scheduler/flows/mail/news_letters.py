"""What who sent a request is mailed about it: how it stands, and the link to follow it."""

from sqlmodel import Session

from scheduler.db.tables import MailAddress, MeetingRequest, Outgoing
from scheduler.domain.errors import NotFound
from scheduler.domain.terms import RequestState
from scheduler.flows.requests.request_link import follow_address
from scheduler.mail import Office, Parcel, Wording, notice

_SAID = {
    RequestState.RECEIVED: "Wij hebben uw uitnodiging. U hoeft nu niets te doen.",
    RequestState.PLANNED: "Uw uitnodiging is aangenomen. Wij zoeken wie er komt.",
    RequestState.CONFIRMED: "Het is bevestigd. Op de bladzijde staat wie er komt en namens wie.",
    RequestState.DECLINED: "De huurders komen niet.",
    RequestState.WITHDRAWN: "De uitnodiging is ingetrokken. Niemand hoeft iets te doen.",
}

_WHAT_FOR = (
    "Via de link ziet u hoe het ermee staat. U kunt het overleg daar ook verzetten, intrekken "
    "of stukken toevoegen. U heeft geen wachtwoord nodig."
)


def news_letter(session: Session, office: Office, mail: Outgoing, address: MailAddress) -> Parcel:
    """The letter that says how a request stands, with the link to follow it.

    Raises:
        NotFound: there is no such request any more.
    """
    row = session.get(MeetingRequest, address.request_id)
    if row is None:
        raise NotFound("uitnodiging", address.request_id or "")
    link = follow_address(office.addresses.key, office.base_url, row)
    return notice(
        office,
        _wording(row, link),
        address=office.addresses.open(address.sealed).decode(),
        name=f"{mail.uid}/{mail.recipient_id}/{mail.sequence}",
        sent_at=mail.created_at,
    )


def _wording(row: MeetingRequest, link: str) -> Wording:
    reason = (f"De reden: {row.reason}",) if row.state is RequestState.DECLINED else ()
    return Wording(
        subject=f"Uw uitnodiging: {row.title}",
        sentences=(
            _SAID[row.state],
            *reason,
            _WHAT_FOR,
        ),
        facts=(("Overleg", row.title),),
        link=link,
        link_text="Volg uw uitnodiging",
        closing=("Wie deze link heeft, kan de uitnodiging veranderen. Geef hem niet door.",),
    )
