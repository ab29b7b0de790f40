"""The mail that asks a board member to vote."""

from sqlmodel import Session

from scheduler.db.tables import MailAddress, Outgoing
from scheduler.db.votes import VoteView, vote_of
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound, NothingToDo, Sentence
from scheduler.domain.terms import Role, VoteState
from scheduler.flows.voting.links import vote_link
from scheduler.flows.voting.open_vote import UID
from scheduler.mail import Office, Parcel, Wording, moment, notice

_CLOSED = Sentence("De stemming is al gesloten.", "The vote is closed already.")


def vote_letter(session: Session, office: Office, row: Outgoing, address: MailAddress) -> Parcel:
    """The letter of one vote to one board member.

    Raises:
        NotFound: there is no such vote for this board.
        NothingToDo: it is closed meanwhile.
    """
    if address.organisation_id is None:
        raise NotFound("bestuur")
    actor = Actor(Role.BOARD, address.organisation_id)
    vote = vote_of(session, actor, row.uid.removeprefix(UID))
    if vote.state is not VoteState.OPEN:
        raise NothingToDo(_CLOSED)
    link = vote_link(office.links, office.base_url, vote.id, address.id)
    return notice(
        office,
        _wording(vote, address.organisation_id, link),
        address=office.addresses.open(address.sealed).decode(),
        name=f"{row.uid}/{address.id}",
        sent_at=row.created_at,
    )


def _wording(vote: VoteView, organisation_id: str, link: str) -> Wording:
    names = [each.organisation.name for each in vote.voters if each.caster.id == organisation_id]
    return Wording(
        subject=f"U kunt stemmen: {vote.title}",
        sentences=(
            "De stemming is open.",
            f"U stemt voor: {', '.join(names)}.",
            "Zolang de stemming open is, kunt u uw stem veranderen.",
        ),
        facts=(
            ("Voorstel", vote.proposal),
            ("Overleg", vote.meeting.title),
            ("Wanneer", moment(vote.meeting.starts_at, vote.meeting.ends_at)),
        ),
        link=link,
        link_text="Breng uw stem uit",
        closing=(
            "U krijgt deze mail omdat u in het bestuur zit van een huurdersorganisatie die stemt.",
            "Deel de link niet: wie hem heeft, kan voor u stemmen.",
        ),
    )
