"""Tables (overlegtafels)."""

from collections.abc import Iterator

from scheduler.db import tables
from scheduler.domain.errors import Sentence
from scheduler.domain.terms import DecisionRule, InputSharing, Level, VoteSharing, WeightRule
from scheduler.flows.records.choices import OneOf, Ref
from scheduler.flows.records.kind import LAST_DAY, Field, FieldFault, Kind, Values
from scheduler.flows.records.kinds.words import (
    CHARACTERS,
    DECISIONS,
    INPUT_SHARINGS,
    LEVELS,
    VOTE_SHARINGS,
    WEIGHTS,
)
from scheduler.flows.records.shapes import Day, Line, Whole, YesNo

_OWNERS = {
    Level.MUNICIPALITY: (
        "gemeente",
        Sentence("Kies van welke gemeente deze tafel is.", "Choose whose municipality it is."),
    ),
    Level.CORPORATION: (
        "corporatie",
        Sentence("Kies van welke corporatie deze tafel is.", "Choose whose corporation it is."),
    ),
}
_NOT_HERE = Sentence(
    "Laat dit leeg: het hoort niet bij dit niveau.",
    "Leave this empty: it doesn't belong to this level.",
)
_VOTING = Sentence("Besluiten en stemmen", "Decisions and votes")
_MOST_VOTES, _WHOLE = 1000, 100

_INPUT = Sentence("Inbreng vooraf", "Input beforehand")
_MOST_DAYS = 90


def _contradictions(values: Values) -> Iterator[FieldFault]:
    for level, (key, missing) in _OWNERS.items():
        if values["niveau"] is level and values[key] is None:
            yield FieldFault(key, missing)
        if values["niveau"] is not level and values[key] is not None:
            yield FieldFault(key, _NOT_HERE)


CONSULTATIONS = Kind(
    key="overlegtafels",
    noun="table",
    table=tables.Table,
    one=Sentence("Overlegtafel", "Table"),
    many=Sentence("Overlegtafels", "Tables"),
    about=Sentence(
        "Het overleg dat steeds terugkomt, en van wie het is.",
        "The consultation that comes back, and whose it is.",
    ),
    fields=(
        Field(key="naam", label=Sentence("Naam", "Name"), shape=Line(), column="name"),
        Field(
            key="niveau",
            label=Sentence("Van wie is deze tafel?", "Whose table is it?"),
            shape=OneOf(words=LEVELS),
            column="level",
        ),
        Field(
            key="gemeente",
            label=Sentence("Gemeente", "Municipality"),
            hint=Sentence("Bij een tafel van een gemeente.", "For a municipality's table."),
            shape=Ref(noun="municipality", required=False),
            column="municipality_id",
        ),
        Field(
            key="corporatie",
            label=Sentence("Woningcorporatie", "Corporation"),
            hint=Sentence("Bij een tafel van een corporatie.", "For a corporation's table."),
            shape=Ref(noun="corporation", required=False),
            column="corporation_id",
        ),
        Field(
            key="organisatie",
            label=Sentence("Alleen voor deze organisatie", "For this organisation alone"),
            hint=Sentence(
                "Leeg is: voor iedereen die er woningen heeft.",
                "Empty means: for whoever has dwellings there.",
            ),
            shape=Ref(noun="organisation", required=False),
            column="organisation_id",
        ),
        Field(
            key="karakter",
            label=Sentence("Wat vraagt deze tafel?", "What does it ask?"),
            shape=OneOf(words=CHARACTERS),
            column="character",
        ),
        Field(
            key="soort",
            label=Sentence("Soort (mag leeg blijven)", "Kind (may stay empty)"),
            hint=Sentence(
                "Daarvan komen het aantal plaatsen en de voorbereiding.",
                "It gives the number of seats and the preparation.",
            ),
            shape=Ref(noun="kind", required=False),
            column="kind_id",
        ),
        Field(
            key=LAST_DAY,
            label=Sentence("Laatste dag (mag leeg blijven)", "Last day (may stay empty)"),
            hint=Sentence(
                "Daarna worden er geen overleggen meer klaargezet.",
                "After it no meetings are set ready any more.",
            ),
            shape=Day(),
            column="last_day",
        ),
        Field(
            key="samen_gaan",
            label=Sentence(
                "Gaan een vrijwilliger en een beroepskracht samen?",
                "Do a volunteer and a professional go together?",
            ),
            hint=Sentence(
                "Wij zoeken dan van allebei iemand, en melden het als dat niet lukt.",
                "We then look for one of each, and say so where that fails.",
            ),
            shape=YesNo(),
            column="pair_wanted",
        ),
        Field(
            key="inbreng_dagen",
            label=Sentence(
                "Inbreng: hoeveel dagen voor het overleg? (mag leeg blijven)",
                "Input: how many days before the meeting? (may stay empty)",
            ),
            hint=Sentence(
                "Zoveel dagen voor elk overleg is het de laatste dag. Leeg is: zoals overal.",
                "So many days before each meeting is the last day. Empty means: as everywhere.",
            ),
            shape=Whole(most=_MOST_DAYS),
            column="input_days",
            group=_INPUT,
        ),
        Field(
            key="inbreng_delen",
            label=Sentence("Wie leest de inbreng?", "Who reads the input?"),
            hint=Sentence(
                "Wie gaat en de coördinator lezen haar altijd. Een gemeente nooit.",
                "Who goes and the coordinator always do. A municipality never does.",
            ),
            shape=OneOf(words=INPUT_SHARINGS, default=InputSharing.AFTER_LAST_DAY),
            column="input_sharing",
            group=_INPUT,
        ),
        Field(
            key="stemt",
            label=Sentence("Wordt er gestemd?", "Does it vote?"),
            shape=YesNo(),
            column="votes",
            group=_VOTING,
        ),
        Field(
            key="besluit",
            label=Sentence("Hoe wordt er besloten?", "How does it decide?"),
            hint=Sentence(
                "Zo wordt ook vooraf geteld wat de organisaties vinden.",
                "What the organisations think is counted this way beforehand, too.",
            ),
            shape=OneOf(words=DECISIONS, default=DecisionRule.ORGANISATIONS),
            column="decision_rule",
            group=_VOTING,
        ),
        Field(
            key="gewicht",
            label=Sentence("Hoe zwaar telt een stem?", "How heavy is a vote?"),
            shape=OneOf(words=WEIGHTS, default=WeightRule.EQUAL),
            column="weight_rule",
            group=_VOTING,
        ),
        Field(
            key="stemmen_per_organisatie",
            label=Sentence("Stemmen per organisatie", "Votes per organisation"),
            hint=Sentence(
                "Meestal 1. Met meer kan een organisatie haar stemmen verdelen.",
                "Usually 1. With more an organisation can split its votes.",
            ),
            shape=Whole(least=1, most=_MOST_VOTES, default=1),
            column="votes_each",
            group=_VOTING,
        ),
        Field(
            key="quorum",
            label=Sentence("Quorum in procenten", "Quorum in per cent"),
            hint=Sentence(
                "Hoeveel procent van de organisaties moet meedoen. 0 is: geen quorum.",
                "How many per cent of the organisations must take part. 0 means: no quorum.",
            ),
            shape=Whole(most=_WHOLE, default=0),
            column="quorum_percent",
            group=_VOTING,
        ),
        Field(
            key="stemmen_delen",
            label=Sentence(
                "Wat zien organisaties van elkaars stem?",
                "What do organisations see of each other's vote?",
            ),
            shape=OneOf(words=VOTE_SHARINGS, default=VoteSharing.BY_NAME),
            column="vote_sharing",
            group=_VOTING,
        ),
    ),
    known_by=("naam",),
    titled_by=("naam",),
    shown=("niveau", "gemeente", "corporatie", "organisatie", LAST_DAY),
    contradictions=_contradictions,
)
