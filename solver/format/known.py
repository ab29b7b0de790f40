"""What the rest of a document may refer to, gathered before it is read in full.

Taken from the raw values, so that a reference isn't called unknown only because something else is
wrong with what it refers to. None stands for what can't be told: then nothing is held against it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from solver.format import clock
from solver.format.leaves import Reader
from solver.format.refusal import Refused

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The ids that a document declares, the ends of its horizon, and its meetings' slot counts."""

    regions: frozenset[str] | None = None
    places: frozenset[str] | None = None
    organisations: frozenset[str] | None = None
    representatives: frozenset[str] | None = None
    meetings: frozenset[str] | None = None
    slots: Mapping[str, int]
    opens: datetime | None = None
    closes: datetime | None = None


def known_in(document: Mapping[str, Any]) -> Known:
    """What a problem document declares, as far as it can be told."""
    zone = _read(clock.zone, document.get("timezone"))
    horizon = document.get("horizon")
    days = horizon if isinstance(horizon, dict) else {}
    first = _read(clock.planned_day, days.get("first_day"))
    last = _read(clock.planned_day, days.get("last_day"))
    meetings = _objects(document, "meetings") or []
    return Known(
        regions=_ids(document, "regions"),
        places=_ids(document, "places"),
        organisations=_ids(document, "organisations"),
        representatives=_ids(document, "representatives"),
        meetings=_ids(document, "meetings"),
        slots={
            meeting["id"]: len(meeting["slots"])
            for meeting in meetings
            if isinstance(meeting.get("id"), str) and isinstance(meeting.get("slots"), list)
        },
        opens=clock.midnight(first, zone) if first and zone else None,
        closes=clock.midnight(last + timedelta(days=1), zone) if last and zone else None,
    )


def _read(reader: Reader[T], value: object) -> T | None:
    try:
        return reader(value)
    except Refused:
        return None


def _objects(document: Mapping[str, Any], section: str) -> list[dict[str, Any]] | None:
    items = document.get(section)
    if not isinstance(items, list):
        return None
    return [item for item in items if isinstance(item, dict)]


def _ids(document: Mapping[str, Any], section: str) -> frozenset[str] | None:
    items = _objects(document, section)
    if items is None:
        return None
    return frozenset(item["id"] for item in items if isinstance(item.get("id"), str))
