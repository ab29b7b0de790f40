"""Mandates: who lets whom speak for it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from sqlmodel import Session, col, delete, select

from scheduler.db import tables
from scheduler.domain.errors import Sentence
from scheduler.domain.terms import MandatePower
from scheduler.flows.mandates.on_paper import note_on_paper
from scheduler.flows.records.choices import OneOf, Ref, Several, topic
from scheduler.flows.records.kind import LAST_DAY, Field, FieldFault, Kind, Values
from scheduler.flows.records.kinds.period import DAYS, backwards
from scheduler.flows.records.kinds.words import LEVELS, POWERS
from scheduler.flows.records.shapes import Line, YesNo
from scheduler.flows.records.wordlist import WordList

_TOWNS = "gemeenten"
_EVERYWHERE = Sentence("overal", "everywhere")
_EVERYTHING = Sentence("alles", "everything")
_LEVELS = {level.value: word for level, word in LEVELS.items()}
_SELF = Sentence(
    "Een organisatie geeft zichzelf geen mandaat. Kies een andere.",
    "An organisation gives itself no mandate. Choose another.",
)
_USUAL = Sentence("Niets gekozen is: meebeslissen.", "Nothing chosen means: decide along.")
_ALL = Sentence("Niets gekozen is: overal.", "Nothing chosen means: everywhere.")
_ANY = Sentence("Niets gekozen is: alles.", "Nothing chosen means: everything.")


class _Towns:
    """The municipalities in which a mandate holds."""

    def values(self, session: Session) -> Mapping[str, Values]:
        """Every mandate's."""
        found: dict[str, tuple[str, ...]] = defaultdict(tuple)
        for row in session.exec(select(tables.MandateMunicipality)):
            found[row.mandate_id] += (row.municipality_id,)
        return {identifier: {_TOWNS: towns} for identifier, towns in found.items()}

    def absent(self) -> Values:
        """Bound to none."""
        return {_TOWNS: ()}

    def write(self, session: Session, identifier: str, values: Values) -> None:
        """Replace them."""
        row = tables.MandateMunicipality
        session.exec(delete(row).where(col(row.mandate_id) == identifier))
        session.add_all(row(mandate_id=identifier, municipality_id=town) for town in values[_TOWNS])
        session.flush()


def _follow(row: tables.Mandate, values: Values) -> None:
    row.everywhere = not values[_TOWNS]


def _start(values: Values) -> Mapping[str, Any]:
    return {"everywhere": not values[_TOWNS]}


def _contradictions(values: Values) -> Iterator[FieldFault]:
    if values["gever"] == values["houder"]:
        yield FieldFault("houder", _SELF)
    yield from backwards(values)


MANDATES = Kind(
    key="mandaten",
    noun="mandate",
    table=tables.Mandate,
    one=Sentence("Mandaat", "Mandate"),
    many=Sentence("Mandaten", "Mandates"),
    about=Sentence(
        "Welke organisatie namens welke andere mag spreken, waar en hoe lang.",
        "Which organisation may speak for which other, where and how long.",
    ),
    fields=(
        Field(
            key="gever",
            label=Sentence("Wie geeft het mandaat?", "Who gives the mandate?"),
            shape=Ref(noun="organisation"),
            column="giver_id",
        ),
        Field(
            key="houder",
            label=Sentence("Wie spreekt dan namens hen?", "Who then speaks for them?"),
            shape=Ref(noun="organisation"),
            column="holder_id",
        ),
        *DAYS,
        Field(
            key=_TOWNS,
            label=Sentence("In welke gemeenten?", "In which municipalities?"),
            hint=_ALL,
            shape=Several(noun="municipality", empty=_EVERYWHERE),
        ),
        Field(
            key="onderwerpen",
            label=Sentence("Over welke onderwerpen?", "About which topics?"),
            hint=_ANY,
            shape=WordList(Several(noun="topic", empty=_EVERYTHING, reader=topic)),
            column="topics",
        ),
        Field(
            key="niveaus",
            label=Sentence("Bij wiens overleggen?", "At whose meetings?"),
            hint=_ANY,
            shape=WordList(Several(noun="level", empty=_EVERYTHING, words=_LEVELS)),
            column="levels",
        ),
        Field(
            key="bevoegdheid",
            label=Sentence("Hoe ver mag dat gaan?", "How far may that go?"),
            hint=_USUAL,
            shape=OneOf(words=POWERS, default=MandatePower.DECIDES),
            column="power",
        ),
        Field(
            key="grens",
            label=Sentence("Grens in woorden (mag leeg blijven)", "Limit in words (may be empty)"),
            shape=Line(required=False),
            column="limits",
        ),
        Field(
            key="telkens_vragen",
            label=Sentence("Vraag ons elke keer eerst", "Ask us first each time"),
            shape=YesNo(),
            column="ask_each_time",
        ),
        Field(
            key="opmerking",
            label=Sentence("Opmerking (mag leeg blijven)", "Note (may stay empty)"),
            shape=Line(required=False),
            column="note",
        ),
    ),
    known_by=("gever", "houder", "eerste_dag", _TOWNS, "onderwerpen", "niveaus"),
    titled_by=("gever", "houder"),
    shown=("eerste_dag", LAST_DAY, _TOWNS),
    prefix="md",
    part=_Towns(),
    start=_start,
    follow=_follow,
    told=note_on_paper,
    contradictions=_contradictions,
)
