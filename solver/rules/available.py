"""Who attends or stands by is free then, can get there, and can be online where that is asked."""

from collections.abc import Iterator

from solver.derive import Cause, Obstacle
from solver.problem import HardRule
from solver.rules.roster import Roster
from solver.rules.rule import Breach, Hard
from solver.sentence import Sentence, minutes

DAY_CLOSED = Sentence(
    "{name} is niet beschikbaar op de dag van {meeting}.",
    "{name} isn't available on the day of {meeting}.",
)
FACTS = {
    Cause.OUTSIDE_AVAILABILITY: Sentence(
        "{meeting} valt {missing} buiten de tijd waarin {name} beschikbaar is.",
        "{meeting} is {missing} outside the time in which {name} is available.",
    ),
    Cause.BUSY: Sentence(
        "{meeting} overlapt {missing} met een andere afspraak van {name}.",
        "{meeting} overlaps another appointment of {name} by {missing}.",
    ),
    Cause.TOO_FAR: Sentence(
        "{name} reist naar {meeting} {missing} langer dan afgesproken.",
        "{name} travels {missing} longer to {meeting} than agreed.",
    ),
    Cause.NOT_ONLINE: Sentence(
        "{meeting} is online, en {name} kan niet online deelnemen.",
        "{meeting} is online, and {name} can't attend online.",
    ),
}


def _breaches(roster: Roster) -> Iterator[Breach]:
    for held in roster.commitments:
        meeting, representative = held.meeting, held.representative
        if _outranked(roster, meeting, representative):
            continue
        for obstacle in roster.derived.unavailable(meeting, held.slot, representative):
            yield meeting, representative, _fact(roster, meeting, representative, obstacle)


def _outranked(roster: Roster, meeting: str, representative: str) -> bool:
    """Whether a pin counts more: it does for an attendance, not for standing by."""
    attends = representative in roster.attendees(meeting)
    return attends and roster.is_pinned(meeting, representative)


def _fact(roster: Roster, meeting: str, representative: str, obstacle: Obstacle) -> Sentence:
    name = roster.person(representative).name
    if obstacle.cause is Cause.OUTSIDE_AVAILABILITY and obstacle.minutes is None:
        return roster.at(meeting, DAY_CLOSED, name=name)
    missing = minutes(obstacle.minutes or 0)
    return roster.at(meeting, FACTS[obstacle.cause], name=name, missing=missing)


AVAILABLE = Hard(
    name=HardRule.AVAILABLE,
    sentence=Sentence(
        "Wie komt of klaarstaat, is dan beschikbaar en reist niet verder dan afgesproken.",
        "Whoever comes or stands by is available then, and travels no farther than agreed.",
    ),
    breaches=_breaches,
)
