"""Who attends or stands by is free then, can get there, and can be online where that is asked."""

from collections.abc import Iterator

from solver.derive import Cause, Obstacle
from solver.problem import HardRule
from solver.rules.roster import Roster
from solver.rules.rule import Breach, Hard
from solver.sentence import Sentence, minutes

_REASONS = {
    Cause.OUTSIDE_AVAILABILITY: Sentence(
        "valt {missing} buiten de opgegeven beschikbaarheid",
        "falls outside the stated availability by {missing}",
    ),
    Cause.BUSY: Sentence(
        "overlapt {missing} met een andere afspraak", "overlaps another appointment by {missing}"
    ),
    Cause.TOO_FAR: Sentence(
        "is {missing} verder reizen dan afgesproken",
        "is {missing} farther than the longest trip agreed",
    ),
    Cause.NOT_ONLINE: Sentence(
        "is online, en dat kan deze afgevaardigde niet",
        "is online, which this representative can't do",
    ),
}
_DAY_CLOSED = Sentence(
    "is op een dag zonder beschikbaarheid", "is on a day without any availability"
)


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
    words, name = roster.words(meeting), roster.person(representative).name
    reason = _reason(obstacle)
    return Sentence(f"{name}: {words.nl} {reason.nl}.", f"{name}: {words.en} {reason.en}.")


def _reason(obstacle: Obstacle) -> Sentence:
    if obstacle.minutes is None and obstacle.cause is Cause.OUTSIDE_AVAILABILITY:
        return _DAY_CLOSED
    reason, missing = _REASONS[obstacle.cause], minutes(obstacle.minutes or 0)
    return Sentence(reason.nl.format(missing=missing.nl), reason.en.format(missing=missing.en))


AVAILABLE = Hard(
    name=HardRule.AVAILABLE,
    sentence=Sentence(
        "Wie komt of klaarstaat, is dan beschikbaar en reist niet verder dan afgesproken.",
        "Whoever comes or stands by is available then, and travels no farther than agreed.",
    ),
    breaches=_breaches,
)
