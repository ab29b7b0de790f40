"""Two made-up votes at the table where the tenants have half of the votes: one final, one open."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from scheduler.db.published import published_meetings
from scheduler.db.tables import Table
from scheduler.db.views import MeetingFilter, MeetingView
from scheduler.db.votes import vote_of
from scheduler.domain.access import Actor
from scheduler.domain.terms import DecisionRule, MeetingState, Stance, WeightRule
from scheduler.domain.voting import OtherHalf
from scheduler.flows.agenda.items import TypedItem, add_item
from scheduler.flows.voting import (
    Cast,
    cast_ballot,
    close_vote,
    confirm_vote,
    note_other_half,
    open_vote,
)

_TABLE = "stuurgroep"
_AFTER = timedelta(minutes=30)
_EARLY = 3
"""How many have voted already where it is open."""
_SAID = (
    *(Stance.FOR, Stance.FOR, Stance.AGAINST, Stance.FOR, Stance.ABSTAIN),
    *(Stance.FOR, Stance.AGAINST, Stance.FOR, Stance.FOR),
)
_OTHER = OtherHalf(for_=4, against=1)
_DECIDED = (
    "Urgentie voor mantelzorgers",
    "Wie mantelzorg geeft of krijgt, krijgt in de hele provincie dezelfde urgentie.",
)
_TO_DECIDE = (
    "Inschrijfkosten Thuiskompas",
    "De inschrijfkosten blijven twee jaar gelijk.",
)


def add_sample_votes(session: Session, actor: Actor, *, at: datetime) -> int:
    """Let the steering group vote, where it has published meetings; gives how many votes.

    By the report of August 2025 the tenants have half of the votes there. The last meeting so far
    has a vote that is final, the next one a vote that is open.

    Raises:
        NotAllowed: the actor doesn't plan for all.
    """
    actor.must_plan_for_all()
    table = session.get(Table, _TABLE)
    meetings = _meetings(session, actor)
    if table is None or not meetings:
        return 0
    table.votes, table.decision_rule = True, DecisionRule.TENANTS_HALF
    table.weight_rule, table.quorum_percent = WeightRule.DWELLINGS, 50
    session.flush()
    past = [each for each in meetings if each.starts_at + _AFTER <= at]
    last = past[-1] if past else meetings[0]
    _decided(session, actor, last, at=min(at, last.starts_at + _AFTER))
    _opened(session, actor, meetings[min(len(past), len(meetings) - 1)], at=at)
    return 2


def _meetings(session: Session, actor: Actor) -> list[MeetingView]:
    found = published_meetings(session, actor, MeetingFilter(table=_TABLE))
    return [each for each in found if each.state is MeetingState.PLANNED and each.voices]


def _decided(session: Session, actor: Actor, meeting: MeetingView, *, at: datetime) -> None:
    vote = _open(session, actor, meeting, _DECIDED, at=at)
    _cast(session, actor, vote, _SAID, at=at)
    close_vote(session, actor, vote, at=at)
    note_other_half(session, actor, vote, _OTHER, at=at)
    confirm_vote(session, actor, vote, at=at)


def _opened(session: Session, actor: Actor, meeting: MeetingView, *, at: datetime) -> None:
    vote = _open(session, actor, meeting, _TO_DECIDE, at=at)
    _cast(session, actor, vote, _SAID[:_EARLY], at=at)


def _open(
    session: Session, actor: Actor, meeting: MeetingView, said: tuple[str, str], *, at: datetime
) -> str:
    item = add_item(session, actor, meeting.id, TypedItem(title=said[0]), at=at)
    return open_vote(session, actor, meeting.id, item, at=at, proposal=said[1])


def _cast(
    session: Session, actor: Actor, vote: str, said: Sequence[Stance], *, at: datetime
) -> None:
    """The first organisations by name say one thing each; the others say nothing."""
    voters = vote_of(session, actor, vote).voters
    for voter, stance in zip(voters, said, strict=False):
        given = Cast(organisation_id=voter.organisation.id, stance=stance)
        cast_ballot(session, actor, vote, given, at=at)
