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
