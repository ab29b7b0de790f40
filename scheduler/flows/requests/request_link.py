"""The signed link by which who asked follows one request, without an account."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from scheduler.db import audits
from scheduler.db.tables import MeetingRequest, RequestTime
from scheduler.domain.access import Actor
from scheduler.domain.errors import AanTafelError, Sentence, SpentLink
from scheduler.domain.secrets import SecretKey
from scheduler.domain.times import local
from scheduler.flows.requests.requesting import Asker, request_of

_AFTERWARDS = timedelta(days=30)
"""How long after the last possible day the link still shows how it went."""


class LinkOver(AanTafelError):
    """The link was good, and the meeting is long over."""

    def __init__(self) -> None:
        """Say that nothing changed, and why."""
        super().__init__(
            Sentence(
                "Deze link werkt niet meer, want het overleg is voorbij. Er is niets veranderd.",
                "This link no longer works, because the meeting is over. Nothing has changed.",
            )
        )


@dataclass(frozen=True, slots=True)
class Followed:
    """What a link opens: one request, as the body that asked for it; nothing else."""

    request_id: str
    actor: Actor


def follow_token(key: SecretKey, row: MeetingRequest) -> str:
    """The link's last part: which request, and the proof that its holder may see it."""
    return f"{row.id}.{key.request_token(row.id, row.link_issue)}"


def follow_address(key: SecretKey, base_url: str, row: MeetingRequest) -> str:
    """The whole link; it opens the request to whoever has it."""
    return f"{base_url}/verzoek/{follow_token(key, row)}"


def link_of(session: Session, actor: Actor, key: SecretKey, base_url: str, request_id: str) -> str:
    """The link to a request that is the actor's own; NotFound where it isn't."""
    return follow_address(key, base_url, request_of(session, actor, request_id))


def open_link(session: Session, key: SecretKey, token: str, *, at: datetime) -> Followed:
    """What a link opens; looking changes nothing.

    Raises:
        SpentLink: it was made up, or taken back: the two look alike.
        LinkOver: the last possible day is more than 30 days ago.
    """
    request_id, _, proof = token.partition(".")
    row = session.get(MeetingRequest, request_id)
    # Reckoned in any case, so that the time it takes doesn't tell which requests there are.
    is_good = key.proves_request(request_id, row.link_issue if row else 0, proof)
    if row is None or not is_good:
        raise SpentLink
    times = select(RequestTime).where(RequestTime.request_id == row.id)
    last = session.exec(times.order_by(col(RequestTime.day).desc())).first()
    if last is not None and local(at).date() > last.day + _AFTERWARDS:
        raise LinkOver
    return Followed(row.id, Asker.of(row).body)


def renew_link(session: Session, actor: Actor, request_id: str, *, at: datetime) -> None:
    """End the links that are about, and let there be a new one, by the asker or the coordinator.

    Raises:
        NotFound: the request isn't there, or isn't the actor's.
    """
    row = request_of(session, actor, request_id)
    row.link_issue += 1
    audits.record(session, actor, "renew link", noun="request", noun_id=row.id, at=at)
    session.flush()
