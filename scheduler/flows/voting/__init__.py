"""Voting at a table: opening, casting, counting, correcting, confirming."""

from scheduler.flows.voting.cast import Cast, cast_ballot
from scheduler.flows.voting.conclude import close_vote, confirm_vote, note_other_half, reopen_vote
from scheduler.flows.voting.electorate import stakes_at
from scheduler.flows.voting.errors import BadVote, VoteOver
from scheduler.flows.voting.links import Voting, open_vote_link, vote_link
from scheduler.flows.voting.open_vote import open_vote, votable
from scheduler.flows.voting.result import outcome_of

__all__ = [
    "BadVote",
    "Cast",
    "VoteOver",
    "Voting",
    "cast_ballot",
    "close_vote",
    "confirm_vote",
    "note_other_half",
    "open_vote",
    "open_vote_link",
    "outcome_of",
    "reopen_vote",
    "stakes_at",
    "votable",
    "vote_link",
]
