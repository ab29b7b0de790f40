"""How often a board wants its digest; without choosing there is none."""

from datetime import datetime

from sqlmodel import Session

from scheduler.db import audits, people
from scheduler.db.tables import DigestChoice
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound, SpentLink
from scheduler.domain.links import Links, Purpose
from scheduler.domain.terms import DigestPace, Role


def digest_of(session: Session, actor: Actor, organisation_id: str) -> DigestPace:
    """What a board chose; NotFound where it isn't the actor's to see."""
    _must_be_own(actor, organisation_id, also=actor.sees_all)
    row = session.get(DigestChoice, organisation_id)
    return row.pace if row else DigestPace.OFF


def choose_digest(
    session: Session, actor: Actor, organisation_id: str, pace: DigestPace, *, at: datetime
) -> None:
    """Choose, as the board; the same choice again changes nothing. NotFound for anybody else."""
    _must_be_own(actor, organisation_id)
    people.organisation(session, organisation_id)
    if digest_of(session, actor, organisation_id) is pace:
        return
    session.merge(DigestChoice(organisation_id=organisation_id, pace=pace, chosen_at=at))
    session.flush()
    audits.record(
        session, actor, "choose", noun="digest", noun_id=organisation_id, at=at, detail=pace
    )


def digest_off_link(links: Links, base_url: str, organisation_id: str) -> str:
    """Where a board's digest is turned off, without signing in."""
    return f"{base_url}/bericht/uit/{links.token(Purpose.DIGEST_OFF, organisation_id)}"


def open_digest_off(session: Session, links: Links, token: str) -> Actor:
    """Whose digest a link turns off; SpentLink where it isn't ours."""
    (organisation_id,) = links.read(Purpose.DIGEST_OFF, token)
    try:
        people.organisation(session, organisation_id)
    except NotFound as error:
        raise SpentLink from error
    return Actor(Role.BOARD, organisation_id)


def turn_digest_off(session: Session, links: Links, token: str, *, at: datetime) -> None:
    """Send it no more; once more changes nothing. Raises SpentLink as above."""
    board = open_digest_off(session, links, token)
    choose_digest(session, board, board.subject or "", DigestPace.OFF, at=at)


def _must_be_own(actor: Actor, organisation_id: str, *, also: bool = False) -> None:
    if actor != Actor(Role.BOARD, organisation_id) and not also:
        raise NotFound("huurdersorganisatie", organisation_id)
