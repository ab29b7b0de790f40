"""Municipalities and housing corporations."""

from scheduler.db import tables
from scheduler.domain.errors import Sentence
from scheduler.flows.records.choices import Ref
from scheduler.flows.records.kind import LAST_DAY, Field, Kind
from scheduler.flows.records.shapes import Day, Line

_GOES_ON = Field(
    key=LAST_DAY,
    label=Sentence("Laatste dag (mag leeg blijven)", "Last day (may stay empty)"),
    hint=Sentence(
        "Als deze opgaat in een andere. Wat er geweest is, blijft staan.",
        "Where it goes up in another. What has been stays.",
    ),
    shape=Day(),
    column="last_day",
)

MUNICIPALITIES = Kind(
    key="gemeenten",
    noun="municipality",
    table=tables.Municipality,
    one=Sentence("Gemeente", "Municipality"),
    many=Sentence("Gemeenten", "Municipalities"),
    about=Sentence("Waar zij liggen, en waar hun gemeentehuis staat.", "Where they lie and meet."),
    fields=(
        Field(key="naam", label=Sentence("Naam", "Name"), shape=Line(), column="name"),
        Field(
            key="regio",
            label=Sentence("Regio", "Region"),
            shape=Ref(noun="region"),
            column="region_id",
        ),
        Field(
            key="gemeentehuis",
            label=Sentence("Plaats van het gemeentehuis", "Town of the town hall"),
            shape=Ref(noun="place"),
            column="place_id",
        ),
        _GOES_ON,
    ),
    known_by=("naam",),
    titled_by=("naam",),
    shown=("regio", "gemeentehuis", LAST_DAY),
    own_identifier=Sentence(
        "CBS-code, zoals GM0114", "Code of Statistics Netherlands, such as GM0114"
    ),
)

CORPORATIONS = Kind(
    key="corporaties",
    noun="corporation",
    table=tables.Corporation,
    one=Sentence("Woningcorporatie", "Corporation"),
    many=Sentence("Woningcorporaties", "Corporations"),
    about=Sentence("Van wie de woningen zijn.", "Who owns the dwellings."),
    fields=(
        Field(key="naam", label=Sentence("Naam", "Name"), shape=Line(), column="name"),
        Field(
            key="hoofdkantoor",
            label=Sentence("Plaats van het hoofdkantoor", "Town of the head office"),
            hint=Sentence("Leeg is: niet bekend.", "Empty means: not known."),
            shape=Ref(noun="place", required=False),
            column="place_id",
        ),
        _GOES_ON,
    ),
    known_by=("naam",),
    titled_by=("naam",),
    shown=("hoofdkantoor", LAST_DAY),
)
