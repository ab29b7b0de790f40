"""Readers of who can be asked: organisations, representatives and mandates."""

from typing import Any

from solver.format import clock, frame
from solver.format.known import Known
from solver.format.leaves import Reader, choice, flag, known, text, whole
from solver.format.names import LIMITS
from solver.format.shapes import Demand, array, maybe, members, record
from solver.problem import (
    Experience,
    Level,
    Limits,
    Mandate,
    Organisation,
    Representative,
    Window,
)

_LIMIT = maybe(whole())

_window = record(
    Window,
    {"weekdays": frame.weekdays, "start": clock.minute, "end": clock.minute},
    frame.ENDS_LATER,
)


def organisation(names: Known) -> Reader[Organisation]:
    """A tenant organisation in a known region."""
    return record(
        Organisation,
        {
            "id": text,
            "name": text,
            "region": known("a region", names.regions),
            "capacity_minutes": whole(1),
        },
    )


def representative(names: Known) -> Reader[Representative]:
    """Somebody of a known organisation who lives at a known place."""
    return record(
        _representative,
        {
            "id": text,
            "organisation": known("an organisation", names.organisations),
            "name": text,
            "home": known("a place", names.places),
            "experience": choice(Experience),
            "expertise": members(text),
            "paid_job": flag,
            "online": flag,
            "target_minutes": whole(1),
            **dict.fromkeys(LIMITS, _LIMIT),
            "availability": maybe(array(_window)),
            "busy": array(frame.span),
            "prefers": members(text),
            "avoids": members(text),
        },
        Demand(
            ("prefers", "avoids"),
            frozenset.isdisjoint,
            "avoids",
            "expected no series that is preferred as well",
        ),
    )


def _representative(**fields: Any) -> Representative:
    limits = Limits(**{name: fields.pop(key) for key, name in LIMITS.items()})
    return Representative(limits=limits, **fields)


def mandate(names: Known) -> Reader[Mandate]:
    """One known organisation's word for another."""
    return record(
        Mandate,
        {
            "id": text,
            "giver": known("an organisation", names.organisations),
            "holder": known("an organisation", names.organisations),
            "municipalities": maybe(members(text)),
            "topics": maybe(members(text)),
            "levels": maybe(members(choice(Level))),
            "first_day": clock.day,
            "last_day": clock.day,
        },
        frame.DAYS_IN_ORDER,
        Demand(
            ("giver", "holder"),
            lambda giver, holder: giver != holder,
            "holder",
            "expected another organisation than the giver",
        ),
    )
