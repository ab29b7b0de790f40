"""Hours that one organisation lends another."""

from collections.abc import Iterator

from scheduler.db import tables
from scheduler.domain.errors import Sentence
from scheduler.domain.terms import LoanPace
from scheduler.flows.records.choices import OneOf, Ref
from scheduler.flows.records.kind import LAST_DAY, Field, FieldFault, Kind, Values
from scheduler.flows.records.kinds.period import DAYS, backwards
from scheduler.flows.records.shapes import Hours, Line

_SELF = Sentence("Kies twee verschillende organisaties.", "Choose two different organisations.")
_PACES = {
    LoanPace.QUARTER: Sentence("per kwartaal", "a quarter"),
    LoanPace.YEAR: Sentence("per jaar", "a year"),
}


def _contradictions(values: Values) -> Iterator[FieldFault]:
    if values["gever"] == values["houder"]:
        yield FieldFault("houder", _SELF)
    yield from backwards(values)


LOANS = Kind(
    key="geleende-uren",
    noun="loan",
    table=tables.Loan,
    one=Sentence("Lening van uren", "Loan of hours"),
    many=Sentence("Geleende uren", "Lent hours"),
    about=Sentence(
        "Welke organisatie werk overneemt van een andere, en hoeveel uur.",
        "Which organisation takes work over from another, and how many hours.",
    ),
    fields=(
        Field(
            key="gever",
            label=Sentence("Wie leent uren uit?", "Who lends hours?"),
            shape=Ref(noun="organisation"),
            column="giver_id",
        ),
        Field(
            key="houder",
            label=Sentence("Aan wie?", "To whom?"),
            shape=Ref(noun="organisation"),
            column="holder_id",
        ),
        Field(
            key="uren",
            label=Sentence("Hoeveel uur?", "How many hours?"),
            shape=Hours(),
            column="minutes",
        ),
        Field(
            key="per",
            label=Sentence("Per kwartaal of per jaar?", "A quarter or a year?"),
            shape=OneOf(words=_PACES, default=LoanPace.YEAR),
            column="pace",
        ),
        *DAYS,
        Field(
            key="opmerking",
            label=Sentence("Opmerking (mag leeg blijven)", "Note (may stay empty)"),
            shape=Line(required=False),
            column="note",
        ),
    ),
    known_by=("gever", "houder", "eerste_dag"),
    titled_by=("gever", "houder"),
    shown=("uren", "per", "eerste_dag", LAST_DAY),
    prefix="ln",
    contradictions=_contradictions,
)
