"""Seeded planning problems of four sizes, made province by province like the real one.

Everything follows from the seed: the same size and seed give the same document.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from solver.format import read_problem
from solver.problem import Problem

ZONE = ZoneInfo("Europe/Amsterdam")
YEAR = 2027
TOPICS = ("prestatieafspraken", "huurbeleid", "wonen-zorg", "duurzaamheid", "financien")
MODES = ("in_person", "in_person", "in_person", "hybrid", "online")


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How many of each, per province; days from 1 January on."""

    provinces: int
    municipalities: int
    organisations: int
    representatives: int
    meetings: int
    days: int


SIZES = {
    "tiny": Size(
        provinces=1, municipalities=2, organisations=3, representatives=6, meetings=12, days=60
    ),
    "quarter": Size(
        provinces=1, municipalities=12, organisations=12, representatives=50, meetings=90, days=90
    ),
    "province": Size(
        provinces=1, municipalities=12, organisations=12, representatives=50, meetings=400, days=365
    ),
    "country": Size(
        provinces=25,
        municipalities=14,
        organisations=10,
        representatives=60,
        meetings=400,
        days=365,
    ),
}


def instance(size: str, seed: int) -> Problem:
    """The problem of a size and seed, read through its document."""
    return read_problem(json.dumps(document(size, seed)))


def document(size: str, seed: int) -> dict[str, Any]:
    """The same as a document."""
    wanted, chance = SIZES[size], Random(f"{size}/{seed}")
    parts = [_Province(number, wanted, chance) for number in range(wanted.provinces)]
    last_day = date(YEAR, 1, 1) + timedelta(days=wanted.days - 1)
    return {
        "format": "delegation-problem/1",
        "name": f"{size}-{seed}",
        "timezone": ZONE.key,
        "horizon": {"first_day": f"{YEAR}-01-01", "last_day": last_day.isoformat()},
        "office_hours": {
            "weekdays": [1, 2, 3, 4, 5],
            "start": "09:00",
            "end": "17:00",
            "closed_days": [f"{YEAR}-01-01"],
        },
        "travel": {"detour": 1.3, "speed_kmh": 60, "overhead_minutes": 6, "minutes": {}},
        "policy": {
            "tiers": [
                "presence",
                "voice",
                "expertise",
                "deputy",
                "stability",
                "workload",
                "spread",
                "comfort",
            ],
            "max_mandates_per_attendee": 3,
            "hybrid_online_beyond_minutes": 45,
        },
        **{
            key: [each for part in parts for each in getattr(part, key)]
            for key in (
                "regions",
                "places",
                "organisations",
                "representatives",
                "mandates",
                "meetings",
            )
        },
    }


class _Province:
    """One province's share of a document; ids carry its number."""

    def __init__(self, number: int, size: Size, chance: Random) -> None:
        self._number, self._size, self._chance = number, size, chance
        self._east, self._north = 4.5 + number % 5 * 0.6, 51.0 + number // 5 * 0.5
        self.regions = [
            {"id": self._id("reg", n), "name": f"Regio {n}", "weight": chance.randint(50, 200)}
            for n in range(min(3, size.municipalities))
        ]
        self.places = [self._place(n) for n in range(size.municipalities)]
        self.organisations = [self._organisation(n) for n in range(size.organisations)]
        self._seated = {
            n: chance.sample(
                range(size.organisations), chance.randint(1, min(3, size.organisations))
            )
            for n in range(size.municipalities)
        }
        self.representatives = [self._representative(n) for n in range(size.representatives)]
        self.mandates = [each for n in range(size.organisations) for each in self._mandate(n)]
        self.meetings = [self._meeting(n) for n in range(size.meetings)]

    def _id(self, kind: str, number: int) -> str:
        return f"{kind}-{self._number}-{number}"

    def _place(self, number: int) -> dict[str, Any]:
        return {
            "id": self._id("pl", number),
            "name": f"Plaats {number}",
            "lat": round(self._north + self._chance.random() * 0.45, 5),
            "lon": round(self._east + self._chance.random() * 0.55, 5),
        }

    def _organisation(self, number: int) -> dict[str, Any]:
        region = self._chance.choice(self.regions)["id"]
        capacity = self._chance.randint(5, 20) * 1_000 * self._size.days // 365 + 1
        return {
            "id": self._id("org", number),
            "name": f"Organisatie {number}",
            "region": region,
            "capacity_minutes": capacity,
        }

    def _representative(self, number: int) -> dict[str, Any]:
        chance, paid = self._chance, self._chance.random() < 0.4
        return {
            "id": self._id("r", number),
            "organisation": self._id("org", number % self._size.organisations),
            "name": f"R{number}",
            "home": chance.choice(self.places)["id"],
            "experience": chance.choice(("experienced", "experienced", "experienced", "new")),
            "expertise": sorted(chance.sample(TOPICS, chance.randint(1, 3))),
            "paid_job": paid,
            "online": chance.random() < 0.8,
            "target_minutes": chance.randint(20, 60) * 100 * self._size.days // 365 + 1,
            "max_minutes_per_week": chance.choice((None, 600, 900)),
            "max_meetings_per_week": chance.choice((None, 2, 3)),
            "max_meetings_per_month": chance.choice((None, 4, 6)),
            "max_office_hours_meetings_per_week": 1 if paid else None,
            "max_office_hours_meetings_per_month": 2 if paid else None,
            "max_travel_minutes": chance.choice((None, None, 45, 60)),
            "availability": self._availability(paid=paid),
            "busy": [self._span(60 * chance.randint(1, 8)) for _ in range(chance.randint(0, 25))],
            "prefers": [],
            "avoids": [],
        }

    def _availability(self, *, paid: bool) -> list[dict[str, Any]] | None:
        if not paid and self._chance.random() < 0.5:
            return None
        evenings = {"weekdays": [1, 2, 3, 4, 5], "start": "18:00", "end": "23:00"}
        days = sorted(self._chance.sample(range(1, 6), self._chance.randint(1, 4)))
        return [evenings, {"weekdays": days, "start": "08:30", "end": "18:00"}]

    def _mandate(self, giver: int) -> list[dict[str, Any]]:
        holder = self._chance.randrange(self._size.organisations)
        if holder == giver or self._chance.random() < 0.3:
            return []
        here = [self._id("gm", n) for n, seated in self._seated.items() if giver in seated]
        return [
            {
                "id": self._id("md", giver),
                "giver": self._id("org", giver),
                "holder": self._id("org", holder),
                "municipalities": here[:2],
                "topics": None,
                "levels": ["municipality"],
                "first_day": f"{YEAR}-01-01",
                "last_day": f"{YEAR}-12-31",
            }
        ]

    def _meeting(self, number: int) -> dict[str, Any]:
        chance, at_province = self._chance, self._chance.random() < 0.1
        town = chance.randrange(self._size.municipalities)
        seated = range(self._size.organisations) if at_province else self._seated[town]
        topic, seats = chance.choice(TOPICS), chance.choice((1, 1, 2))
        length = chance.choice((60, 90, 120))
        return {
            "id": self._id("m", number),
            "title": f"Overleg {number}",
            "series": self._id(f"s-{topic}", town),
            "level": "province" if at_province else "municipality",
            "municipality": None if at_province else self._id("gm", town),
            "topics": [topic],
            "mode": chance.choice(MODES),
            "place": self._id("pl", town),
            "slots": [self._span(length) for _ in range(chance.choice((1, 1, 2, 3)))],
            "weight": chance.choice((1, 3, 3, 9)),
            "seats": {"min": seats + at_province, "max": seats + 1 + at_province},
            "expertise": [topic] if chance.random() < 0.7 else [],
            "preparation_minutes": chance.choice((30, 60, 90)),
            "report_minutes": 30,
            "deputy": chance.random() < 0.5,
            "interested": [
                {"organisation": self._id("org", n), "weight": chance.randint(200, 9_000)}
                for n in seated
            ],
        }

    def _span(self, minutes: int) -> dict[str, str]:
        """A working day's hour, mostly in office hours, away from the ends of the horizon."""
        day = date(YEAR, 1, 4) + timedelta(days=self._chance.randrange(self._size.days - 8))
        if day.isoweekday() > 5:
            day -= timedelta(days=2)
        hour = self._chance.choice((9, 10, 10, 13, 13, 14, 15, 19))
        start = datetime(day.year, day.month, day.day, hour, 30, tzinfo=ZONE)
        return {
            "start": start.isoformat(),
            "end": (start + timedelta(minutes=minutes)).isoformat(),
        }
