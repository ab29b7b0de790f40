"""Closed days and school holidays, besides the public holidays."""

from scheduler.db import tables
from scheduler.domain.errors import Sentence
from scheduler.flows.records.choices import OneOf
from scheduler.flows.records.kind import LAST_DAY, Field, Kind
from scheduler.flows.records.kinds.period import DAYS, backwards
from scheduler.flows.records.kinds.words import CLOSED
from scheduler.flows.records.shapes import Line

CLOSED_DAYS = Kind(
    key="gesloten-dagen",
    noun="closed",
    table=tables.ClosedPeriod,
    one=Sentence("Gesloten dagen", "Closed days"),
    many=Sentence("Gesloten dagen en vakanties", "Closed days and holidays"),
    about=Sentence(
        "Feestdagen kennen wij al. Zet hier de andere dagen en de schoolvakanties.",
        "Public holidays we know. Put the other days and the school holidays here.",
    ),
    fields=(
        Field(key="naam", label=Sentence("Naam", "Name"), shape=Line(), column="name"),
        Field(
            key="soort",
            label=Sentence("Soort", "Kind"),
            hint=Sentence(
                "Op gesloten dagen is niemand aan het werk. Schoolvakanties vermijden wij alleen "
                "bij het klaarzetten van een jaar.",
                "On closed days nobody works. School holidays are only avoided when a year is set "
                "ready.",
            ),
            shape=OneOf(words=CLOSED),
            column="kind",
        ),
        *DAYS,
    ),
    known_by=("naam", "eerste_dag"),
    titled_by=("naam",),
    shown=("soort", "eerste_dag", LAST_DAY),
    prefix="c",
    contradictions=backwards,
    removable=True,
)
