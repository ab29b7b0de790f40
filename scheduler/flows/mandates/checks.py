"""What is wrong with the register, over a year ahead: holes, overlap, and two who contradict."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, pairwise

from scheduler.db.mandates import MandateView
from scheduler.db.views import Named
from scheduler.domain.terms import Participation
from scheduler.flows.mandates.ground import Column, Dated, Ground

YEAR = timedelta(days=365)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Two mandates of one giver that hold for the same; both days are inclusive."""

    one: MandateView
    other: MandateView
    first_day: date
    last_day: date

    @property
    def contradicts(self) -> bool:
        """Whether two different organisations would speak; otherwise one is merely superfluous."""
        return self.one.holder.id != self.other.holder.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Hole:
    """Nobody speaks for an organisation in these days (inclusive), at so many meetings.

    With a topic only on that topic; `last_day` None where it lasts as far as was looked.
    """

    organisation: Named
    column: Column
    topic: str | None
    first_day: date
    last_day: date | None
    meetings: int


def clashes(agreed: Iterable[MandateView], *, first_day: date) -> tuple[Clash, ...]:
    """Every two mandates of one giver that hold for the same, in the year from a day on."""
    end = first_day + YEAR
    found = []
    for one, other in combinations(agreed, 2):
        first = max(one.term.first_day, other.term.first_day, first_day)
        last = min(one.term.last_in_force, other.term.last_in_force, end)
        if one.giver.id == other.giver.id and first <= last and one.scope.meets(other.scope):
            found.append(Clash(one=one, other=other, first_day=first, last_day=last))
    return tuple(found)


def holes(ground: Ground, *, first_day: date) -> tuple[Hole, ...]:
    """Where and from when nobody speaks, in the year from a day on; for who has tenants there.

    It is looked per topic that meetings there are about; what is the same for all is told once.
    """
    found = [
        hole
        for organisation in ground.organisations
        for column in ground.columns
        if ground.is_concerned(organisation.id, column)
        for hole in _holes_at(ground, organisation, column, first_day)
    ]
    return tuple(sorted(found, key=lambda each: (each.first_day, -each.meetings)))


def _holes_at(
    ground: Ground, organisation: Named, column: Column, first_day: date
) -> Iterator[Hole]:
    ahead = [
        each
        for each in ground.meetings.get(column, ())
        if first_day <= each.day <= first_day + YEAR
    ]
    ahead = [each for each in ahead if not _is_left_alone(ground, organisation.id, column, each)]
    topics = sorted({topic for each in ahead for topic in each.topics})
    spans: dict[str | None, tuple[tuple[date, date], ...]] = {
        topic: _spans(ground, organisation, column, first_day, topic) for topic in topics
    }
    whole = _spans(ground, organisation, column, first_day, None)
    if all(each == whole for each in spans.values()):
        spans = {None: whole}
    for topic, those in spans.items():
        for first, last in those:
            hit = [each for each in ahead if first <= each.day <= last]
            meetings = sum(topic is None or topic in each.topics for each in hit)
            if meetings or topic is None:
                yield Hole(
                    organisation=organisation,
                    column=column,
                    topic=topic,
                    first_day=first,
                    last_day=None if last >= first_day + YEAR else last,
                    meetings=meetings,
                )


def _is_left_alone(ground: Ground, organisation: str, column: Column, meeting: Dated) -> bool:
    chosen = ground.choices.of(
        organisation,
        meeting.day,
        level=column.level,
        topics=meeting.topics,
        table=meeting.table,
    )
    return chosen is Participation.OUT


def _spans(
    ground: Ground, organisation: Named, column: Column, first_day: date, topic: str | None
) -> tuple[tuple[date, date], ...]:
    """The days in which nobody speaks, as spans with both ends inclusive."""
    end = first_day + YEAR
    found: list[tuple[date, date]] = []
    for first, after in pairwise(_turns(ground, organisation.id, first_day, end)):
        if _is_heard(ground, organisation.id, column, first, topic):
            continue
        last = after - _DAY
        if found and found[-1][1] == first - _DAY:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return tuple(found)


def _turns(ground: Ground, organisation: str, first_day: date, end: date) -> list[date]:
    """The days on which anything can change for an organisation, with both ends."""
    days = {first_day, end + _DAY}
    for each in ground.agreed:
        if each.giver.id == organisation:
            days |= {each.term.first_day, each.term.last_in_force + _DAY}
    for (name, _), rows in ground.choices.rows.items():
        if name == organisation:
            days |= {each.first_day for each in rows}
            days |= {each.last_day + _DAY for each in rows if each.last_day}
    last = ground.last_days.get(organisation)
    if last is not None and last < end:
        days.add(last + _DAY)
    return sorted(day for day in days if first_day <= day <= end + _DAY)


def _is_heard(
    ground: Ground, organisation: str, column: Column, day: date, topic: str | None
) -> bool:
    topics = () if topic is None else (topic,)
    chosen = ground.choices.of(organisation, day, level=column.level, topics=topics)
    if chosen is Participation.OUT:
        return True
    if ground.can_go(organisation, day) and chosen is not Participation.REPRESENTED:
        return True
    return chosen is not Participation.SELF and any(
        each.giver.id == organisation
        and each.term.holds_on(day)
        and each.scope.covers(column.level, column.municipality, topics)
        for each in ground.agreed
    )
