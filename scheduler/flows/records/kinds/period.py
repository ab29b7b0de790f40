"""A record that holds from a first day to a last: the check that both kinds of it share."""

from collections.abc import Iterator

from scheduler.domain.errors import Sentence
from scheduler.flows.records.kind import LAST_DAY, FieldFault, Values

_BACKWARDS = Sentence(
    "De laatste dag ligt vóór de eerste. Kies een latere dag.",
    "The last day comes before the first. Choose a later one.",
)


def backwards(values: Values) -> Iterator[FieldFault]:
    """A fault at the last day where it comes before the first; both days inclusive."""
    if values[LAST_DAY] < values["eerste_dag"]:
        yield FieldFault(LAST_DAY, _BACKWARDS)
