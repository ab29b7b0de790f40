"""What a vote came to, for whoever may see it."""

from sqlmodel import Session

from scheduler.db.votes import VoteView, all_ballots, counting, vote_of
from scheduler.domain.access import Actor
from scheduler.domain.terms import Stance, VoteState
from scheduler.domain.voting import Ballot, Outcome, decide


def outcome_of(session: Session, actor: Actor, view: VoteView) -> Outcome | None:
    """The count in both measures and under each rule; None where this actor may not see it yet.

    Once a vote is closed, who cast no ballot wasn't present.
    """
    if not vote_of(session, actor, view.id).shows_result:
        return None
    ballots = counting(all_ballots(session, view.id))
    return decide(view.roll, (*ballots, *_absent(view, ballots)), other=view.other)


def _absent(view: VoteView, ballots: tuple[Ballot, ...]) -> tuple[Ballot, ...]:
    if view.state is VoteState.OPEN:
        return ()
    known = {each.organisation for each in ballots}
    return tuple(
        Ballot(organisation=each.organisation.id, stance=Stance.NOT_PRESENT)
        for each in view.voters
        if each.organisation.id not in known
    )
