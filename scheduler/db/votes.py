"""Votes as far as the asking actor may see them: their own ballots, and what the table shares."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from scheduler.db import people
from scheduler.db.published import published_meeting
from scheduler.db.tables import AgendaItem, Vote, VoteBallot, VoteVoter
from scheduler.db.views import MeetingView, Named
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.terms import BallotWay, Role, Stance, VoteSharing, VoteState
from scheduler.domain.voting import Ballot, OtherHalf, Roll, Split, Voter, VotingRules


@dataclass(frozen=True, slots=True, kw_only=True)
class VoterView:
    """An organisation with a vote, and who casts it: itself, or by a mandate the holder."""

    organisation: Named
    caster: Named
    mandate_id: str
    present: bool
    voter: Voter

    @property
    def is_own(self) -> bool:
        """Whether the organisation casts its vote itself."""
        return self.caster.id == self.organisation.id


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotView:
    """One ballot that was cast, or a correction with its reason; `cast_at` in UTC."""

    number: int
    ballot: Ballot
    way: BallotWay
    caster: str
    cast_at: datetime
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteView:
    """A vote on an agenda item.

    Attributes:
        meeting: the meeting as published, as far as this actor sees it.
        voters: everybody with a vote, by name.
        cast: the organisations whose vote is in; that is everybody's to know.
        ballots: every ballot that this actor may see, the newest of an organisation last.
        shows_result: whether this actor may see the counts.
        runs: whether this actor opens, closes and confirms here.
    """

    id: str
    item_id: str
    title: str
    meeting: MeetingView
    proposal: str
    state: VoteState
    rules: VotingRules
    sharing: VoteSharing
    opened_at: datetime
    closed_at: datetime | None
    confirmed_at: datetime | None
    other: OtherHalf | None
    voters: tuple[VoterView, ...]
    cast: frozenset[str]
    ballots: tuple[BallotView, ...]
    shows_result: bool
    runs: bool

    @property
    def roll(self) -> Roll:
        """Who votes with what weight, for counting."""
        voters = sorted((each.voter for each in self.voters), key=lambda each: each.organisation)
        return Roll(voters=tuple(voters), rules=self.rules)

    def voter(self, organisation_id: str) -> VoterView:
        """One organisation with a vote; NotFound where it has none."""
        for each in self.voters:
            if each.organisation.id == organisation_id:
                return each
        raise NotFound("stem", organisation_id)

    def history(self, organisation_id: str) -> tuple[BallotView, ...]:
        """An organisation's ballots that may be seen, the oldest first."""
        return tuple(each for each in self.ballots if each.ballot.organisation == organisation_id)

    def newest(self, organisation_id: str) -> BallotView | None:
        """The ballot that counts, where it may be seen."""
        return next(reversed(self.history(organisation_id)), None)


def runs_votes(actor: Actor, meeting: MeetingView) -> bool:
    """Whether somebody opens and closes votes here: who plans for all, and who goes."""
    if actor.plans_for_all:
        return True
    return actor.role is Role.REPRESENTATIVE and any(
        each.representative_id == actor.subject for each in meeting.attendees
    )


def vote_of(session: Session, actor: Actor, vote_id: str) -> VoteView:
    """One vote.

    Raises:
        NotFound: there is none, or its meeting isn't this actor's to see; a body that asks for
            tenants sees no votes.
    """
    row = session.get(Vote, vote_id)
    if row is None or actor.asks:
        raise NotFound("stemming", vote_id)
    return _view(session, actor, row, published_meeting(session, actor, row.meeting_id))


def votes_at(session: Session, actor: Actor, meeting_id: str) -> tuple[VoteView, ...]:
    """The votes at a meeting, in the order of its agenda.

    Raises:
        NotFound: as `vote_of`.
    """
    meeting = published_meeting(session, actor, meeting_id)
    if actor.asks:
        raise NotFound("overleg", meeting_id)
    query = (
        select(Vote)
        .join(AgendaItem, col(AgendaItem.id) == col(Vote.item_id))
        .where(Vote.meeting_id == meeting_id)
        .order_by(col(AgendaItem.position), col(Vote.id))
    )
    return tuple(_view(session, actor, row, meeting) for row in session.exec(query).all())


def to_cast(session: Session, actor: Actor) -> tuple[VoteView, ...]:
    """The open votes in which this actor's organisation casts a vote, the oldest first."""
    own = people.organisation_of(session, actor)
    casts = select(VoteVoter.vote_id).where(VoteVoter.caster_id == own)
    query = (
        select(Vote.id)
        .where(Vote.state == VoteState.OPEN, col(Vote.id).in_(casts))
        .order_by(col(Vote.opened_at), col(Vote.id))
    )
    return tuple(vote_of(session, actor, each) for each in session.exec(query).all())


def unfinished(session: Session, actor: Actor) -> tuple[VoteView, ...]:
    """The votes whose result isn't confirmed yet, the oldest first.

    Raises:
        NotAllowed: the actor doesn't see everybody's.
    """
    actor.must_see_all()
    query = (
        select(Vote.id)
        .where(Vote.state != VoteState.CONFIRMED)
        .order_by(col(Vote.opened_at), col(Vote.id))
    )
    return tuple(vote_of(session, actor, each) for each in session.exec(query).all())


def all_ballots(session: Session, vote_id: str) -> tuple[BallotView, ...]:
    """Every ballot ever cast in a vote, in the order in which they were; for counting."""
    query = select(VoteBallot).where(VoteBallot.vote_id == vote_id).order_by(col(VoteBallot.number))
    return tuple(_ballot(row) for row in session.exec(query))


def counting(ballots: Iterable[BallotView]) -> tuple[Ballot, ...]:
    """Of each organisation the ballot that counts: the newest."""
    newest = {each.ballot.organisation: each.ballot for each in ballots}
    return tuple(newest.values())


def _view(session: Session, actor: Actor, row: Vote, meeting: MeetingView) -> VoteView:
    voters = _voters(session, row.id)
    ballots = all_ballots(session, row.id)
    runs = runs_votes(actor, meeting)
    return VoteView(
        id=row.id,
        item_id=row.item_id,
        title=session.get_one(AgendaItem, row.item_id).title,
        meeting=meeting,
        proposal=row.proposal,
        state=row.state,
        rules=_rules(row),
        sharing=row.sharing,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        confirmed_at=row.confirmed_at,
        other=_other(row),
        voters=voters,
        cast=frozenset(each.ballot.organisation for each in ballots),
        ballots=tuple(_seen(actor, row, voters, ballots, people.organisation_of(session, actor))),
        shows_result=_shows_result(actor, row, runs=runs),
        runs=runs,
    )


def _shows_result(actor: Actor, row: Vote, *, runs: bool) -> bool:
    """Nobody sees a half-way count; who runs the vote checks it before everybody sees it."""
    if row.state is VoteState.CONFIRMED:
        return True
    return row.state is VoteState.CLOSED and (runs or actor.sees_all)


def _seen(
    actor: Actor,
    row: Vote,
    voters: Sequence[VoterView],
    ballots: Sequence[BallotView],
    own: str | None,
) -> Iterable[BallotView]:
    """Everything for who sees all; one's own, what one casts for others, and what is shared."""
    shared = row.state is VoteState.CONFIRMED and row.sharing is VoteSharing.BY_NAME
    if actor.sees_all or shared:
        return ballots
    mine = {
        each.organisation.id for each in voters if own in {each.organisation.id, each.caster.id}
    }
    return (each for each in ballots if each.ballot.organisation in mine)


def _voters(session: Session, vote_id: str) -> tuple[VoterView, ...]:
    names = {each.id: each for each in people.organisations(session)}
    rows = session.exec(select(VoteVoter).where(VoteVoter.vote_id == vote_id))
    views = (
        VoterView(
            organisation=names[row.organisation_id],
            caster=names[row.caster_id],
            mandate_id=row.mandate_id,
            present=row.present,
            voter=Voter(organisation=row.organisation_id, votes=row.votes, dwellings=row.dwellings),
        )
        for row in rows
    )
    return tuple(sorted(views, key=lambda view: (view.organisation.name, view.organisation.id)))


def _rules(row: Vote) -> VotingRules:
    return VotingRules(
        decision=row.decision_rule,
        weight=row.weight_rule,
        votes_each=row.votes_each,
        quorum_percent=row.quorum_percent,
    )


def _other(row: Vote) -> OtherHalf | None:
    if row.other_for is None or row.other_against is None or row.other_abstain is None:
        return None
    return OtherHalf(for_=row.other_for, against=row.other_against, abstain=row.other_abstain)


def _ballot(row: VoteBallot) -> BallotView:
    parts = Split(for_=row.part_for, against=row.part_against, abstain=row.part_abstain)
    split = parts if row.stance is Stance.SPLIT else None
    return BallotView(
        number=row.number,
        ballot=Ballot(organisation=row.organisation_id, stance=row.stance, split=split),
        way=row.way,
        caster=row.caster,
        cast_at=row.cast_at,
        why=row.why,
    )
