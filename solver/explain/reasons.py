"""Why somebody is, or isn't, a good choice: checkable facts about a candidate, in words."""

from collections.abc import Iterator

from solver.explain.words import differences, hours, listed, named
from solver.position import Position
from solver.problem import PlannedMeeting
from solver.ranking import Candidate
from solver.sentence import Sentence, minutes

_HEARD = Sentence("{organisations} wordt gehoord.", "{organisations} is heard.")
_HEARD_MORE = Sentence("{organisations} worden gehoord.", "{organisations} are heard.")
_SILENCED = Sentence(
    "{organisations} wordt niet meer gehoord.", "{organisations} is heard no more."
)
_SILENCED_MORE = Sentence(
    "{organisations} worden niet meer gehoord.", "{organisations} are heard no more."
)
_EXPERT = Sentence("Brengt deskundigheid mee: {expertise}.", "Brings expertise: {expertise}.")
_AT_HOME = Sentence("Geen reistijd.", "No travel.")
_ONLINE = Sentence("Doet online mee.", "Joins online.")
_TRAVEL = Sentence("{trip} reizen, enkele reis.", "{trip} of travel, one way.")
_LOAD = Sentence(
    "Eigen werklast: van {before} naar {after} van {bearable} uur.",
    "Own workload: from {before} to {after} of {bearable} hours.",
)
_NO_DEPUTY = Sentence("Er is dan geen vervanger meer.", "There is no deputy any more then.")


def reasons(position: Position, candidate: Candidate) -> tuple[Sentence, ...]:
    """What speaks for and against a candidate; for who can't, every fact that forbids it."""
    if candidate.planned is None or candidate.effect is None:
        return tuple(refusal.sentence for refusal in candidate.refusals)
    effects = differences(position.problem, candidate.effect)
    before = position.planned[candidate.planned.meeting]
    return (*effects, *_facts(position, candidate, before, candidate.planned))


def way(position: Position, meeting: str, representative: str) -> Sentence:
    """How far somebody has to go."""
    if position.derived.is_online(meeting, representative):
        return _ONLINE
    trip = position.derived.trip(meeting, representative)
    return _AT_HOME if trip == 0 else _TRAVEL.filled(trip=minutes(trip))


def load(candidate: Candidate) -> Sentence:
    """Somebody's own load before and after, against what is fair for them."""
    return _LOAD.filled(
        before=hours(candidate.own.before),
        after=hours(candidate.own.after),
        bearable=hours(candidate.own.bearable),
    )


def _facts(
    position: Position, candidate: Candidate, before: PlannedMeeting, after: PlannedMeeting
) -> Iterator[Sentence]:
    yield from _voices(position, before, after)
    if before.deputy is not None and after.deputy is None:
        yield _NO_DEPUTY
    if candidate.representative in after.attendees:
        yield from _expertise(position, candidate, before)
        yield way(position, after.meeting, candidate.representative)
        yield load(candidate)


def _voices(
    position: Position, before: PlannedMeeting, after: PlannedMeeting
) -> Iterator[Sentence]:
    gained = _names(position, [name for name in after.voices if name not in before.voices])
    lost = _names(position, [name for name in before.voices if name not in after.voices])
    if gained:
        shape = _HEARD if len(gained) == 1 else _HEARD_MORE
        yield shape.filled(organisations=listed(gained))
    if lost:
        shape = _SILENCED if len(lost) == 1 else _SILENCED_MORE
        yield shape.filled(organisations=listed(lost))


def _expertise(
    position: Position, candidate: Candidate, before: PlannedMeeting
) -> Iterator[Sentence]:
    people = position.problem.representatives
    asked = position.problem.meetings[before.meeting].expertise
    present = (people[name].expertise for name in before.attendees)
    brought = (people[candidate.representative].expertise & asked).difference(*present)
    if brought:
        yield _EXPERT.filled(expertise=listed([named(code) for code in sorted(brought)]))


def _names(position: Position, organisations: list[str]) -> list[str]:
    return [position.problem.organisations[name].name for name in organisations]
