"""Why a proposal changes a meeting: the first thing that speaks for it, in the policy's order."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from scheduler.flows.planning.figures import (
    Bars,
    attending,
    empty,
    is_on,
    lacks_deputy,
    travelled,
    unheard,
)
from scheduler.flows.publishing.facts import Facts
from scheduler.flows.publishing.meeting_changes import MeetingChange

_FULL = 100


class Because(StrEnum):
    """What speaks for a change; `FITS` where it only makes room for the others."""

    CALLED_OFF = "called_off"
    FIRST = "first"
    ABSENT = "absent"
    EMPTY_SEAT = "empty_seat"
    UNHEARD = "unheard"
    NO_DEPUTY = "no_deputy"
    OVER_CAPACITY = "over_capacity"
    FAIRER = "fairer"
    LESS_TRAVEL = "less_travel"
    FITS = "fits"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why, and the figures of it.

    Attributes:
        because: what speaks for it.
        names: the representatives (of whom `ABSENT` and `FAIRER` speak) or organisations
            (`UNHEARD`, `OVER_CAPACITY`) by identifier.
        before, after: their load in per cent, or minutes of travel; 0 where neither is meant.
    """

    because: Because
    names: tuple[str, ...] = ()
    before: int = 0
    after: int = 0


@dataclass(frozen=True, slots=True)
class Loads:
    """Everybody's load by identifier, of which the present plan's stands at 0, this one's at `at`.

    In per cent of what can be carried.
    """

    organisations: Mapping[str, Bars]
    people: Mapping[str, Bars]
    at: int

    def falls(self, bars: Bars) -> bool:
        """Whether somebody carries less than now."""
        return bars.loads[self.at] < bars.loads[0]


def reason(change: MeetingChange, absent: Collection[str], loads: Loads) -> Reason:
    """Why one meeting is planned otherwise; the `absent` drop out."""
    if not is_on(change.after):
        return Reason(because=Because.CALLED_OFF)
    if change.before is None:
        return Reason(because=Because.FIRST)
    return next(_reasons(change.before, change.after, absent, loads), Reason(because=Because.FITS))


def _reasons(
    before: Facts, after: Facts, absent: Collection[str], loads: Loads
) -> Iterator[Reason]:
    there, then = attending(before), attending(after)
    out = sorted({each.representative_id for each in before.people} & set(absent))
    if out:
        yield Reason(because=Because.ABSENT, names=tuple(out))
    if empty(after) < empty(before):
        yield Reason(because=Because.EMPTY_SEAT)
    if heard := unheard(before) - unheard(after):
        yield Reason(because=Because.UNHEARD, names=tuple(sorted(heard)))
    if lacks_deputy(before) and not lacks_deputy(after):
        yield Reason(because=Because.NO_DEPUTY)
    yield from _overloaded(before, there - then, loads)
    yield from _fairer(there - then, then - there, loads)
    if travelled(after) < travelled(before):
        minutes = travelled(before) - travelled(after)
        yield Reason(because=Because.LESS_TRAVEL, before=minutes)


def _overloaded(before: Facts, leaving: Collection[str], loads: Loads) -> Iterator[Reason]:
    organisations = {each.organisation_id for each in before.people} & {
        each.organisation_id for each in before.people if each.representative_id in leaving
    }
    for name in sorted(organisations):
        bars = loads.organisations[name]
        if bars.loads[0] > _FULL and loads.falls(bars):
            yield _told(Because.OVER_CAPACITY, name, bars, loads)


def _fairer(leaving: Collection[str], coming: Collection[str], loads: Loads) -> Iterator[Reason]:
    """Somebody who carries much hands over to somebody who carries less, also afterwards."""
    most_coming = max((loads.people[each].loads[loads.at] for each in coming), default=None)
    for name in sorted(leaving):
        bars = loads.people[name]
        if most_coming is not None and loads.falls(bars) and most_coming < bars.loads[0]:
            yield _told(Because.FAIRER, name, bars, loads)


def _told(because: Because, name: str, bars: Bars, loads: Loads) -> Reason:
    return Reason(because=because, names=(name,), before=bars.loads[0], after=bars.loads[loads.at])
