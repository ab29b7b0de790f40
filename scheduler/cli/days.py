"""Days as they are typed on a terminal."""

from datetime import date

from scheduler.domain.errors import BadInput, Sentence


def day_of(typed: str) -> date:
    """A local day such as 2027-03-01; BadInput where it isn't one."""
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise BadInput(
            Sentence(
                f"{typed} is geen dag. Schrijf een dag als 2027-03-01.",
                f"{typed} is not a day. Write a day as 2027-03-01.",
            )
        ) from error
