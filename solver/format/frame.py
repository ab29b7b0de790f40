"""Readers of what surrounds the planning: days, office hours, places, travel, regions, policy."""

import math
from collections.abc import Mapping

from solver.format import clock
from solver.format.known import Known
from solver.format.leaves import LARGEST, Reader, choice, decimal, text, whole
from solver.format.refusal import Finding, Refused, refuse
from solver.format.shapes import Demand, distinct, members, record
from solver.problem import (
    Horizon,
    OfficeHours,
    Place,
    Policy,
    Region,
    Span,
    Tier,
    Travel,
)

# Half the way round the earth in kilometres, longer than any distance between two places.
_FARTHEST_KM = 20_016

ENDS_LATER = Demand(("start", "end"), lambda start, end: start < end, "end", "expected a later end")
DAYS_IN_ORDER = Demand(
    ("first_day", "last_day"),
    lambda first, last: first <= last,
    "last_day",
    "expected no day before the first",
)

horizon = record(
    Horizon, {"first_day": clock.planned_day, "last_day": clock.planned_day}, DAYS_IN_ORDER
)

weekdays = members(whole(1, 7))

office_hours = record(
    OfficeHours,
    {
        "weekdays": weekdays,
        "start": clock.minute,
        "end": clock.minute,
        "closed_days": members(clock.day),
    },
    ENDS_LATER,
)

span: Reader[Span] = record(Span, {"start": clock.instant, "end": clock.instant}, ENDS_LATER)

region = record(Region, {"id": text, "name": text, "weight": whole(1)})

policy = record(
    Policy,
    {
        "tiers": distinct(choice(Tier)),
        "max_mandates_per_attendee": whole(),
        "hybrid_online_beyond_minutes": whole(),
    },
)


def _place_id(value: object) -> str:
    name = text(value)
    if "|" in name:
        raise refuse("an id without |", value)
    return name


place = record(
    Place,
    {
        "id": _place_id,
        "name": text,
        "lat": decimal("degrees from -90 to 90", lambda degrees: -90 <= degrees <= 90),  # noqa: PLR2004
        "lon": decimal("degrees from -180 to 180", lambda degrees: -180 <= degrees <= 180),  # noqa: PLR2004
    },
)


def travel(known: Known) -> Reader[Travel]:
    """How long a way takes; the keys of `minutes` name two known places."""
    positive = decimal("a number > 0", lambda number: number > 0)
    return record(
        Travel,
        {
            "detour": positive,
            "speed_kmh": positive,
            "overhead_minutes": decimal("a number ≥ 0", lambda number: number >= 0),
            "minutes": _pair_minutes(known.places),
        },
        Demand(
            ("detour", "speed_kmh", "overhead_minutes"),
            _arrives,
            "speed_kmh",
            "expected a speed at which every way ends in a countable number of minutes",
        ),
    )


def _arrives(detour: float, speed_kmh: float, overhead_minutes: float) -> bool:
    longest = overhead_minutes + 60 * detour * _FARTHEST_KM / speed_kmh
    return math.isfinite(longest) and longest <= LARGEST


def _pair_minutes(places: frozenset[str] | None) -> Reader[Mapping[tuple[str, str], int]]:
    minutes = whole()

    def read(value: object) -> dict[tuple[str, str], int]:
        if not isinstance(value, dict):
            raise refuse("an object", value)
        found: dict[tuple[str, str], int] = {}
        findings: list[Finding] = []
        for key, item in value.items():
            pair = tuple(key.split("|"))
            if len(pair) != 2 or (places is not None and not places.issuperset(pair)):  # noqa: PLR2004
                findings.append(((key,), "expected a key of two places in this document, a|b"))
            try:
                found[pair[0], pair[-1]] = minutes(item)
            except Refused as refused:
                findings.extend(refused.below(key))
        if findings:
            raise Refused(findings)
        return found

    return read
