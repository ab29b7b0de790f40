"""A brief in words: figures with their year, counts, and what they come down to."""

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.domain.terms import Stance
from scheduler.domain.voting import Tally
from scheduler.flows.input.brief import Brief
from scheduler.flows.input.figures import Figure
from scheduler.flows.input.item_brief import Heard, ItemBrief
from scheduler.flows.input.mandates import MandateSaid
from scheduler.flows.input.sayings import Saying, sayings
from scheduler.web.languages import mark
from scheduler.web.words.input import GROUPS, IMPORTANCES
from scheduler.web.words.mandates import MandateWords
from scheduler.web.words.terms import Words

COUNTED = (Stance.FOR, Stance.FOR_IF, Stance.AGAINST, Stance.ABSTAIN, Stance.NOT_HEARD)
"""The parts of a bar, in their order."""

_SHADES = {
    Stance.FOR: "v1",
    Stance.FOR_IF: "v2",
    Stance.AGAINST: "v3",
    Stance.ABSTAIN: "v5",
    Stance.NOT_HEARD: "v4",
}
_BAR = 600

_DWELLINGS = mark("%(number)s woningen")
_ABOUT = mark("ongeveer %(number)s woningen")
_YEARS = mark("(%(years)s)")
_WITHOUT = mark("(%(years)s, zonder %(places)s)")
_ONLY_WITHOUT = mark("(zonder %(places)s)")
_UNKNOWN = mark("aantal woningen onbekend")
_THROUGH = mark("via %(name)s")
_NOBODY = mark("niemand spreekt namens deze organisatie")
_MUST = mark("Moet gehoord worden.")
_SOURCE = mark("Bron: %(source)s")
_LATE = mark("Kwam na de laatste dag.")
_SAY = mark("Te zeggen: %(message)s")
_ONLY_IF = mark("Voor, als: %(condition)s")
_PART = mark("%(number)s %(stance)s")
_LEFT_OUT = mark("Van %(names)s is het aantal woningen onbekend. Dat telt hier niet mee.")
_MANDATE = mark("%(holder)s spreekt namens %(giver)s")
_OVER = mark("over %(topics)s")
_UNTIL = mark("tot en met %(day)s")
_LIMIT = mark("Grens: %(limits)s")
_FIRST_ASK = mark("%(holder)s vraagt %(giver)s elke keer eerst.")
_NO_WEIGHT = mark("Van niemand is het aantal woningen bekend.")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar: from where, how wide, in which shade."""

    x: float
    width: float
    shade: str


@dataclass(frozen=True, slots=True)
class BriefWords:
    """How a brief is said in one language."""

    words: Words
    brief: Brief

    def group(self, stance: Stance) -> str:
        """What a group is called."""
        return self.words.said(GROUPS[stance])

    def figure(self, figure: Figure) -> str:
        """`ongeveer 1.800 woningen (2018, zonder Westerveld)`, or that it isn't known."""
        if figure.number is None:
            return self.words.said(_UNKNOWN)
        said = _ABOUT if figure.is_estimate else _DWELLINGS
        number = self.words.text(said, number=self.words.number(figure.number))
        years, places = ", ".join(figure.years), self.words.names(figure.unknown)
        if not (years or places):
            return number
        within = _WITHOUT if years and places else _YEARS if years else _ONLY_WITHOUT
        return f"{number} {self.words.text(within, years=years, places=places)}"

    def about(self, heard: Heard) -> str:
        """An organisation's figure, and through whom it is heard."""
        if heard.speaker is None:
            return f"{self.figure(heard.figure)} · {self.words.said(_NOBODY)}"
        if heard.is_represented:
            through = self.words.text(_THROUGH, name=heard.speaker.name)
            return f"{self.figure(heard.figure)} · {through}"
        return self.figure(heard.figure)

    def mandate(self, each: MandateSaid) -> str:
        """Who speaks for whom, about what and until when; how far that goes, and its limits."""
        words, named = self.words, {"holder": each.holder.name, "giver": each.giver.name}
        mandates = MandateWords(words)
        topics = [mandates.topic(topic) for topic in each.topics or ()]
        parts = (
            words.text(_MANDATE, **named),
            words.text(_OVER, topics=words.names(topics)) if topics else "",
            words.text(_UNTIL, day=words.on(each.last_day)),
        )
        limits = words.text(_LIMIT, limits=each.limits.rstrip(". ")) if each.limits else ""
        sentences = (", ".join(filter(None, parts)), mandates.power(each.power), limits)
        asks = words.text(_FIRST_ASK, **named) if each.ask_each_time else ""
        return " ".join(filter(None, (*(f"{each}." for each in sentences if each), asks)))

    def quoted(self, heard: Heard) -> str:
        """The organisation's own words: its condition, and why."""
        if heard.position is None:
            return ""
        condition = heard.position.condition
        first = self.words.text(_ONLY_IF, condition=condition) if condition else ""
        return "\n".join(filter(None, [first, heard.position.reason]))

    def notes(self, item: ItemBrief, heard: Heard) -> Iterator[str]:
        """What else is to be known of a position."""
        position = heard.position
        if position is None:
            return
        if position.message:
            yield self.words.text(_SAY, message=position.message)
        if heard in item.must_hear:
            yield self.words.said(_MUST)
        else:
            yield self.words.said(IMPORTANCES[position.importance])
        if position.source:
            yield self.words.text(_SOURCE, source=position.source)
        if heard.late:
            yield self.words.said(_LATE)

    def counted(self, tally: Tally) -> list[tuple[str, str, int]]:
        """Each stance with its number and whole per cents, as far as there are any."""
        parts = tally.percentages
        return [
            (self.group(stance), self.words.number(tally.by_stance[stance]), parts[stance])
            for stance in COUNTED
            if tally.by_stance[stance]
        ]

    def told(self, tally: Tally) -> str:
        """`5 voor, 3 voor, als, 2 tegen`: a bar in words."""
        if not tally.total:
            return self.words.said(_NO_WEIGHT)
        return ", ".join(
            self.words.text(_PART, number=number, stance=f"{name[:1].lower()}{name[1:]}")
            + f" ({per_cent}%)"
            for name, number, per_cent in self.counted(tally)
        )

    def bar(self, tally: Tally) -> list[Part]:
        """The parts of a bar of 600 units."""
        found, x, total = [], 0.0, tally.total
        for stance in COUNTED:
            width = _BAR * tally.by_stance[stance] / total if total else 0
            if width:
                found.append(Part(round(x, 1), round(max(1.0, width - 2), 1), _SHADES[stance]))
            x += width
        return found

    def left_out(self, item: ItemBrief) -> str:
        """Whose dwellings aren't known, and so aren't counted; empty where all are."""
        every = (*(h for group in item.groups.values() for h in group), *item.silent)
        names = [h.organisation.name for h in every if h.organisation.id in item.outcome.unknown]
        return self.words.text(_LEFT_OUT, names=self.words.names(sorted(names))) if names else ""

    def sayings(self, item: ItemBrief) -> list[tuple[bool, str]]:
        """Whether it may be said, and the sentence."""
        found: tuple[Saying, ...] = sayings(self.brief, item)
        return [(each.allowed, self.words.sentence(each.text)) for each in found]
