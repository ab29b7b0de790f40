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


class NotYourPage(NotAllowed):
    """The page is for others: for another role, whatever stands behind it."""

    def __init__(self) -> None:
        """Say so, and nothing about the page."""
        AanTafelError.__init__(
            self, Sentence("Deze bladzijde is niet voor u.", "This page isn't for you.")
        )


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


class SpentLink(AanTafelError):
    """A sign-in link that was used, has run out or never was: the three must look alike."""

    def __init__(self) -> None:
        """Say that nothing changed, and who gives a new one."""
        super().__init__(
            Sentence(
                "Deze link werkt niet meer. Er is niets veranderd. Vraag een nieuwe link.",
                "This link no longer works. Nothing has changed. Ask for a new link.",
            )
        )


class WrongComputer(AanTafelError):
    """A link that works only on the computer that Aan Tafel runs on, followed from elsewhere."""

    def __init__(self) -> None:
        """Say where it does work."""
        super().__init__(
            Sentence(
                "Deze link werkt alleen op de computer waarop Aan Tafel draait.",
                "This link works only on the computer that runs Aan Tafel.",
            )
        )


class WrongBrowser(AanTafelError):
    """A mailed sign-in link, opened in another browser than the one that asked for it."""

    def __init__(self) -> None:
        """Say what to do; whoever got somebody else's mail learns nothing more."""
        super().__init__(
            Sentence(
                "Deze link werkt alleen in de browser waarin u om de link vroeg. "
                "Open hem daar, of vraag hier een nieuwe.",
                "This link works only in the browser in which you asked for it. "
                "Open it there, or ask for a new one here.",
            )
        )


class TooManyTries(AanTafelError):
    """Tried too often in a row; it isn't looked at for a while."""

    def __init__(self, minutes: int = 1) -> None:
        """Say how long to wait."""
        super().__init__(
            Sentence(
                f"Te vaak geprobeerd. Wacht {minutes} minuten en probeer het dan opnieuw."
                if minutes > 1
                else "Te vaak geprobeerd. Wacht een minuut en probeer het dan opnieuw.",
                f"Tried too often. Wait {minutes} minutes and try again."
                if minutes > 1
                else "Tried too often. Wait a minute and try again.",
            )
        )
        self.minutes = minutes


class SecondFactorNeeded(AanTafelError):
    """The link was good, and a second proof is still to be given."""

    def __init__(self) -> None:
        """Say what is missing."""
        super().__init__(
            Sentence("Bevestig nog dat u het bent.", "Confirm once more that it is you.")
        )


class SignInAgain(AanTafelError):
    """What proves who somebody is changes only shortly after they proved it (ASVS 5.0, 7.5.1)."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            Sentence(
                "Log uit en opnieuw in om dit te veranderen. Zo weten wij dat u het bent.",
                "Sign out and in again to change this. So we know that it is you.",
            )
        )


class SignInNeeded(AanTafelError):
    """Nobody is signed in, and the page is somebody's."""

    def __init__(self) -> None:
        """Say what is missing."""
        super().__init__(Sentence("U bent niet ingelogd.", "You aren't signed in."))


class ForeignForm(AanTafelError):
    """A form that another site sent in the visitor's name."""

    def __init__(self) -> None:
        """Say that nothing happened, and what to do."""
        super().__init__(
            Sentence(
                "Dit formulier kwam van een andere website. Er is niets veranderd.",
                "This form came from another website. Nothing has changed.",
            )
        )


class PortTaken(AanTafelError):
    """Somebody else listens on the port, or it isn't ours to take."""

    def __init__(self, host: str, port: int, reason: str) -> None:
        """Name the address, and how to choose another."""
        super().__init__(
            Sentence(
                f"Op {host}:{port} kan Aan Tafel niet luisteren ({reason}). "
                "Kies een andere poort met --port.",
                f"Aan Tafel can't listen on {host}:{port} ({reason}). "
                "Choose another port with --port.",
            )
        )
