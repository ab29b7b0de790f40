"""Close a vote or open it again, note the other half, and confirm the result for good."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col

from scheduler.db import audits
from scheduler.db.tables import Vote
from scheduler.db.votes import VoteView, vote_of
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotAllowed
from scheduler.domain.terms import VoteState
from scheduler.domain.voting import OtherHalf
from scheduler.flows.voting.errors import VoteOver


def close_vote(session: Session, actor: Actor, vote_id: str, *, at: datetime) -> None:
    """No more ballots; who cast none wasn't present. Closed already, nothing changes.

    Raises:
        NotFound: there is no such vote for this actor.
        NotAllowed: the actor doesn't run it.
        VoteOver: it is confirmed.
    """
    view = _run(session, actor, vote_id)
    if view.state is VoteState.CONFIRMED:
        raise VoteOver(view.state)
    values = {"state": VoteState.CLOSED, "closed_at": at}
    if _step(session, vote_id, VoteState.OPEN, values):
        audits.record(session, actor, "close", noun="vote", noun_id=vote_id, at=at)


def reopen_vote(session: Session, actor: Actor, vote_id: str, *, at: datetime) -> None:
    """Let ballots come in again, before the result is confirmed. Open already, nothing changes.

    Who votes for whom, with what weight, and every ballot stay as they are; the log says who
    opened it again. What the other half voted is asked anew after closing.

    Raises:
        NotFound, NotAllowed: as `close_vote`.
        VoteOver: it is confirmed.
    """
    view = _run(session, actor, vote_id)
    if view.state is VoteState.CONFIRMED:
        raise VoteOver(view.state)
    half = ("other_for", "other_against", "other_abstain")
    values = {"state": VoteState.OPEN, "closed_at": None, **dict.fromkeys(half)}
    if _step(session, vote_id, VoteState.CLOSED, values):
        audits.record(session, actor, "reopen", noun="vote", noun_id=vote_id, at=at)


def note_other_half(
    session: Session, actor: Actor, vote_id: str, other: OtherHalf | None, *, at: datetime
) -> None:
    """What the other parties voted, where the tenants together have half; None takes it out.

    Raises:
        NotFound, NotAllowed: as `close_vote`.
        VoteOver: it is still open, or confirmed.
    """
    view = _run(session, actor, vote_id)
    if view.state is not VoteState.CLOSED:
        raise VoteOver(view.state)
    if view.other == other:
        return
    values = {
        "other_for": other.for_ if other else None,
        "other_against": other.against if other else None,
        "other_abstain": other.abstain if other else None,
    }
    if not _step(session, vote_id, VoteState.CLOSED, values):
        raise VoteOver(VoteState.CONFIRMED)
    audits.record(session, actor, "other half", noun="vote", noun_id=vote_id, at=at)


def confirm_vote(session: Session, actor: Actor, vote_id: str, *, at: datetime) -> None:
    """Make the result final, and show it as the table shares it. Done already, nothing changes.

    Raises:
        NotFound, NotAllowed: as `close_vote`.
        VoteOver: it is still open.
    """
    view = _run(session, actor, vote_id)
    if view.state is VoteState.OPEN:
        raise VoteOver(view.state)
    values = {"state": VoteState.CONFIRMED, "confirmed_at": at}
    if _step(session, vote_id, VoteState.CLOSED, values):
        audits.record(session, actor, "confirm", noun="vote", noun_id=vote_id, at=at)


def _run(session: Session, actor: Actor, vote_id: str) -> VoteView:
    view = vote_of(session, actor, vote_id)
    if not view.runs:
        raise NotAllowed
    return view


def _step(session: Session, vote_id: str, state: VoteState, values: Mapping[str, object]) -> bool:
    """Change the vote where it is in this state; of two who do so at once, one does."""
    changed = session.exec(
        update(Vote).where(col(Vote.id) == vote_id, col(Vote.state) == state).values(**values)
    ).rowcount
    session.expire_all()
    return bool(changed)
