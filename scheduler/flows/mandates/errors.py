"""What can be wrong with a mandate or a choice as it was filled in."""

from dataclasses import dataclass

from scheduler.domain.errors import BadInput, Sentence


@dataclass(frozen=True, slots=True)
class FieldFault:
    """What is wrong in one field of the form."""

    field: str
    sentence: Sentence


class BadMandate(BadInput):
    """Something isn't right, each fault at its field."""

    def __init__(self, *faults: FieldFault) -> None:
        """Keep the faults, by their fields."""
        super().__init__(*(each.sentence for each in faults))
        self.faults = faults
