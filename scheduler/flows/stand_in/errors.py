"""Why somebody can't take a place."""

from scheduler.domain.errors import AanTafelError, NothingToDo, Sentence


class TakenAlready(AanTafelError):
    """Somebody else was first; nothing has changed."""

    def __init__(self, label: str) -> None:
        """Say who goes."""
        super().__init__(
            Sentence(
                f"{label} gaat al. U hoeft niets te doen. Fijn dat u wilde gaan.",
                f"{label} is going already. You needn't do anything. Thank you for offering.",
            )
        )


class PlaceTaken(NothingToDo):
    """Who gave up a place wants it back, but somebody has taken it; nothing has changed."""

    def __init__(self, label: str) -> None:
        """Say who has it, and how the person can come all the same."""
        super().__init__(
            Sentence(
                f"{label} heeft uw plaats overgenomen. U hoeft niets te doen. Wilt u toch gaan?"
                " Vraag het de coördinator.",
                f"{label} has taken over your place. You needn't do anything. Do you want to go"
                " after all? Ask the coordinator.",
            )
        )


class NotNeeded(NothingToDo):
    """The place is nobody's to take any more; nothing has changed."""

    def __init__(self) -> None:
        """Say that there is nothing to do."""
        super().__init__(
            Sentence(
                "Dit is niet meer nodig. U hoeft niets te doen.",
                "This is no longer needed. You needn't do anything.",
            )
        )
