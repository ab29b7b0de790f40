"""The sentences of facts that stand in the way."""

from datetime import datetime

from solver.derive import Cause, Obstacle
from solver.derive.clock import instant_of
from solver.rules import Roster
from solver.rules.available import DAY_CLOSED, FACTS
from solver.rules.limits import Limit, Period
from solver.sentence import Sentence, minutes, moment

_OBSTACLES = {
    Cause.BANNED: Sentence(
        "{name} is door de coördinator uitgesloten van {meeting}.",
        "{name} is ruled out for {meeting} by the coordinator.",
    ),
    Cause.NO_STANDING: Sentence(
        "{organisation} heeft bij {meeting} geen belang en geen mandaat.",
        "{organisation} has no interest and no mandate at {meeting}.",
    ),
    Cause.OUTSIDE_AVAILABILITY: FACTS[Cause.OUTSIDE_AVAILABILITY],
    Cause.BUSY: Sentence(
        "{name} is dan bezet van {start} tot {end}: {missing} van {meeting}.",
        "{name} is busy then from {start} to {end}: {missing} of {meeting}.",
    ),
    Cause.TOO_FAR: Sentence(
        "{meeting} is voor {name} {missing} verder reizen dan afgesproken.",
        "{meeting} is {missing} farther to travel for {name} than agreed.",
    ),
    Cause.NOT_ONLINE: FACTS[Cause.NOT_ONLINE],
    Cause.ELSEWHERE: Sentence(
        "{name} komt {missing} tekort: van {start} tot {end} is {other}.",
        "{name} is {missing} short: {other} is from {start} to {end}.",
    ),
}
_LIMIT = Sentence(
    "{name} zou {counted} hebben in {when}; hoogstens {allowed} kan.",
    "{name} would have {counted} in {when}; at most {allowed} may be.",
)
_FULL = Sentence(
    "{meeting} is vol: er zijn {most} plaatsen.", "{meeting} is full: there are {most} seats."
)
_FULL_ONE = Sentence("{meeting} is vol: er is één plaats.", "{meeting} is full: there is one seat.")
_PINNED = Sentence("{name} staat vast bij {meeting}.", "{name} is pinned at {meeting}.")
_STRANGER = Sentence(
    "{organisation} neemt niet deel aan {meeting}, heeft daar geen belang en heeft geen mandaat "
    "van wie deelneemt.",
    "{organisation} doesn't attend {meeting}, has no interest there and holds no mandate of who "
    "attends.",
)


def obstacle(table: Roster, meeting: str, representative: str, found: Obstacle) -> Sentence:
    """What one obstacle of section 3 means for somebody."""
    person = table.person(representative)
    if found.cause is Cause.OUTSIDE_AVAILABILITY and found.minutes is None:
        return table.at(meeting, DAY_CLOSED, name=person.name)
    other = "" if found.meeting is None else _title(table, found.meeting)
    return table.at(
        meeting,
        _OBSTACLES[found.cause],
        name=person.name,
        organisation=table.problem.organisations[person.organisation].name,
        missing=minutes(found.minutes or 0),
        start=_when(table, found.start),
        end=_until(table, found.start, found.end),
        other=other,
    )


def over_limit(
    table: Roster, representative: str, limit: Limit, period: Period, *, amount: int, allowed: int
) -> Sentence:
    """What a limit would come to in a week or month."""
    return _LIMIT.filled(
        name=table.person(representative).name,
        counted=limit.counted(amount),
        when=limit.called(*period),
        allowed=allowed,
    )


def full(table: Roster, meeting: str, most: int) -> Sentence:
    """No seat is left."""
    return table.at(meeting, _FULL_ONE) if most == 1 else table.at(meeting, _FULL, most=most)


def pinned(table: Roster, meeting: str, representative: str) -> Sentence:
    """A coordinator's word is in the way."""
    return table.about(_PINNED, meeting, representative)


def stranger(table: Roster, meeting: str, representative: str) -> Sentence:
    """A deputy's organisation is too far from the table."""
    return table.about(_STRANGER, meeting, representative)


def _title(table: Roster, meeting: str) -> str:
    return table.derived.problem.meetings[meeting].title


def _until(table: Roster, start: int | None, end: int | None) -> Sentence:
    """An end: by the clock alone where it is on the day of the start."""
    if start is None or end is None:
        return Sentence("", "")
    first, last = _local(table, start), _local(table, end)
    if first.date() != last.date():
        return moment(last)
    return Sentence(f"{last:%H:%M}", f"{last:%H:%M}")


def _when(table: Roster, at: int | None) -> Sentence:
    if at is None:
        return Sentence("", "")
    return moment(_local(table, at))


def _local(table: Roster, at: int) -> datetime:
    return instant_of(at).astimezone(table.problem.timezone)
