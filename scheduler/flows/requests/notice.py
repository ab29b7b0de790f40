"""Whether there is enough notice before a meeting, by the law's own clocks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from scheduler.domain.errors import Sentence
from scheduler.domain.terms import Character
from scheduler.legal import LegalClock, Measure

_ADVICE = "advies"


@dataclass(frozen=True, slots=True)
class ShortNotice:
    """The days that there are, and the clock that asks for more."""

    days: int
    clock: LegalClock

    @property
    def sentence(self) -> Sentence:
        """It said kindly: what there is, what the law says, and what can be done."""
        law, needed = f"{self.clock.law}, art. {self.clock.article}", self.clock.days
        return Sentence(
            f"Tussen nu en dit overleg zitten {self.days} dagen. Vraagt u om advies, dan gelden "
            f"{needed} dagen ({law}). {self.clock.sentence.nl} U kunt de uitnodiging toch sturen. "
            "Een latere datum helpt de huurders.",
            f"There are {self.days} days between now and this meeting. For advice, {needed} days "
            f"apply ({law}). {self.clock.sentence.en} You can send the request all the same. "
            "A later date helps the tenants.",
        )


def short_notice(
    clocks: Sequence[LegalClock], character: Character, first_day: date, today: date
) -> ShortNotice | None:
    """What is too short; None where the notice suffices, or no advice is asked for.

    Args:
        clocks: the legal clocks, of which those of today hold.
        character: what the tenants are asked for; only advice has a term.
        first_day: the earliest day on which the meeting may be, local.
        today: the local day on which it is asked for.
    """
    if character is not Character.ADVISING:
        return None
    days = (first_day - today).days
    for clock in clocks:
        fits = clock.id == _ADVICE and clock.measure is Measure.AT_LEAST_DAYS
        if fits and clock.holds_on(today) and clock.days is not None and days < clock.days:
            return ShortNotice(days, clock)
    return None
