"""Votes on an agenda item: who may vote for whom, frozen at opening, and every ballot ever cast."""

from datetime import datetime

from sqlmodel import Field

from scheduler.db.tables.base import Row, instant, key, optional_instant
from scheduler.db.types import rule, words
from scheduler.domain.terms import (
    BallotWay,
    DecisionRule,
    Stance,
    VoteSharing,
    VoteState,
    WeightRule,
)

_OTHERS = ("other_for", "other_against", "other_abstain")
_ALL_OR_NONE = (
    f"({' AND '.join(f'{name} IS NULL' for name in _OTHERS)})"
    f" OR ({' AND '.join(f'{name} >= 0' for name in _OTHERS)} AND {' + '.join(_OTHERS)} >= 1)"
)


class Vote(Row, table=True):
    """A vote on one agenda item, by the rules that its table had when it was opened.

    `other_…` are the votes of the other half, where the tenants together have half of them; None
    until somebody enters them. `ballots` counts what was cast, corrections too: whoever casts adds
    one to it while the vote is still open to it, so that no ballot slips in after closing.
    """

    __tablename__ = "vote"
    __table_args__ = (
        rule("votes_each", "votes_each BETWEEN 1 AND 1000"),
        rule("quorum", "quorum_percent BETWEEN 0 AND 100"),
        rule("other", _ALL_OR_NONE),
        rule("closed", "(state = 'open') = (closed_at IS NULL)"),
        rule("confirmed", "(state = 'confirmed') = (confirmed_at IS NOT NULL)"),
    )

    id: str = Field(primary_key=True)
    item_id: str = Field(foreign_key="agenda_item.id", ondelete="CASCADE", unique=True)
    meeting_id: str = key("meeting.id")
    proposal: str
    state: VoteState = Field(default=VoteState.OPEN, sa_type=words(VoteState))
    decision_rule: DecisionRule = Field(sa_type=words(DecisionRule))
    weight_rule: WeightRule = Field(sa_type=words(WeightRule))
    votes_each: int
    quorum_percent: int
    sharing: VoteSharing = Field(sa_type=words(VoteSharing))
    opened_at: datetime = instant()
    closed_at: datetime | None = optional_instant()
    confirmed_at: datetime | None = optional_instant()
    other_for: int | None = None
    other_against: int | None = None
    other_abstain: int | None = None
    ballots: int = 0


class VoteVoter(Row, table=True):
    """One organisation with a vote, as it stood at opening.

    `caster_id` is who casts its vote: itself, or the holder of the mandate `mandate_id`, which is
    kept as a name so that the record outlives the mandate. `present` says that it sat at the table
    itself. `dwellings` is None where the number is unknown.
    """

    __tablename__ = "vote_voter"
    __table_args__ = (
        rule("votes", "votes >= 1"),
        rule("dwellings", "dwellings IS NULL OR dwellings >= 0"),
        rule("mandate", "(caster_id = organisation_id) = (mandate_id = '')"),
    )

    vote_id: str = key("vote.id", primary=True)
    organisation_id: str = key("organisation.id", primary=True)
    caster_id: str = key("organisation.id")
    mandate_id: str = ""
    present: bool
    votes: int
    dwellings: int | None = None


class VoteBallot(Row, table=True):
    """One ballot. Of an organisation's the one with the highest number counts; the others stay.

    `caster` says in words who cast it. The parts are there where the vote is split, in the vote's
    own measure.
    """

    __tablename__ = "vote_ballot"
    __table_args__ = (
        rule("number", "number >= 1"),
        rule("cast", "stance IN ('for', 'against', 'abstain', 'split', 'not_present')"),
        rule("parts", "part_for >= 0 AND part_against >= 0 AND part_abstain >= 0"),
        rule("split", "stance = 'split' OR part_for + part_against + part_abstain = 0"),
    )

    vote_id: str = key("vote.id", primary=True)
    number: int = Field(primary_key=True)
    organisation_id: str = key("organisation.id")
    stance: Stance = Field(sa_type=words(Stance))
    part_for: int = 0
    part_against: int = 0
    part_abstain: int = 0
    way: BallotWay = Field(sa_type=words(BallotWay))
    caster: str
    cast_at: datetime = instant()
    why: str = ""
