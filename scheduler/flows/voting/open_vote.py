"""Open a vote on an agenda item: from now on ballots come in, and who votes for whom stands."""

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session, select

from scheduler.db import audits
from scheduler.db.agenda import agenda_of
from scheduler.db.mail_addresses import reachable
from scheduler.db.published import published_meeting
from scheduler.db.tables import Meeting, Outgoing, Table, Vote, VoteVoter
from scheduler.db.views import AgendaItemView, MeetingView
from scheduler.db.votes import runs_votes
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotAllowed, NotFound, NothingToDo, Sentence
from scheduler.domain.ids import new_id
from scheduler.domain.terms import MailKind, MailState, MeetingState
from scheduler.domain.times import local
from scheduler.domain.voting import VotingRules
from scheduler.flows.voting.electorate import electorate
from scheduler.flows.voting.errors import BadVote

UID = "vote/"
"""What the outbox calls a vote, before its identifier."""

MOST_LETTERS = 500

_NOT_HERE = Sentence(
    "Aan deze overlegtafel wordt niet gestemd. De coördinator kan dat bij Gegevens veranderen.",
    "This table doesn't vote. The coordinator can change that under Records.",
)
_OFF = Sentence(
    "Dit overleg gaat niet door. Er wordt niet gestemd.",
    "This meeting is cancelled. There is no vote.",
)
_NOBODY = Sentence(
    "Bij dit overleg hoort geen organisatie die kan stemmen.",
    "No organisation that could vote belongs to this meeting.",
)
_TOO_LONG = Sentence(
    f"Het voorstel is hoogstens {MOST_LETTERS} tekens.",
    f"The proposal has at most {MOST_LETTERS} characters.",
)


def votable(session: Session, actor: Actor, meeting: MeetingView) -> tuple[AgendaItemView, ...]:
    """The agenda items on which this actor can open a vote; none where it doesn't run votes."""
    if not runs_votes(actor, meeting) or meeting.state is MeetingState.CANCELLED:
        return ()
    table = _table_of(session, meeting)
    if table is None or not table.votes:
        return ()
    opened = set(session.exec(select(Vote.item_id).where(Vote.meeting_id == meeting.id)))
    return tuple(each for each in agenda_of(session, actor, meeting.id) if each.id not in opened)


def open_vote(
    session: Session,
    actor: Actor,
    meeting_id: str,
    item_id: str,
    *,
    at: datetime,
    proposal: str = "",
) -> str:
    """Open the vote on an item, and mail who casts a vote; gives the vote's identifier.

    Opened once more it is the same vote. `proposal` is what is voted on, where the item's title
    doesn't say it.

    Raises:
        NotFound: there is no such meeting or item for this actor.
        NotAllowed: the actor doesn't run votes there.
        NothingToDo: the table doesn't vote, or the meeting is off.
        BadVote: the proposal is too long.
    """
    meeting = published_meeting(session, actor, meeting_id)
    if not runs_votes(actor, meeting):
        raise NotAllowed
    item = _item(session, actor, meeting_id, item_id)
    known = session.exec(select(Vote.id).where(Vote.item_id == item.id)).first()
    if known is not None:
        return known
    table = _voting_table(session, meeting)
    if len(proposal) > MOST_LETTERS:
        raise BadVote(_TOO_LONG)
    row = _new_vote(meeting, item, table, proposal.strip() or item.title, at)
    session.add(row)
    session.flush()
    rules = VotingRules(
        decision=row.decision_rule,
        weight=row.weight_rule,
        votes_each=row.votes_each,
        quorum_percent=row.quorum_percent,
    )
    voters = tuple(electorate(session, meeting, row.id, rules, local(at).date()))
    if not voters:
        raise NothingToDo(_NOBODY)
    session.add_all(voters)
    session.add_all(_mails(session, row, voters, meeting, at))
    audits.record(session, actor, "open", noun="vote", noun_id=row.id, at=at)
    session.flush()
    return row.id


def _item(session: Session, actor: Actor, meeting_id: str, item_id: str) -> AgendaItemView:
    for each in agenda_of(session, actor, meeting_id):
        if each.id == item_id:
            return each
    raise NotFound("agendapunt", item_id)


def _table_of(session: Session, meeting: MeetingView) -> Table | None:
    table_id = session.get_one(Meeting, meeting.id).table_id
    return session.get(Table, table_id) if table_id else None


def _voting_table(session: Session, meeting: MeetingView) -> Table:
    table = _table_of(session, meeting)
    if table is None or not table.votes:
        raise NothingToDo(_NOT_HERE)
    if meeting.state is MeetingState.CANCELLED:
        raise NothingToDo(_OFF)
    return table


def _new_vote(
    meeting: MeetingView, item: AgendaItemView, table: Table, proposal: str, at: datetime
) -> Vote:
    return Vote(
        id=new_id("st"),
        item_id=item.id,
        meeting_id=meeting.id,
        proposal=proposal,
        decision_rule=table.decision_rule,
        weight_rule=table.weight_rule,
        votes_each=table.votes_each,
        quorum_percent=table.quorum_percent,
        sharing=table.vote_sharing,
        opened_at=at,
    )


def _mails(
    session: Session,
    vote: Vote,
    voters: tuple[VoteVoter, ...],
    meeting: MeetingView,
    at: datetime,
) -> Iterator[Outgoing]:
    """A row for each board member of who casts a vote; the letter is written before it goes."""
    casting = {each.caster_id for each in voters}
    for address in reachable(session):
        if address.organisation_id in casting:
            yield Outgoing(
                uid=f"{UID}{vote.id}",
                sequence=0,
                kind=MailKind.VOTE,
                recipient_id=address.id,
                meeting_id=meeting.id,
                subject=meeting.title,
                urgent=True,
                state=MailState.WAITING,
                created_at=at,
                released_at=at,
                not_before=at,
            )
