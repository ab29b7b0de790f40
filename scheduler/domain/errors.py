"""Everything that can go wrong for a user, each with its sentence in Dutch and English."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Sentence:
    """One message in the two languages of the screens."""

    nl: str
    en: str


class AanTafelError(Exception):
    """Something the user can understand and mostly mend; `sentences` say what and how."""

    def __init__(self, *sentences: Sentence) -> None:
        """Keep the sentences; the English ones make up the exception's own text."""
        super().__init__(" ".join(each.en for each in sentences))
        self.sentences: Sequence[Sentence] = sentences


class NotFound(AanTafelError):
    """What was asked for isn't there, or isn't this actor's to see: the two must look alike."""

    def __init__(self, noun: str = "", identifier: str = "") -> None:
        """Name what was looked for, where the actor named it."""
        name = f" {noun} {identifier}".rstrip()
        super().__init__(
            Sentence(
                f"Dit bestaat niet, of is niet voor u:{name or ' de pagina'}.",
                f"This doesn't exist, or isn't yours to see:{name or ' the page'}.",
            )
        )


class NotAllowed(AanTafelError):
    """The actor is known, but this act belongs to somebody else."""

    def __init__(self) -> None:
        """One sentence for all: it doesn't tell what there would have been."""
        super().__init__(Sentence("Dit mag alleen de coördinator.", "Only the coordinator may."))


class NothingToDo(AanTafelError):
    """The act needs something that isn't there yet, such as meetings to plan."""


class DataFolderFault(AanTafelError):
    """The folder for the database can't be used."""

    def __init__(self, folder: Path, reason: str) -> None:
        """Name the folder and what the operating system said."""
        super().__init__(
            Sentence(
                f"De gegevensmap {folder} is niet te gebruiken: {reason}.",
                f"The data folder {folder} can't be used: {reason}.",
            )
        )
        self.folder = folder


class DatabaseFault(AanTafelError):
    """The database can't be opened, or was made by a newer version of Aan Tafel."""


class BadInput(AanTafelError):
    """What was given can't be used; one sentence per fault, all at once."""


class Gone(AanTafelError):
    """It was there, and has been withdrawn on purpose."""

    def __init__(self) -> None:
        """Say what to do instead."""
        super().__init__(
            Sentence(
                "Dit adres is ingetrokken. Vraag een nieuw adres op de bladzijde Agenda.",
                "This address has been withdrawn. Get a new one on the page Calendar.",
            )
        )
