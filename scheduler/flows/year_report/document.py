"""A year's facts in words: one document, whatever file it becomes."""

from collections.abc import Iterator
from datetime import date, datetime

from babel.dates import format_date
from babel.numbers import format_decimal

from scheduler.db.input import PositionView
from scheduler.db.report_views import ItemView, Told
from scheduler.db.views import MeetingView, Named
from scheduler.domain.terms import Carried, Character, Outcome, Stance
from scheduler.domain.times import local, local_midnight
from scheduler.flows.year_report.facts import MandateLine, PositionLine, WorkLine, YearFacts
from scheduler.paper import Block, Bullets, Document, Heading, Paragraph, Sheet

_LANGUAGE = "nl"
_HOUR = 60
_CHARACTERS = {
    Character.DECIDING: "besluitend",
    Character.ADVISING: "adviserend",
    Character.INFORMING: "informerend",
}
_OUTCOMES = {
    Outcome.DECIDED: "besloten",
    Outcome.POSTPONED: "uitgesteld",
    Outcome.HEARD: "om te horen",
    Outcome.NOT_DISCUSSED: "niet besproken",
}
_CARRIED = {
    Carried.LISTENED: "gezegd, en er is naar geluisterd",
    Carried.IN_VAIN: "gezegd, maar er gebeurde niets mee",
    Carried.NOT_RAISED: "kwam niet aan de orde",
}
_STANCES = {
    Stance.FOR: "voor",
    Stance.FOR_IF: "voor, als",
    Stance.AGAINST: "tegen",
    Stance.ABSTAIN: "geen mening",
}
_TO_COME = "nog niet verteld"
_OWN_VOICE = "niet via een ander"
_LEVELS = {"municipality": "gemeente", "province": "provincie", "corporation": "corporatie"}
_WORK = ("Overleggen", "Aan tafel", "Voorbereiding", "Reizen", "Verslag", "Samen")
_FIGURES = frozenset(range(1, 7))


def year_document(facts: YearFacts) -> Document:
    """The report of a year; the same facts give the same document."""
    who = facts.organisation.name if facts.organisation else f"huurders in {facts.province}"
    return Document(
        title=f"Jaarverslag {facts.year}: {who}",
        language=_LANGUAGE,
        made_at=local_midnight(facts.as_of),
        blocks=tuple(_blocks(facts)),
        foot="Aan Tafel",
    )


def _blocks(facts: YearFacts) -> Iterator[Block]:
    yield from _opening(facts)
    yield from _meetings(facts)
    yield from _work(facts)
    yield from _spoken(facts)
    yield from _positions(facts)
    yield from _outcomes(facts)
    yield from _agreed(facts)
    yield from _mandates(facts)
    yield from _corporations(facts)


def _opening(facts: YearFacts) -> Iterator[Block]:
    yield Paragraph(
        f"Dit verslag is gemaakt uit het register van Aan Tafel, zoals dat was op "
        f"{_day(facts.as_of)}. Het laat zien wat de huurdersvertegenwoordiging in het jaar deed: "
        "waar zij was, namens wie zij sprak en wat ervan kwam. Met dit verslag legt een "
        "huurdersorganisatie verantwoording af aan de huurders, zoals de Overlegwet elk jaar "
        "vraagt."
    )
    yield Heading("In het kort")
    yield Bullets(tuple(_summary(facts)))


def _summary(facts: YearFacts) -> Iterator[str]:
    to_come = sum(local(each.starts_at).date() > facts.as_of for each in facts.meetings)
    held = len(facts.meetings) - to_come
    yield f"Overleggen: {len(facts.meetings)}, waarvan {held} gehouden en {to_come} nog te komen."
    yield f"Werk: {_hours(sum(each.total for each in facts.work))} uur."
    carried = sum(each.carried for each in facts.spoken)
    yield f"Namens een ander gesproken, met mandaat: {carried} keer."
    if without := sum(each.meetings for each in facts.spoken) - carried:
        yield f"Namens een ander gesproken, terwijl er geen mandaat meer gold: {without} keer."
    for each in facts.loans:
        yield f"{each.giver} leende {_hours(each.minutes)} uur uit aan {each.holder}."
    yield f"Niet gehoord: {facts.unheard} keer."
    yield (
        f"Teruggekoppeld: {len(facts.told)} overleggen, waarvan {facts.late} te laat; "
        f"van {len(facts.untold)} overleggen ontbreekt de terugkoppeling."
    )


def _meetings(facts: YearFacts) -> Iterator[Block]:
    yield Heading("Overleggen")
    if not facts.meetings:
        yield Paragraph("In dit jaar waren er geen overleggen.")
        return
    yield Sheet(
        head=("Dag", "Overleg", "Soort", "Wie er was", "Gehoord"),
        rows=tuple(_meeting_row(each, facts.organisation) for each in facts.meetings),
    )


def _meeting_row(meeting: MeetingView, own: Named | None) -> tuple[str, ...]:
    return (
        _day(local(meeting.starts_at).date()),
        meeting.title,
        _CHARACTERS[meeting.character],
        _who_came(meeting, own),
        _heard(meeting, own),
    )


def _who_came(meeting: MeetingView, own: Named | None) -> str:
    """One's own people by their labels; those of others by their organisation."""
    mine = [each.label for each in meeting.attendees if each.organisation == own]
    others = sorted({each.organisation.name for each in meeting.attendees} - _name(own))
    return ", ".join([*mine, *others]) or "niemand"


def _name(own: Named | None) -> set[str]:
    return {own.name} if own else set()


def _heard(meeting: MeetingView, own: Named | None) -> str:
    if own is None:
        heard = sum(each.speaker is not None for each in meeting.voices)
        return f"{heard} van {len(meeting.voices)}"
    voice = next((each for each in meeting.voices if each.organisation == own), None)
    if voice is None:
        return "geen belang"
    if voice.speaker is None:
        return "niet gehoord"
    return "zelf" if voice.speaker == own else f"via {voice.speaker.name}"


def _work(facts: YearFacts) -> Iterator[Block]:
    yield Heading("Wie het werk droeg")
    if not facts.work:
        yield Paragraph("Niemand ging in dit jaar naar een overleg.")
        return
    first = "Afgevaardigde" if facts.organisation else "Organisatie"
    yield Sheet(
        head=(first, *_WORK),
        rows=(*(_work_row(each) for each in facts.work), _total(facts.work)),
        caption="Uren per jaar; reizen is heen en terug",
        numeric=_FIGURES,
    )


def _work_row(line: WorkLine) -> tuple[str, ...]:
    minutes = (line.meeting, line.preparation, line.travel, line.report, line.total)
    return (line.name, str(line.meetings), *(_hours(each) for each in minutes))


def _total(lines: tuple[WorkLine, ...]) -> tuple[str, ...]:
    kinds = ("meeting", "preparation", "travel", "report", "total")
    sums = (sum(getattr(each, kind) for each in lines) for kind in kinds)
    return ("Samen", "", *(_hours(each) for each in sums))


def _spoken(facts: YearFacts) -> Iterator[Block]:
    yield Heading("Wie namens wie sprak")
    if not facts.spoken:
        yield Paragraph("Niemand sprak in dit jaar namens een andere organisatie.")
        return
    yield Sheet(
        head=("Namens", "Sprak", "Overleggen", "Met mandaat"),
        rows=tuple(
            (
                each.organisation,
                each.speaker,
                str(each.meetings),
                ", ".join(each.mandates) or "geen",
            )
            for each in facts.spoken
        ),
        numeric=frozenset({2}),
    )


def _positions(facts: YearFacts) -> Iterator[Block]:
    yield Heading("Standpunten en wat ervan kwam")
    if not facts.positions:
        yield Paragraph("In dit jaar is er vooraf geen inbreng gegeven.")
        return
    head: tuple[str, ...]
    if facts.organisation:
        head = ("Overleg", "Punt", "Ons standpunt", "Uitkomst", "Onze stem")
    else:
        head = ("Overleg", "Punt", "Standpunten van organisaties", "Uitkomst")
    yield Sheet(head=head, rows=tuple(_position_row(each) for each in facts.positions))


def _position_row(line: PositionLine) -> tuple[str, ...]:
    outcome = _OUTCOMES[line.outcome] if line.outcome else _TO_COME
    if line.own is None:
        counted = ", ".join(f"{number} {_STANCES[each]}" for each, number in line.counts)
        return (_named(line.meeting), line.title, counted, outcome)
    carried = _CARRIED[line.carried] if line.carried else _OWN_VOICE
    return (_named(line.meeting), line.title, _position(line.own), outcome, carried)


def _position(position: PositionView) -> str:
    """The stance with its own words, whatever of them there is."""
    words = filter(None, (position.condition, position.reason, position.message))
    return f"{_STANCES[position.stance]}: {' '.join(words)}".removesuffix(": ")


def _outcomes(facts: YearFacts) -> Iterator[Block]:
    yield Heading("Wat er is besproken en besloten")
    if not facts.told:
        yield Paragraph("Er zijn nog geen terugkoppelingen.")
    for told in facts.told:
        yield from _told(told, facts.organisation)
    if facts.untold:
        yield Heading("Terugkoppeling ontbreekt", level=2)
        yield Bullets(tuple(_named(each) for each in facts.untold))


def _told(told: Told, own: Named | None) -> Iterator[Block]:
    yield Heading(_named(told.meeting), level=2)
    for item in told.report.items:
        lead = f"{item.title} ({_OUTCOMES[item.outcome]})."
        yield Paragraph(item.said, lead=lead)
        if carried := _carried(item, own):
            yield Bullets(carried)
    if told.report.coming:
        yield Paragraph(told.report.coming, lead="Wat hierna komt:")


def _carried(item: ItemView, own: Named | None) -> tuple[str, ...]:
    return tuple(
        f"{each.organisation.name}: {_CARRIED[each.carried]}"
        for each in item.voices
        if own in {None, each.organisation} and item.outcome is not Outcome.NOT_DISCUSSED
    )


def _agreed(facts: YearFacts) -> Iterator[Block]:
    if not facts.agreed:
        return
    yield Heading("Afspraken")
    yield Sheet(
        head=("Afspraak", "Overleg", "Uiterlijk", "Gedaan"),
        rows=tuple(
            (
                each.action.what,
                each.meeting.title,
                _day(each.action.due_on) if each.action.due_on else "geen dag",
                _instant(each.action.done_at) if each.action.done_at else "nee",
            )
            for each in facts.agreed
        ),
    )


def _mandates(facts: YearFacts) -> Iterator[Block]:
    yield Heading("Mandaten")
    if not facts.mandates:
        yield Paragraph("In dit jaar golden er geen mandaten.")
        return
    yield Sheet(
        head=("Mandaat", "Van", "Aan", "Waarvoor", "Van dag", "Tot en met"),
        rows=tuple(
            (
                each.id,
                each.giver,
                each.holder,
                _scope(each),
                _day(each.first_day),
                _day(each.last_day),
            )
            for each in facts.mandates
        ),
    )


def _scope(mandate: MandateLine) -> str:
    parts = [
        "overal" if mandate.municipalities is None else ", ".join(mandate.municipalities),
        "alle onderwerpen" if mandate.topics is None else ", ".join(mandate.topics),
        "alle niveaus"
        if mandate.levels is None
        else ", ".join(_LEVELS[each] for each in mandate.levels),
    ]
    return "; ".join(each or "niets" for each in parts)


def _corporations(facts: YearFacts) -> Iterator[Block]:
    yield Heading("Uren per corporatie")
    if not facts.corporations:
        yield Paragraph("Er zijn in dit jaar geen uren.")
        return
    yield Paragraph(
        "De uren zijn verdeeld naar de woningen van de huurders per corporatie. Een overleg bij "
        "één corporatie telt helemaal voor haar. Dit is een grondslag om kosten te verdelen; "
        "aantallen woningen zijn soms een schatting."
    )
    yield Sheet(
        head=("Corporatie", *_WORK),
        rows=(*(_work_row(each) for each in facts.corporations), _total(facts.corporations)),
        caption="Uren per jaar; een overleg telt bij elke corporatie waarvoor het was",
        numeric=_FIGURES,
    )


def _named(meeting: MeetingView) -> str:
    return f"{meeting.title}, {_instant(meeting.starts_at)}"


def _day(day: date) -> str:
    return format_date(day, "d MMMM y", locale=_LANGUAGE)


def _instant(instant: datetime) -> str:
    return _day(local(instant).date())


def _hours(minutes: int) -> str:
    return format_decimal(minutes / _HOUR, "#,##0.0", locale=_LANGUAGE)
