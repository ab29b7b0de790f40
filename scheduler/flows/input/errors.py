"""What can go wrong about input."""

from datetime import date

from scheduler.domain.errors import AanTafelError, Sentence


class NoInputAsked(AanTafelError):
    """The tenants aren't asked for anything at this meeting, or it has no agenda yet."""

    def __init__(self) -> None:
        """Say that there is nothing to do."""
        super().__init__(
            Sentence(
                "Bij dit overleg wordt nu geen inbreng gevraagd. U hoeft niets te doen.",
                "No input is asked for this meeting now. You needn't do anything.",
            )
        )


class InputClosed(AanTafelError):
    """The meeting has begun, or is off: what was given stays as it is."""

    def __init__(self) -> None:
        """Say what became of what was typed."""
        super().__init__(
            Sentence(
                "Het overleg is begonnen of gaat niet door. Uw inbreng verandert niet meer. "
                "Wat u typte, is bewaard.",
                "The meeting has begun or is off. Your input doesn't change any more. "
                "What you typed is kept.",
            )
        )


class NotShared(AanTafelError):
    """An organisation may not read the others' input, or not yet."""

    def __init__(self, from_day: date | None) -> None:
        """Say from when on it may; None: never."""
        if from_day is None:
            said = Sentence(
                "Deze tafel deelt de inbreng alleen met wie gaat.",
                "This table shares the input only with who goes.",
            )
        else:
            said = Sentence(
                f"Wat de anderen vinden, leest u vanaf {from_day:%d-%m-%Y}. Dan heeft iedereen "
                "vrij kunnen antwoorden.",
                f"You can read what the others think from {from_day:%d-%m-%Y}. Everybody then has "
                "been able to answer freely.",
            )
        super().__init__(said)
        self.from_day = from_day
