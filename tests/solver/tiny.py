"""Random problems so small that every plan for them can be enumerated, with every feature in them.

The same seed always gives the same document.
"""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from solver.format import BadDocument, read_problem
from solver.problem import Problem, Tier

_ZONE = ZoneInfo("Europe/Amsterdam")
# Each: a month end inside an ISO week, a change to summer time, one back, a new year's ISO week.
_STARTS = ("2027-03-29", "2027-03-26", "2027-10-29", "2026-12-30")
_PLACES = {"assen": (52.997, 6.563), "emmen": (52.779, 6.907), "meppel": (52.696, 6.194)}
_ORGANISATIONS = ("o-1", "o-2", "o-3")
_TIERS = (
    "presence",
    "voice",
    "expertise",
    "deputy",
    "stability",
    "workload",
    "spread",
    "comfort",
)
_LIMITS = {
    "max_minutes_per_week": (90, 150, 300),
    "max_meetings_per_week": (0, 1, 2),
    "max_meetings_per_month": (1, 2),
    "max_office_hours_meetings_per_week": (0, 1),
    "max_office_hours_meetings_per_month": (0, 1),
    "max_travel_minutes": (0, 45, 60),
}


def tiny_problem(seed: int) -> Problem:
    """A problem of two to four meetings and three to five representatives."""
    return read_problem(json.dumps(tiny_document(seed)))


def tiny_document(seed: int) -> dict[str, Any]:
    """The same as a document. Pins that nobody can keep are left out again."""
    draw = Random(seed)
    document = _Draw(draw).document(f"tiny-{seed}")
    while True:
        try:
            read_problem(json.dumps(document))
        except BadDocument as bad:
            if not all(fault.path.startswith("pins") for fault in bad.faults):
                raise
            document["pins"].pop()
        else:
            return document


class _Draw:
    def __init__(self, draw: Random) -> None:
        self.draw = draw
        self.first = datetime.fromisoformat(draw.choice(_STARTS)).replace(tzinfo=_ZONE)
        self.organisations = list(_ORGANISATIONS[: draw.randint(2, 3)])
        self.people = [f"r-{number}" for number in range(1, draw.randint(3, 5) + 1)]
        self.meetings = [f"m-{number}" for number in range(1, draw.randint(2, 4) + 1)]

    def document(self, name: str) -> dict[str, Any]:
        last = self.first + timedelta(days=9)
        meetings = [self.meeting(name) for name in self.meetings]
        return {
            "format": "delegation-problem/1",
            "name": name,
            "timezone": "Europe/Amsterdam",
            "horizon": {"first_day": str(self.first.date()), "last_day": str(last.date())},
            "as_of": (self.first - timedelta(days=self.draw.choice((2, 5, 20, 40)))).isoformat(),
            "office_hours": {
                "weekdays": [1, 2, 3, 4, 5],
                "start": "09:00",
                "end": "17:00",
                "closed_days": self.some([str((self.first + timedelta(days=1)).date())]),
            },
            "regions": self.regions(),
            "places": [
                {"id": place, "name": place, "lat": lat, "lon": lon}
                for place, (lat, lon) in _PLACES.items()
            ],
            "travel": {
                "detour": 1.3,
                "speed_kmh": 60,
                "overhead_minutes": 6,
                "minutes": {"assen|emmen": 49, "emmen|assen": 51},
            },
            "organisations": [self.organisation(name) for name in self.organisations],
            "representatives": [self.representative(name) for name in self.people],
            "mandates": [self.mandate(f"md-{n}") for n in range(self.draw.randint(0, 3))],
            "meetings": meetings,
            "pins": self.pins(meetings),
            "bans": self.bans(),
            "baseline": self.baseline(meetings),
            "policy": {
                "tiers": self.tiers(),
                "max_mandates_per_attendee": self.draw.choice((0, 1, 1, 2)),
                "hybrid_online_beyond_minutes": self.draw.choice((0, 45, 50)),
            },
        }

    def some(self, items: list[Any]) -> list[Any]:
        return [item for item in items if self.draw.random() < 0.5]

    def chance(self, share: float) -> bool:
        return self.draw.random() < share

    def regions(self) -> list[dict[str, Any]]:
        names = ["noord", "zuid", "west"]
        return [{"id": n, "name": n, "weight": self.draw.randint(1, 3)} for n in names]

    def organisation(self, name: str) -> dict[str, Any]:
        return {
            "id": name,
            "name": name.upper(),
            "region": self.draw.choice(("noord", "zuid")),
            "capacity_minutes": self.draw.choice((100, 240, 1000)),
        }

    def representative(self, name: str) -> dict[str, Any]:
        series = ["s-1", "s-2"]
        self.draw.shuffle(series)
        return {
            "id": name,
            "organisation": self.draw.choice(self.organisations),
            "name": name.upper(),
            "home": self.draw.choice(list(_PLACES)),
            "experience": self.draw.choice(("experienced", "new")),
            "expertise": self.some(["wonen", "zorg"]),
            "paid_job": self.chance(0.5),
            "online": self.chance(0.7),
            "target_minutes": self.draw.choice((60, 200, 600)),
            **{
                key: self.draw.choice(values) if self.chance(0.15) else None
                for key, values in _LIMITS.items()
            },
            "availability": self.availability(),
            "busy": [self.span()] if self.chance(0.3) else [],
            "prefers": series[:1] if self.chance(0.4) else [],
            "avoids": series[1:] if self.chance(0.4) else [],
        }

    def availability(self) -> list[dict[str, Any]] | None:
        if self.chance(0.5):
            return None
        windows = [
            {"weekdays": [1, 2, 3, 4, 5], "start": "09:00", "end": "17:00"},
            {"weekdays": [1, 2, 3, 4, 5, 6, 7], "start": "17:00", "end": "24:00"},
            {"weekdays": [6, 7], "start": "00:00", "end": "12:30"},
        ]
        return [] if self.chance(0.1) else self.some(windows)

    def span(self) -> dict[str, str]:
        """Some hours on one of a few days, so that much of it meets."""
        day = self.first + timedelta(days=self.draw.choice((0, 1, 2, 3, 7)))
        start = day.replace(hour=self.draw.choice((9, 10, 15, 16, 19, 20)))
        start += timedelta(minutes=self.draw.choice((0, 30)))
        end = start.astimezone(ZoneInfo("UTC")) + timedelta(minutes=self.draw.choice((60, 90)))
        return {"start": start.isoformat(), "end": end.isoformat()}

    def mandate(self, name: str) -> dict[str, Any]:
        giver, holder = self.draw.sample(self.organisations, 2)
        return {
            "id": name,
            "giver": giver,
            "holder": holder,
            "municipalities": self.draw.choice((None, None, ["GM0106"], [])),
            "topics": self.draw.choice((None, None, ["huur"])),
            "levels": self.draw.choice((None, None, ["municipality"], ["province"])),
            "first_day": str(self.first.date()),
            "last_day": str((self.first + timedelta(days=self.draw.choice((1, 9)))).date()),
        }

    def meeting(self, name: str) -> dict[str, Any]:
        mode = self.draw.choice(("in_person", "online", "hybrid"))
        least = self.draw.randint(0, 2)
        return {
            "id": name,
            "title": name.upper(),
            "series": self.draw.choice((None, "s-1", "s-2")),
            "level": self.draw.choice(("municipality", "province", "corporation")),
            "municipality": self.draw.choice((None, "GM0106", "GM0114")),
            "topics": self.some(["huur", "zorg"]),
            "mode": mode,
            "place": None if mode == "online" and self.chance(0.5) else self.place(),
            "slots": [self.span() for _ in range(self.draw.choice((1, 1, 2)))],
            "weight": self.draw.choice((1, 3, 9)),
            "seats": {"min": least, "max": max(1, least, self.draw.randint(1, 2))},
            "expertise": self.some(["wonen", "zorg"]),
            "preparation_minutes": self.draw.choice((0, 30)),
            "report_minutes": self.draw.choice((0, 15)),
            "deputy": self.chance(0.4),
            "interested": [
                {"organisation": name, "weight": self.draw.randint(1, 9)}
                for name in self.organisations
                if self.chance(0.7)
            ],
        }

    def place(self) -> str:
        return self.draw.choice(list(_PLACES))

    def pins(self, meetings: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if self.chance(0.6):
            return []
        chosen = self.draw.sample(meetings, self.draw.randint(1, 2))
        return [
            {
                "meeting": meeting["id"],
                "representative": self.draw.choice(self.people),
                "slot": self.draw.choice((None, len(meeting["slots"]) - 1)),
            }
            for meeting in chosen
        ]

    def bans(self) -> list[dict[str, Any]]:
        if self.chance(0.7):
            return []
        meeting = self.draw.choice((None, *self.meetings))
        return [{"meeting": meeting, "representative": self.draw.choice(self.people)}]

    def baseline(self, meetings: list[dict[str, Any]]) -> list[dict[str, Any]] | None:
        if self.chance(0.5):
            return None
        return [self.planned(meeting) for meeting in self.some(meetings)] + [
            {"meeting": "m-gone", "slot": 7, "attendees": [], "deputy": None, "voices": {}}
        ]

    def planned(self, meeting: dict[str, Any]) -> dict[str, Any]:
        attendees = self.draw.sample([*self.people, "r-gone"], self.draw.randint(0, 2))
        slots = range(len(meeting["slots"]))
        return {
            "meeting": meeting["id"],
            "slot": self.draw.choice(slots) if attendees else None,
            "attendees": attendees,
            "deputy": self.draw.choice((None, "r-gone", *self.people)) if attendees else None,
            "voices": {},
        }

    def tiers(self) -> list[str]:
        """Mostly the usual order or that of a repair; now and then any tiers in any order.

        That only for two meetings: where no tier that adds up comes first, nothing can be skipped.
        """
        usual = list(_TIERS)
        if self.chance(0.6):
            return usual
        if len(self.meetings) > 2 or self.chance(0.3):
            return ["presence", "stability", *(t for t in usual[1:] if t != "stability")]
        return self.draw.sample(usual, self.draw.randint(1, len(usual)))


def with_any_tiers(problem: Problem, seed: int) -> Problem:
    """The same problem under tiers in any order, now and then with some left out."""
    draw = Random(f"tiers/{seed}")
    number = draw.choice((len(Tier), len(Tier), len(Tier), draw.randint(1, len(Tier))))
    tiers = tuple(draw.sample(list(Tier), number))
    return replace(problem, policy=replace(problem.policy, tiers=tiers))
