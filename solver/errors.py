"""What can be wrong with what the library is given. An impossible wish is an answer, no error."""

from dataclasses import dataclass


class SolverError(Exception):
    """The base of every error that this library raises on purpose."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a document.

    `path` leads to it, such as `meetings[3].slots[0].start`, and is empty for the document as a
    whole; `message` says what was expected there.
    """

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path or 'document'}: {self.message}"


class BadDocument(SolverError, ValueError):
    """A document is refused; `faults` holds everything that is wrong in it, at least one thing."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(faults)
        self.faults = faults

    def __str__(self) -> str:
        return "\n".join(map(str, self.faults))
