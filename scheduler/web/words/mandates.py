"""How mandates, their history and what an organisation chose are said on a page."""

from dataclasses import dataclass

from scheduler.db.mandates import EventView, MandateView
from scheduler.db.participation import ChoiceView
from scheduler.domain.terms import (
    Level,
    MandateAct,
    MandatePower,
    MandateStanding,
    Participation,
    Role,
)
from scheduler.web.languages import mark
from scheduler.web.words.terms import Words

_EVERYWHERE = mark("Overal")
_EVERYTHING = mark("alle onderwerpen")
_LEVELS = {
    Level.MUNICIPALITY: mark("bij gemeenten"),
    Level.PROVINCE: mark("bij de provincie"),
    Level.CORPORATION: mark("bij woningcorporaties"),
}
_POWERS = {
    MandatePower.DECIDES: mark("Mag meebeslissen"),
    MandatePower.ADVISES: mark("Mag adviseren"),
    MandatePower.PASSES_ON: mark("Geeft door wat de ander vindt"),
    MandatePower.LISTENS: mark("Luistert alleen"),
}
_STANDINGS = {
    MandateStanding.PROPOSED: ("wait", "wait", mark("wacht op akkoord")),
    MandateStanding.TO_COME: ("new", "new", mark("gaat nog in")),
    MandateStanding.IN_FORCE: ("ok", "ok", mark("geldt")),
    MandateStanding.ENDED: ("ok", "one", mark("afgelopen")),
    MandateStanding.WITHDRAWN: ("gap", "off", mark("ingetrokken")),
    MandateStanding.REFUSED: ("gap", "off", mark("gaat niet door")),
}
_ACTS = {
    MandateAct.PROPOSED: mark("Voorgesteld"),
    MandateAct.RECORDED: mark("Vastgelegd, op papier afgesproken"),
    MandateAct.AGREED: mark("Akkoord"),
    MandateAct.REFUSED: mark("Geen akkoord"),
    MandateAct.WITHDRAWN: mark("Ingetrokken"),
    MandateAct.GIVEN_BACK: mark("Teruggegeven"),
    MandateAct.CHANGED: mark("Veranderd in de gegevens"),
    MandateAct.RENEWED: mark("Verlenging gevraagd"),
}
_CHOICES = {
    Participation.SELF: mark("Wij doen zelf mee"),
    Participation.REPRESENTED: mark("Wij laten ons vertegenwoordigen"),
    Participation.OUT: mark("Wij laten dit aan ons voorbijgaan"),
}
_BOARD = mark("Het bestuur van %(name)s")
_MEMBER = mark("%(name)s, %(function)s")
_AT_LEVEL = {
    Level.MUNICIPALITY: mark("Alle overleggen bij gemeenten"),
    Level.PROVINCE: mark("Alle overleggen bij de provincie"),
    Level.CORPORATION: mark("Alle overleggen bij woningcorporaties"),
}
_ON_TOPIC = mark("Onderwerp %(name)s")


@dataclass(frozen=True, slots=True)
class MandateWords:
    """Says it in the words of one visit."""

    words: Words

    def place(self, view: MandateView) -> str:
        """Where it holds: Assen, Emmen; or everywhere; and at whose tables."""
        towns = view.municipalities
        named = None if towns is None else self.words.names([each.name for each in towns])
        where = self.words.said(_EVERYWHERE) if named is None else named
        if view.levels is None:
            return where
        levels = [self.words.said(_LEVELS[each]) for each in view.levels]
        return f"{where}, {self.words.names(levels)}"

    def about(self, view: MandateView) -> str:
        """What it is about."""
        if view.topics is None:
            return self.words.said(_EVERYTHING)
        return self.words.names([self.topic(each) for each in view.topics])

    def topic(self, topic: str) -> str:
        """A topic as it is read."""
        return topic.replace("-", " ")

    def power(self, power: MandatePower) -> str:
        """How far the holder may go."""
        return self.words.said(_POWERS[power])

    def powers(self) -> list[tuple[str, str]]:
        """Every power that can be chosen, with its words."""
        return [(each.value, self.power(each)) for each in MandatePower]

    def levels(self) -> list[tuple[str, str]]:
        """Every level that can be chosen, with its words."""
        return [(each.value, self.words.said(_LEVELS[each])) for each in Level]

    def choices(self) -> list[tuple[str, str]]:
        """Every way to take part, with its words."""
        return [(each.value, self.choice(each)) for each in Participation]

    def choice(self, choice: Participation) -> str:
        """How an organisation takes part."""
        return self.words.said(_CHOICES[choice])

    def standing(self, view: MandateView) -> tuple[str, str, str]:
        """How it stands today: the tone, the mark and the words."""
        tone, icon, text = _STANDINGS[view.standing(self.words.today)]
        return tone, icon, self.words.said(text)

    def act(self, event: EventView) -> str:
        """What happened."""
        return self.words.said(_ACTS[event.act])

    def who(self, event: EventView) -> str:
        """By whom."""
        if event.role is not Role.BOARD or event.organisation is None:
            return self.words.role(event.role)
        board = self.words.text(_BOARD, name=event.organisation.name)
        if not event.function:
            return board
        return self.words.text(_MEMBER, name=board, function=event.function)

    def subject(self, choice: ChoiceView) -> str:
        """What a choice is about."""
        if choice.table is not None:
            return choice.table.name
        if choice.level is not None:
            return self.at_level(choice.level)
        return self.words.text(_ON_TOPIC, name=self.topic(choice.topic or ""))

    def at_level(self, level: Level) -> str:
        """All meetings of a level."""
        return self.words.said(_AT_LEVEL[level])
