"""Why a record isn't written: something in it isn't right, or somebody else was there first."""

from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.domain.errors import AanTafelError, BadInput, Sentence
from scheduler.flows.records.kind import FieldFault


class BadRecord(BadInput):
    """What was typed can't be kept; every fault at once, each at its field."""

    def __init__(self, *faults: FieldFault) -> None:
        """Keep the faults, and their sentences."""
        super().__init__(*(fault.sentence for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """One field that somebody else changed: what the form showed, and what stands there now."""

    key: str
    was: str
    now: str


class RecordChanged(AanTafelError):
    """Somebody else changed the record since the form was made. Nothing is lost.

    Attributes:
        meanwhile: what they changed.
        texts: the record as it is now, with what was typed on top of it.
        now: the record as it is now.
    """

    def __init__(
        self, meanwhile: tuple[Meanwhile, ...], texts: Mapping[str, str], now: Mapping[str, str]
    ) -> None:
        """Keep both sides, to show them."""
        super().__init__(
            Sentence(
                "Iemand anders veranderde dit intussen. Wat u typte, staat er nog.",
                "Somebody else changed this meanwhile. What you typed is still there.",
            )
        )
        self.meanwhile = meanwhile
        self.texts = texts
        self.now = now


class AlreadyThere(BadInput):
    """There is one like it already.

    Attributes:
        identifier: which one.
    """

    def __init__(self, identifier: str, title: str) -> None:
        """Name the one that is there."""
        super().__init__(
            Sentence(
                f"Dit staat er al: {title}. Verander die, of kies een andere naam.",
                f"This is there already: {title}. Change that one, or choose another name.",
            )
        )
        self.identifier = identifier


class UndoImpossible(AanTafelError):
    """The record was changed again since, so going back would undo that as well."""

    def __init__(self) -> None:
        """Say what can be done instead."""
        super().__init__(
            Sentence(
                "Dit is daarna nog veranderd. Verander het hier met de hand.",
                "This was changed again since. Change it here by hand.",
            )
        )
