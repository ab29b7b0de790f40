"""Cast a ballot, or correct one; every ballot stays, the newest counts."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from scheduler.db import audits, people
from scheduler.db.tables import Vote, VoteBallot
from scheduler.db.votes import VoterView, VoteView, vote_of
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound, Sentence
from scheduler.domain.terms import BallotWay, Role, Stance, VoteState
from scheduler.domain.voting import Ballot, Split
from scheduler.domain.voting.tally import checked
from scheduler.flows.voting.errors import BadVote, VoteOver

MOST_LETTERS = 500
_CASTABLE = {Stance.FOR, Stance.AGAINST, Stance.ABSTAIN, Stance.SPLIT, Stance.NOT_PRESENT}
_CHOOSE = Sentence("Kies voor, tegen of onthouding.", "Choose for, against, or to abstain.")
_WHY = Sentence(
    "Zeg waarom u deze stem herstelt. De stemming is al gesloten.",
    "Say why you correct this vote. The vote is closed already.",
)
_TOO_LONG = Sentence(
    f"De reden is hoogstens {MOST_LETTERS} tekens.",
    f"The reason has at most {MOST_LETTERS} characters.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """A ballot as somebody gives it.

    Attributes:
        organisation_id: whose vote it is.
        stance, split: what is voted; a split where the stance is one.
        way: how it came.
        caster: who cast it, in words; empty where the role says enough.
        why: the reason of a correction.
    """

    organisation_id: str
    stance: Stance
    split: Split | None = None
    way: BallotWay = BallotWay.PAGE
    caster: str = ""
    why: str = ""


def cast_ballot(session: Session, actor: Actor, vote_id: str, cast: Cast, *, at: datetime) -> bool:
    """Cast or correct a vote; gives whether anything changed: the same again changes nothing.

    While a vote is open, who casts for an organisation may change its ballot; who runs the vote
    enters what was said at the meeting: the coordinator for everybody, who goes for whom it casts.
    Between closing and confirming, only who runs it corrects, and says why.

    Raises:
        NotFound: there is no such vote or voter for this actor.
        VoteOver: it is closed to this actor, or confirmed.
        BadVote: it can't be counted, or a correction lacks its reason.
        BadBallot: the parts don't add up.
    """
    view = vote_of(session, actor, vote_id)
    voter = view.voter(cast.organisation_id)
    _check_whose(session, actor, voter)
    if view.state is VoteState.CONFIRMED or (view.state is VoteState.CLOSED and not view.runs):
        raise VoteOver(view.state)
    ballot = _ballot(view, cast)
    newest = view.newest(cast.organisation_id)
    if newest is not None and newest.ballot == ballot:
        return False
    _check_why(view, cast)
    _write(session, view, cast, way=_way(actor, cast), at=at)
    # What was voted stands in the ballots, for whom the table shares it with; not in the log.
    act = "correct" if view.state is VoteState.CLOSED else "cast"
    audits.record(
        session, actor, act, noun="vote", noun_id=view.id, at=at, detail=cast.organisation_id
    )
    return True


def _check_whose(session: Session, actor: Actor, voter: VoterView) -> None:
    """The coordinator enters any vote; others only those that their organisation casts."""
    if actor.plans_for_all:
        return
    if people.organisation_of(session, actor) != voter.caster.id:
        raise NotFound("stem", voter.organisation.id)


def _ballot(view: VoteView, cast: Cast) -> Ballot:
    if cast.stance not in _CASTABLE or (cast.stance is Stance.SPLIT) != (cast.split is not None):
        raise BadVote(_CHOOSE)
    ballot = Ballot(organisation=cast.organisation_id, stance=cast.stance, split=cast.split)
    checked(view.roll, [ballot])
    return ballot


def _check_why(view: VoteView, cast: Cast) -> None:
    if len(cast.why) > MOST_LETTERS:
        raise BadVote(_TOO_LONG)
    if view.state is VoteState.CLOSED and not cast.why.strip():
        raise BadVote(_WHY)


def _write(session: Session, view: VoteView, cast: Cast, *, way: BallotWay, at: datetime) -> None:
    split = cast.split or Split()
    session.add(
        VoteBallot(
            vote_id=view.id,
            number=_next_number(session, view),
            organisation_id=cast.organisation_id,
            stance=cast.stance,
            part_for=split.for_,
            part_against=split.against,
            part_abstain=split.abstain,
            way=way,
            caster=cast.caster,
            cast_at=at,
            why=cast.why.strip(),
        )
    )
    session.flush()


def _way(actor: Actor, cast: Cast) -> BallotWay:
    """What somebody enters who runs the vote was said at the meeting."""
    return cast.way if actor.role is Role.BOARD else BallotWay.MEETING


def _next_number(session: Session, view: VoteView) -> int:
    """Take a number while the vote still stands as it was seen; its row is ours until the commit.

    Raises:
        VoteOver: it was closed or confirmed in the meantime.
    """
    taken = session.exec(
        update(Vote)
        .where(col(Vote.id) == view.id, col(Vote.state) == view.state)
        .values(ballots=col(Vote.ballots) + 1)
    ).rowcount
    if not taken:
        session.expire_all()
        raise VoteOver(session.get_one(Vote, view.id).state)
    return session.exec(select(Vote.ballots).where(Vote.id == view.id)).one()
