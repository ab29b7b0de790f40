"""What can go wrong with a vote."""

from scheduler.domain.errors import AanTafelError, BadInput, Sentence
from scheduler.domain.terms import VoteState

_SAID = {
    VoteState.OPEN: Sentence(
        "De stemming is nog open. Sluit haar eerst. Er is niets veranderd.",
        "The vote is still open. Close it first. Nothing has changed.",
    ),
    VoteState.CLOSED: Sentence(
        "De stemming is gesloten. Alleen wie haar leidt kan een stem nog herstellen.",
        "The vote is closed. Only who runs it can still correct a ballot.",
    ),
    VoteState.CONFIRMED: Sentence(
        "De uitslag is vastgesteld. Daaraan verandert niets meer.",
        "The result has been confirmed. It doesn't change any more.",
    ),
}


class VoteOver(AanTafelError):
    """The vote is past this act, or not there yet; nothing has changed."""

    def __init__(self, state: VoteState) -> None:
        """Say where the vote stands."""
        super().__init__(_SAID[state])
        self.state = state


class BadVote(BadInput):
    """What was filled in about a vote can't be used."""
