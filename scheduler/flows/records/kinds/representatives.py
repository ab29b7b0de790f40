"""Representatives, with the limits they set and the hours at which they can be asked."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from sqlmodel import Session, col, delete, select

from scheduler.db import tables
from scheduler.domain.errors import Sentence
from scheduler.flows.records.choices import OneOf, Ref, Several, topic
from scheduler.flows.records.kind import LAST_DAY, Field, FieldFault, Kind, Values
from scheduler.flows.records.kinds.words import BONDS, EXPERIENCES
from scheduler.flows.records.shapes import Day, Hours, Line, Shape, Whole, YesNo
from scheduler.flows.records.times import Times
from scheduler.flows.records.wordlist import WordList

_EXPERTISE = "deskundig_in"
_DAYS = {
    1: ("maandag", Sentence("Maandag", "Monday")),
    2: ("dinsdag", Sentence("Dinsdag", "Tuesday")),
    3: ("woensdag", Sentence("Woensdag", "Wednesday")),
    4: ("donderdag", Sentence("Donderdag", "Thursday")),
    5: ("vrijdag", Sentence("Vrijdag", "Friday")),
    6: ("zaterdag", Sentence("Zaterdag", "Saturday")),
    7: ("zondag", Sentence("Zondag", "Sunday")),
}
_WHO = Sentence("Wie", "Who")
_LIMITS = Sentence("Grenzen", "Limits")
_WEEK = Sentence("Wanneer deze persoon kan", "When this person can come")
_TASK = Sentence("Hoe lang en waarvoor", "How long and for what")
_ANYTHING = Sentence("alles", "anything")
_BACKWARDS = Sentence("De laatste dag komt voor de eerste.", "The last day comes before the first.")
_BOTH = Sentence(
    "Vul de eerste en de laatste dag van de proeftijd in, of geen van beide.",
    "Fill in the first and the last day of the trial, or neither.",
)
_OPEN = Sentence("Leeg is: geen grens.", "Empty means: no limit.")
_MOST_A_WEEK, _MOST_A_MONTH, _MOST_MINUTES = 50, 200, 24 * 60


class _Beside:
    """Weekly hours and expertise, which stand in rows of their own."""

    def values(self, session: Session) -> Mapping[str, Values]:
        """Everybody's."""
        found: dict[str, dict[str, Any]] = defaultdict(lambda: dict(self.absent()))
        hours = tables.Availability
        for row in session.exec(select(hours).order_by(col(hours.starts), col(hours.ends))):
            span = (row.starts, row.ends, row.ends_at_midnight)
            key, _ = _DAYS[row.weekday]
            found[row.representative_id][key] += (span,)
        for each in session.exec(select(tables.Expertise)):
            found[each.representative_id][_EXPERTISE] += (each.topic,)
        return found

    def absent(self) -> Values:
        """No hours named, no expertise."""
        return {**{key: () for key, _ in _DAYS.values()}, _EXPERTISE: ()}

    def write(self, session: Session, identifier: str, values: Values) -> None:
        """Replace them all."""
        for table in (tables.Availability, tables.Expertise):
            session.exec(delete(table).where(col(table.representative_id) == identifier))
        session.add_all(_hours(identifier, values))
        session.add_all(
            tables.Expertise(representative_id=identifier, topic=each)
            for each in values[_EXPERTISE]
        )
        session.flush()


def _hours(identifier: str, values: Values) -> Iterator[tables.Availability]:
    for weekday, (key, _) in _DAYS.items():
        for starts, ends, at_midnight in values[key]:
            yield tables.Availability(
                representative_id=identifier,
                weekday=weekday,
                starts=starts,
                ends=ends,
                ends_at_midnight=at_midnight,
            )


def _limit(key: str, label: Sentence, column: str, shape: Shape) -> Field:
    return Field(key=key, label=label, column=column, shape=shape, hint=_OPEN, group=_LIMITS)


def _contradictions(values: Values) -> Iterator[FieldFault]:
    if values["eerste_dag"] and values[LAST_DAY] and values[LAST_DAY] < values["eerste_dag"]:
        yield FieldFault(LAST_DAY, _BACKWARDS)
    first, last = values["proef_eerste_dag"], values["proef_laatste_dag"]
    if (first is None) is not (last is None):
        yield FieldFault("proef_laatste_dag", _BOTH)
    elif first and last and last < first:
        yield FieldFault("proef_laatste_dag", _BACKWARDS)


REPRESENTATIVES = Kind(
    key="afgevaardigden",
    noun="representative",
    table=tables.Representative,
    one=Sentence("Afgevaardigde", "Representative"),
    many=Sentence("Afgevaardigden", "Representatives"),
    about=Sentence(
        "Wie naar een overleg kan, met hun grenzen en de uren waarop zij kunnen.",
        "Who can go to a meeting, with their limits and the hours at which they can.",
    ),
    fields=(
        Field(
            key="naam",
            label=Sentence("Naam", "Name"),
            shape=Line(),
            column="label",
            group=_WHO,
        ),
        Field(
            key="organisatie",
            label=Sentence("Organisatie", "Organisation"),
            shape=Ref(noun="organisation"),
            column="organisation_id",
            group=_WHO,
        ),
        Field(
            key="woonplaats",
            label=Sentence("Woonplaats", "Home town"),
            hint=Sentence("Voor de reistijd.", "For the travel time."),
            shape=Ref(noun="place"),
            column="home_id",
            group=_WHO,
        ),
        Field(
            key="band",
            label=Sentence("Vrijwilliger of beroepskracht", "Volunteer or professional"),
            shape=OneOf(words=BONDS),
            column="bond",
            group=_WHO,
        ),
        Field(
            key="ervaring",
            label=Sentence("Ervaring", "Experience"),
            hint=Sentence("Wie nieuw is, gaat niet alleen.", "Who is new doesn't go alone."),
            shape=OneOf(words=EXPERIENCES),
            column="experience",
            group=_WHO,
        ),
        Field(
            key="betaald_werk",
            label=Sentence("Heeft betaald werk", "Has a paid job"),
            shape=YesNo(),
            column="paid_job",
            group=_WHO,
        ),
        Field(
            key="kan_online",
            label=Sentence("Kan online meedoen", "Can take part online"),
            shape=YesNo(),
            column="online",
            group=_WHO,
        ),
        Field(
            key=_EXPERTISE,
            label=Sentence("Deskundig in", "At home in"),
            shape=Several(noun="topic", empty=Sentence("niets", "nothing"), reader=topic),
            group=_WHO,
        ),
        Field(
            key="uren_per_jaar",
            label=Sentence("Afgesproken uren per jaar", "Agreed hours a year"),
            hint=Sentence(
                "Wie nieuw is, begint met het gemiddelde van de groep.",
                "Who is new starts with the group's average.",
            ),
            shape=Hours(),
            column="target_minutes_per_year",
            group=_LIMITS,
        ),
        _limit(
            "hoogstens_uren_per_week",
            Sentence("Hoogstens zoveel uren per week", "At most so many hours a week"),
            "max_minutes_per_week",
            Hours(required=False, least_minutes=0),
        ),
        _limit(
            "hoogstens_overleggen_per_week",
            Sentence("Hoogstens zoveel overleggen per week", "At most so many meetings a week"),
            "max_meetings_per_week",
            Whole(most=_MOST_A_WEEK),
        ),
        _limit(
            "hoogstens_overleggen_per_maand",
            Sentence("Hoogstens zoveel overleggen per maand", "At most so many meetings a month"),
            "max_meetings_per_month",
            Whole(most=_MOST_A_MONTH),
        ),
        _limit(
            "hoogstens_in_kantooruren_per_week",
            Sentence(
                "Hoogstens zoveel in kantooruren per week", "At most so many in office hours a week"
            ),
            "max_office_hours_meetings_per_week",
            Whole(most=_MOST_A_WEEK),
        ),
        _limit(
            "hoogstens_in_kantooruren_per_maand",
            Sentence(
                "Hoogstens zoveel in kantooruren per maand",
                "At most so many in office hours a month",
            ),
            "max_office_hours_meetings_per_month",
            Whole(most=_MOST_A_MONTH),
        ),
        _limit(
            "hoogstens_minuten_reizen",
            Sentence(
                "Hoogstens zoveel minuten reizen, enkele reis",
                "At most so many minutes of travel, one way",
            ),
            "max_travel_minutes",
            Whole(most=_MOST_MINUTES),
        ),
        Field(
            key="kan_altijd",
            label=Sentence("Kan op elk uur gevraagd worden", "Can be asked at any hour"),
            hint=Sentence(
                "Nee? Vul dan per dag in wanneer wel, zoals 09:00-12:00, 19:00-22:30.",
                "No? Then fill in day by day when, such as 09:00-12:00, 19:00-22:30.",
            ),
            shape=YesNo(),
            column="always_available",
            group=_WEEK,
        ),
        *(Field(key=key, label=label, shape=Times(), group=_WEEK) for key, label in _DAYS.values()),
        Field(
            key="eerste_dag",
            label=Sentence("Eerste dag (mag leeg blijven)", "First day (may stay empty)"),
            shape=Day(),
            column="first_day",
            group=_TASK,
        ),
        Field(
            key=LAST_DAY,
            label=Sentence("Laatste dag (mag leeg blijven)", "Last day (may stay empty)"),
            shape=Day(),
            column="last_day",
            group=_TASK,
        ),
        Field(
            key="alleen_onderwerpen",
            label=Sentence("Alleen over deze onderwerpen", "About these topics alone"),
            hint=Sentence(
                "Voor wie tijdelijk helpt. Niets gekozen is: over alles.",
                "For who helps for a while. Nothing chosen means: about anything.",
            ),
            shape=WordList(Several(noun="topic", empty=_ANYTHING, reader=topic)),
            column="only_topics",
            group=_TASK,
        ),
        Field(
            key="proef_eerste_dag",
            label=Sentence("Proeftijd: eerste dag (mag leeg blijven)", "Trial: first day"),
            hint=Sentence(
                "In de proeftijd gaat deze persoon alleen met een ervaren iemand ernaast.",
                "In the trial this person only goes with an experienced one beside.",
            ),
            shape=Day(),
            column="trial_first_day",
            group=_TASK,
        ),
        Field(
            key="proef_laatste_dag",
            label=Sentence("Proeftijd: laatste dag (mag leeg blijven)", "Trial: last day"),
            shape=Day(),
            column="trial_last_day",
            group=_TASK,
        ),
        Field(
            key="begeleider",
            label=Sentence("Wie begeleidt? (mag leeg blijven)", "Who accompanies? (or empty)"),
            shape=Ref(noun="representative", required=False),
            column="companion_id",
            group=_TASK,
        ),
    ),
    known_by=("organisatie", "naam"),
    titled_by=("naam",),
    shown=("organisatie", "woonplaats", "uren_per_jaar", LAST_DAY),
    prefix="r",
    part=_Beside(),
    contradictions=_contradictions,
)
