"""Tenant organisations."""

from sqlalchemy import inspect

from scheduler.db import tables
from scheduler.domain.errors import Sentence
from scheduler.flows.records.choices import Ref
from scheduler.flows.records.kind import LAST_DAY, Field, Kind, Values
from scheduler.flows.records.shapes import Count, Day, Hours, Line


def _given(row: tables.Organisation, _values: Values) -> None:
    """A capacity that was filled in is no longer an assumption of ours."""
    if inspect(row).attrs.capacity_minutes_per_year.history.has_changes():
        row.capacity_is_sample, row.capacity_source = False, ""


ORGANISATIONS = Kind(
    key="organisaties",
    noun="organisation",
    table=tables.Organisation,
    one=Sentence("Huurdersorganisatie", "Tenant organisation"),
    many=Sentence("Huurdersorganisaties", "Tenant organisations"),
    about=Sentence(
        "Wie er meepraat, en hoeveel uur per jaar zij aankunnen.",
        "Who takes part, and how many hours a year they can carry.",
    ),
    fields=(
        Field(key="naam", label=Sentence("Naam", "Name"), shape=Line(), column="name"),
        Field(
            key="volledige_naam",
            label=Sentence("Volledige naam", "Full name"),
            shape=Line(),
            column="full_name",
        ),
        Field(
            key="regio",
            label=Sentence("Regio", "Region"),
            shape=Ref(noun="region"),
            column="region_id",
        ),
        Field(
            key="uren_per_jaar",
            label=Sentence("Draagkracht: uren per jaar", "Capacity: hours a year"),
            hint=Sentence(
                "Overleg, voorbereiding, reizen en terugkoppeling samen.",
                "Meetings, preparation, travel and report together.",
            ),
            shape=Hours(),
            column="capacity_minutes_per_year",
        ),
        Field(
            key="akkoord_mandaat",
            label=Sentence(
                "Hoeveel bestuursleden moeten akkoord zijn met een mandaat? (1 of 2)",
                "How many board members must agree to a mandate? (1 or 2)",
            ),
            shape=Count(most=2, least=1),
            column="mandate_members",
        ),
        Field(
            key="opmerking",
            label=Sentence("Opmerking (mag leeg blijven)", "Note (may stay empty)"),
            shape=Line(required=False),
            column="note",
        ),
        Field(
            key=LAST_DAY,
            label=Sentence("Laatste dag (mag leeg blijven)", "Last day (may stay empty)"),
            hint=Sentence(
                "Daarna komen hun mensen niet meer, en stoppen hun mandaten.",
                "After it their people come no more, and their mandates end.",
            ),
            shape=Day(),
            column="last_day",
        ),
    ),
    known_by=("naam",),
    titled_by=("naam",),
    shown=("regio", "uren_per_jaar", LAST_DAY),
    follow=_given,
)
