"""A record that holds from a first day to a last: the fields and the check that all such share."""

from collections.abc import Iterator

from scheduler.domain.errors import Sentence
from scheduler.flows.records.kind import LAST_DAY, Field, FieldFault, Values
from scheduler.flows.records.shapes import Day

_BACKWARDS = Sentence(
    "De laatste dag ligt vóór de eerste. Kies een latere dag.",
    "The last day comes before the first. Choose a later one.",
)

DAYS = (
    Field(
        key="eerste_dag",
        label=Sentence("Eerste dag", "First day"),
        shape=Day(required=True),
        column="first_day",
    ),
    Field(
        key=LAST_DAY,
        label=Sentence("Laatste dag", "Last day"),
        shape=Day(required=True),
        column="last_day",
    ),
)
"""The first and the last day, both inclusive and both asked for."""


def backwards(values: Values) -> Iterator[FieldFault]:
    """A fault at the last day where it comes before the first; both days inclusive."""
    if values[LAST_DAY] < values["eerste_dag"]:
        yield FieldFault(LAST_DAY, _BACKWARDS)
