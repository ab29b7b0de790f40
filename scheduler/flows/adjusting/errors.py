"""Why a change by hand isn't made: a rule forbids it, or somebody else was there first."""

from collections.abc import Sequence

from scheduler.db.tables import DraftStep
from scheduler.domain.errors import AanTafelError, Sentence
from solver.sentence import Sentence as Said


class AgainstRules(AanTafelError):
    """The rule book forbids a change; one sentence per fact, with its figures."""


class ChangedMeanwhile(AanTafelError):
    """Somebody else changed the same meeting since the page was made. Nothing is lost.

    Attributes:
        meeting_id: the meeting.
        steps: what was done at it meanwhile, the oldest first.
    """

    def __init__(self, meeting_id: str, steps: Sequence[DraftStep]) -> None:
        """Keep what was done, to show both."""
        super().__init__(
            Sentence(
                "Dit overleg is intussen door iemand anders veranderd. Er is niets verloren.",
                "Somebody else changed this meeting meanwhile. Nothing is lost.",
            )
        )
        self.meeting_id = meeting_id
        self.steps = steps


def said(sentence: Said) -> Sentence:
    """A sentence of the solver's library as one of ours."""
    return Sentence(sentence.nl, sentence.en)


BEGUN = Sentence(
    "Dit overleg is al begonnen, of gaat niet door. Er is niets meer aan te veranderen.",
    "This meeting has begun, or is called off. Nothing about it can be changed any more.",
)
