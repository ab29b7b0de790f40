"""From values to documents: the same value always gives the same text."""

import json
from collections.abc import Collection
from datetime import date
from typing import Any

from solver.format.names import LIMITS, PLAN, PROBLEM
from solver.plan import Plan, TierScore
from solver.problem import (
    Mandate,
    Meeting,
    OfficeHours,
    PlannedMeeting,
    Policy,
    Problem,
    Representative,
    Span,
    Travel,
    Window,
)


def write_problem(problem: Problem) -> str:
    """A problem as its document; sets are sorted, everything else keeps its order."""
    return _dumped(
        {
            "format": PROBLEM,
            "name": problem.name,
            "timezone": problem.timezone.key,
            "horizon": _days(problem.horizon.first_day, problem.horizon.last_day),
            "as_of": problem.as_of.isoformat(),
            "office_hours": _office_hours(problem.office_hours),
            "regions": [_fields(item, "id name weight") for item in problem.regions.values()],
            "places": [_fields(item, "id name lat lon") for item in problem.places.values()],
            "travel": _travel(problem.travel),
            "organisations": [
                _fields(item, "id name region capacity_minutes")
                for item in problem.organisations.values()
            ],
            "representatives": [_representative(p) for p in problem.representatives.values()],
            "mandates": [_mandate(mandate) for mandate in problem.mandates],
            "meetings": [_meeting(meeting) for meeting in problem.meetings.values()],
            "pins": [_fields(pin, "meeting representative slot") for pin in problem.pins],
            "bans": [_fields(ban, "meeting representative") for ban in problem.bans],
            "baseline": None
            if problem.baseline is None
            else [_planned(planned) for planned in problem.baseline.values()],
            "policy": _policy(problem.policy),
        }
    )


def write_plan(plan: Plan) -> str:
    """A plan as its document."""
    numbers = _fields(plan, "problem status seed workers time_limit_seconds wall_seconds")
    return _dumped(
        {
            "format": PLAN,
            **numbers,
            "tiers": [_tier(score) for score in plan.tiers],
            "meetings": [_planned(planned) for planned in plan.meetings.values()],
        }
    )


def _dumped(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False)


def _fields(value: object, names: str) -> dict[str, Any]:
    return {name: getattr(value, name) for name in names.split()}


def _sorted(items: Collection[str] | None) -> list[str] | None:
    return None if items is None else sorted(items)


def _days(first: date, last: date) -> dict[str, str]:
    return {"first_day": first.isoformat(), "last_day": last.isoformat()}


def _clock(minute: int) -> str:
    hours, minutes = divmod(minute, 60)
    return f"{hours:02}:{minutes:02}"


def _span(span: Span) -> dict[str, str]:
    return {"start": span.start.isoformat(), "end": span.end.isoformat()}


def _window(window: Window | OfficeHours) -> dict[str, Any]:
    return {
        "weekdays": sorted(window.weekdays),
        "start": _clock(window.start),
        "end": _clock(window.end),
    }


def _office_hours(hours: OfficeHours) -> dict[str, Any]:
    return {**_window(hours), "closed_days": [day.isoformat() for day in sorted(hours.closed_days)]}


def _travel(travel: Travel) -> dict[str, Any]:
    return {
        **_fields(travel, "detour speed_kmh overhead_minutes"),
        "minutes": {f"{a}|{b}": minutes for (a, b), minutes in travel.minutes.items()},
    }


def _representative(person: Representative) -> dict[str, Any]:
    windows = person.availability
    return {
        **_fields(person, "id organisation name home experience paid_job online target_minutes"),
        **{key: getattr(person.limits, name) for key, name in LIMITS.items()},
        "expertise": sorted(person.expertise),
        "availability": None if windows is None else [_window(window) for window in windows],
        "busy": [_span(span) for span in person.busy],
        "prefers": sorted(person.prefers),
        "avoids": sorted(person.avoids),
    }


def _mandate(mandate: Mandate) -> dict[str, Any]:
    return {
        **_fields(mandate, "id giver holder"),
        "municipalities": _sorted(mandate.municipalities),
        "topics": _sorted(mandate.topics),
        "levels": _sorted(mandate.levels),
        **_days(mandate.first_day, mandate.last_day),
    }


def _meeting(meeting: Meeting) -> dict[str, Any]:
    return {
        **_fields(meeting, "id title series level municipality mode place weight deputy"),
        **_fields(meeting, "preparation_minutes report_minutes"),
        "topics": sorted(meeting.topics),
        "expertise": sorted(meeting.expertise),
        "slots": [_span(slot) for slot in meeting.slots],
        "seats": _fields(meeting.seats, "min max"),
        "interested": [
            {"organisation": organisation, "weight": weight}
            for organisation, weight in meeting.interested.items()
        ],
    }


def _policy(policy: Policy) -> dict[str, Any]:
    return {
        "tiers": list(policy.tiers),
        **_fields(policy, "max_mandates_per_attendee hybrid_online_beyond_minutes"),
    }


def _tier(score: TierScore) -> dict[str, Any]:
    return {"name": score.tier, **_fields(score, "value bound proven")}


def _planned(planned: PlannedMeeting) -> dict[str, Any]:
    return {
        **_fields(planned, "meeting slot deputy"),
        "attendees": list(planned.attendees),
        "voices": dict(planned.voices),
    }
