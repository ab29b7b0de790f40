"""What is wrong in a form while it is read: every fault at once, each beside its own field."""

from dataclasses import dataclass, field
from datetime import datetime

from scheduler.domain.errors import BadInput, Sentence


@dataclass(frozen=True, slots=True)
class FieldFault:
    """What is wrong in one field, by the field's name on the form."""

    field: str
    sentence: Sentence


class BadRequest(BadInput):
    """The form can't be sent yet; `faults` say what is wrong where."""

    def __init__(self, faults: tuple[FieldFault, ...]) -> None:
        """Keep the faults, and their sentences."""
        super().__init__(*(fault.sentence for fault in faults))
        self.faults = faults

    @classmethod
    def of_all(cls, *errors: "BadRequest | None") -> "BadRequest":
        """The faults of several, each once."""
        faults = (fault for error in errors if error for fault in error.faults)
        return cls(tuple(dict.fromkeys(faults)))


@dataclass(slots=True)
class Reading:
    """The faults so far, and the instant from which on everything must lie ahead."""

    at: datetime
    faults: list[FieldFault] = field(default_factory=list)

    def fault(self, where: str, nl: str, en: str) -> None:
        """Note a fault in a field."""
        self.faults.append(FieldFault(where, Sentence(nl, en)))

    def refuse(self) -> None:
        """Raise BadRequest where anything is wrong."""
        if self.faults:
            raise BadRequest(tuple(self.faults))
