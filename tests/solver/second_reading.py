"""The rule book (`docs/planning.md`) read a second time, over the documents themselves.

It knows nothing of `solver`: what two readings that share no line agree on is what the page says.
Slow and plain on purpose. Entries of a plan are the objects of its document's `meetings`.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, cached_property
from itertools import combinations
from typing import Any
from zoneinfo import ZoneInfo

Entry = Mapping[str, Any]
Entries = Mapping[str, Entry]
Finding = tuple[str, str | None, str | None]
"""A rule that is broken, at which meeting, by whom."""

WEEK = timedelta(days=7)


class Book:
    """One problem, and what the page says about it and about plans for it."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        self.zone = ZoneInfo(document["timezone"])
        self.policy = document["policy"]
        self.regions = {one["id"]: one for one in document["regions"]}
        self.places = {one["id"]: one for one in document["places"]}
        self.organisations = {one["id"]: one for one in document["organisations"]}
        self.people = {one["id"]: one for one in document["representatives"]}
        self.meetings = {one["id"]: one for one in document["meetings"]}
        self.pins = document.get("pins", [])
        self.bans = document.get("bans", [])
        # Remembered per book: every question below is asked over and over.
        self.travel = cache(self.travel)  # type: ignore[method-assign]
        self.load = cache(self.load)  # type: ignore[method-assign]
        self.span = cache(self.span)  # type: ignore[method-assign]
        self.office_minutes = cache(self.office_minutes)  # type: ignore[method-assign]
        self.holders = cache(self.holders)  # type: ignore[method-assign]
        self.is_free = cache(self.is_free)  # type: ignore[method-assign]

    def judge(self, entries: Entries) -> tuple[set[Finding], dict[str, int]]:
        """What a plan breaks, and its values on all eight tiers."""
        return set(self.findings(entries)), self.values(entries)

    # Section 3

    def travel(self, origin: str, destination: str) -> int:
        """Minutes one way."""
        if origin == destination:
            return 0
        rules = self.document["travel"]
        for key in (f"{origin}|{destination}", f"{destination}|{origin}"):
            if key in rules["minutes"]:
                return int(rules["minutes"][key])
        a, b = self.places[origin], self.places[destination]
        lat_a, lat_b = math.radians(a["lat"]), math.radians(b["lat"])
        across = math.sin(math.radians(b["lon"] - a["lon"]) / 2) ** 2
        chord = math.sin((lat_b - lat_a) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * across
        km = 2 * 6371.0088 * math.asin(math.sqrt(chord))
        minutes = rules["overhead_minutes"] + 60 * rules["detour"] * km / rules["speed_kmh"]
        return math.ceil(minutes - 1e-9)

    def is_online(self, meeting: str, person: str) -> bool:
        """The mode of a commitment."""
        mode, home = self.meetings[meeting]["mode"], self.people[person]["home"]
        if mode != "hybrid":
            return bool(mode == "online")
        way = self.travel(home, self.meetings[meeting]["place"])
        return bool(self.people[person]["online"]) and (
            way > self.policy["hybrid_online_beyond_minutes"]
        )

    def location(self, meeting: str, person: str) -> str:
        """Where somebody is during a commitment."""
        if self.is_online(meeting, person):
            return str(self.people[person]["home"])
        return str(self.meetings[meeting]["place"])

    def trip(self, meeting: str, person: str) -> int:
        """One way, 0 when online."""
        return self.travel(self.people[person]["home"], self.location(meeting, person))

    def load(self, meeting: str, slot: int, person: str) -> int:
        """Minutes of work of an attendance."""
        start, end = self.span(meeting, slot)
        asked = self.meetings[meeting]
        paper = asked["preparation_minutes"] + asked["report_minutes"]
        return _minutes(end - start) + int(paper) + 2 * self.trip(meeting, person)

    def span(self, meeting: str, slot: int) -> tuple[datetime, datetime]:
        """A slot's two instants, in UTC."""
        return _span(self.meetings[meeting]["slots"][slot])

    def day(self, meeting: str, slot: int) -> date:
        """The local day that a slot starts on."""
        return self.span(meeting, slot)[0].astimezone(self.zone).date()

    def week(self, meeting: str, slot: int) -> tuple[int, int]:
        """ISO year and week."""
        return self.day(meeting, slot).isocalendar()[:2]

    def month(self, meeting: str, slot: int) -> tuple[int, int]:
        """Year and month."""
        day = self.day(meeting, slot)
        return day.year, day.month

    def office_minutes(self, meeting: str, slot: int) -> int:
        """Counted one by one."""
        start, end = self.span(meeting, slot)
        each = (start + timedelta(minutes=n) for n in range(_minutes(end - start)))
        return sum(map(self._in_office, each))

    def _in_office(self, instant: datetime) -> bool:
        hours, day = self.document["office_hours"], instant.astimezone(self.zone).date()
        if day.isoweekday() not in hours["weekdays"] or day.isoformat() in hours["closed_days"]:
            return False
        return self.wall(day, hours["start"]) <= instant < self.wall(day, hours["end"])

    def wall(self, day: date, clock: str) -> datetime:
        """The instant of a wall-clock time; by the offset before where a change makes two or none.

        Found by trying both offsets of that day, and not by what Python's `fold` makes of it.
        """
        hours, minutes = map(int, clock.split(":"))
        naive = datetime.combine(day, time()) + timedelta(hours=hours, minutes=minutes)
        before, after = (
            (naive + timedelta(days=days)).replace(tzinfo=UTC).astimezone(self.zone).utcoffset()
            or timedelta()
            for days in (-1, 1)
        )
        tried = {(naive - offset).replace(tzinfo=UTC) for offset in (before, after)}
        real = {one for one in tried if one.astimezone(self.zone).replace(tzinfo=None) == naive}
        return real.pop() if len(real) == 1 else (naive - before).replace(tzinfo=UTC)

    def holders(self, giver: str, meeting: str, slot: int) -> frozenset[str]:
        """Who holds a mandate of a giver that is in force."""
        return frozenset(
            one["holder"]
            for one in self.document["mandates"]
            if one["giver"] == giver and self._in_force(one, meeting, slot)
        )

    def _in_force(self, mandate: Mapping[str, Any], meeting: str, slot: int) -> bool:
        asked, day = self.meetings[meeting], self.day(meeting, slot).isoformat()
        places, topics, levels = (mandate[k] for k in ("municipalities", "topics", "levels"))
        return (
            mandate["first_day"] <= day <= mandate["last_day"]
            and (places is None or asked["municipality"] in places)
            and (topics is None or bool(set(topics) & set(asked["topics"])))
            and (levels is None or asked["level"] in levels)
        )

    # Section 4

    def findings(self, entries: Entries) -> Iterator[Finding]:
        """Everything that a plan breaks."""
        for meeting in self.meetings:
            yield from self.findings_at(meeting, entries[meeting])
        yield from self.one_place(entries)
        yield from self.limits(entries)

    def findings_at(self, meeting: str, entry: Entry) -> Iterator[Finding]:
        """What a meeting breaks by itself."""
        if self._breaks_seats(meeting, entry):
            yield "seats", meeting, None
        if self.breaks_voices(meeting, entry):
            yield "voices", meeting, None
        for person in _committed(entry):
            for rule in self._breaks(meeting, entry, person):
                yield rule, meeting, person
        for pin in self.pins:
            if pin["meeting"] == meeting and not self._keeps(pin, entry):
                yield "pins", meeting, pin["representative"]

    def _breaks_seats(self, meeting: str, entry: Entry) -> bool:
        people = entry["attendees"]
        if not people:
            return entry["slot"] is not None
        twice = len(set(people)) < len(people)
        return twice or len(people) > self._seats(meeting)["max"] or self._slot(entry) is None

    def _breaks(self, meeting: str, entry: Entry, person: str) -> Iterator[str]:
        """The rules about one commitment."""
        word = person in entry["attendees"] and any(
            pin["meeting"] == meeting
            and pin["representative"] == person
            and self._keeps(pin, entry)
            for pin in self.pins
        )
        slot = self._slot(entry)
        if not word and not self._has_standing(meeting, slot, self._organisation(person)):
            yield "standing"
        if person == entry["deputy"] and not self._may_stand_by(meeting, entry):
            yield "deputy"
        if not word and slot is not None and not self.is_free(meeting, slot, person):
            yield "available"
        if any(
            b["meeting"] in {None, meeting} and b["representative"] == person for b in self.bans
        ):
            yield "bans"

    def _keeps(self, pin: Mapping[str, Any], entry: Entry) -> bool:
        attends = pin["representative"] in entry["attendees"]
        return attends and pin["slot"] in {None, entry["slot"]}

    def _has_standing(self, meeting: str, slot: int | None, organisation: str) -> bool:
        interested = self._interested(meeting)
        return organisation in interested or any(
            organisation in self._holders(giver, meeting, slot) for giver in interested
        )

    def _may_stand_by(self, meeting: str, entry: Entry) -> bool:
        attending = self._attending(entry)
        own, slot = self._organisation(entry["deputy"]), self._slot(entry)
        return (
            self.meetings[meeting]["deputy"]
            and bool(attending)
            and entry["deputy"] not in entry["attendees"]
            and (
                own in attending
                or own in self._interested(meeting)
                or any(own in self._holders(giver, meeting, slot) for giver in attending)
            )
        )

    def is_free(self, meeting: str, slot: int, person: str) -> bool:
        """The rule `available`."""
        who = self.people[person]
        start, end = self.span(meeting, slot)
        busy = (_span(span) for span in who["busy"])
        farthest = who["max_travel_minutes"]
        return (
            self._in_a_window(who["availability"], start, end)
            and not any(s < end and start < e for s, e in busy)
            and (farthest is None or self.trip(meeting, person) <= farthest)
            and (self.meetings[meeting]["mode"] != "online" or bool(who["online"]))
        )

    def _in_a_window(self, windows: Any, start: datetime, end: datetime) -> bool:
        day = start.astimezone(self.zone).date()
        return windows is None or any(
            day.isoweekday() in window["weekdays"]
            and self.wall(day, window["start"]) <= start
            and end <= self.wall(day, window["end"])
            for window in windows
        )

    def one_place(self, entries: Entries) -> Iterator[Finding]:
        """Every two commitments of one person; the later one is named."""
        order = {name: place for place, name in enumerate(self.meetings)}
        for person in self.people:
            held = [name for name in self.meetings if person in self._placed(entries[name])]
            held.sort(key=lambda name: (self.span(name, entries[name]["slot"])[0], order[name]))
            for one, other in combinations(held, 2):
                if self.clash(person, (one, entries[one]["slot"]), (other, entries[other]["slot"])):
                    yield "one_place", other, person

    def clash(self, person: str, one: tuple[str, int], other: tuple[str, int]) -> bool:
        """Whether somebody can't do both."""
        one, other = sorted((one, other), key=lambda held: self.span(*held)[0])
        way = self.travel(self.location(one[0], person), self.location(other[0], person))
        return self.span(*one)[1] + timedelta(minutes=way) > self.span(*other)[0]

    def limits(self, entries: Entries) -> Iterator[Finding]:
        """Weeks and months in which somebody attends more than they said."""
        for person, who in self.people.items():
            held = [
                (name, entries[name]["slot"])
                for name in self.meetings
                if self._slot(entries[name]) is not None and person in entries[name]["attendees"]
            ]
            pinned = {
                pin["meeting"]
                for pin in self.pins
                if pin["representative"] == person and self._keeps(pin, entries[pin["meeting"]])
            }
            if any(self._over(who, *limit, held, pinned) for limit in self._limits(person)):
                yield "limits", None, person

    def _limits(self, person: str) -> Iterator[tuple[str, Any, Any]]:
        def load(held: tuple[str, int]) -> int:
            return self.load(*held, person)

        def once(held: tuple[str, int]) -> int:
            return 1

        def in_office(held: tuple[str, int]) -> int:
            return int(self.office_minutes(*held) > 0)

        yield "max_minutes_per_week", self.week, load
        yield "max_meetings_per_week", self.week, once
        yield "max_meetings_per_month", self.month, once
        yield "max_office_hours_meetings_per_week", self.week, in_office
        yield "max_office_hours_meetings_per_month", self.month, in_office

    def _over(
        self,
        who: Mapping[str, Any],
        key: str,
        period: Any,
        amount: Any,
        held: list[tuple[str, int]],
        pinned: set[str],
    ) -> bool:
        if who[key] is None:
            return False
        total, word = Counter[Any](), Counter[Any]()
        for one in held:
            total[period(*one)] += amount(one)
            if one[0] in pinned:
                word[period(*one)] += amount(one)
        return any(number > max(who[key], word[when]) for when, number in total.items())

    def breaks_voices(self, meeting: str, entry: Entry) -> bool:
        """The rule `voices`."""
        voices, attending = entry["voices"], self._attending(entry)
        interested, slot = self._interested(meeting), self._slot(entry)
        people = Counter(self._organisation(one) for one in set(entry["attendees"]))
        others = Counter(speaker for heard, speaker in voices.items() if heard != speaker)
        most = self.policy["max_mandates_per_attendee"]
        return (
            any(
                heard not in interested
                or speaker not in attending
                or (speaker != heard and speaker not in self._holders(heard, meeting, slot))
                for heard, speaker in voices.items()
            )
            or any(voices.get(one) != one for one in attending if one in interested)
            or any(number > most * people[speaker] for speaker, number in others.items())
        )

    # Section 5

    def values(self, entries: Entries) -> dict[str, int]:
        """All eight tiers."""
        total: Counter[str] = Counter()
        for meeting in self.meetings:
            total.update(self.own_values(meeting, entries[meeting]))
        total.update(self.shared_values(entries))
        return {tier: total[tier] for tier in TIERS}

    def own_values(self, meeting: str, entry: Entry) -> dict[str, int]:
        """What a meeting brings to each tier whatever else is planned."""
        asked, weight = self.meetings[meeting], self.meetings[meeting]["weight"]
        people = [self.people[one] for one in set(entry["attendees"])]
        skills = {skill for one in people for skill in one["expertise"]}
        unheard = set(self._interested(meeting)) - set(entry["voices"])
        return {
            "presence": weight * max(0, self._seats(meeting)["min"] - len(people)),
            "voice": weight * sum(self._interested(meeting)[one] for one in unheard),
            "expertise": weight * len(set(asked["expertise"]) - skills),
            "deputy": weight * (asked["deputy"] and entry["deputy"] is None),
            "stability": self._stability(meeting, entry),
            "spread": self._narrow(meeting, entry),
            "comfort": self._comfort(meeting, entry, people),
        }

    def _stability(self, meeting: str, entry: Entry) -> int:
        before = self._baseline.get(meeting)
        if before is None:
            return 0
        ahead = self.span(meeting, before["slot"] or 0)[0] - self._as_of
        notice = 4 if ahead < WEEK else 2 if ahead < 4 * WEEK else 1
        people = set(before["attendees"]) ^ set(entry["attendees"])
        slots = {before["slot"], entry["slot"]}
        moved = None not in slots and len(slots) > 1
        return notice * (4 * len(people) + 12 * moved + (before["deputy"] != entry["deputy"]))

    def _narrow(self, meeting: str, entry: Entry) -> int:
        if self.meetings[meeting]["level"] != "province":
            return 0
        wanted = min(len(self.regions), self._seats(meeting)["min"])
        missing = max(0, wanted - len(set(self._regions_at(entry))))
        return int(10 * self.meetings[meeting]["weight"] * missing)

    def _comfort(self, meeting: str, entry: Entry, people: list[Mapping[str, Any]]) -> int:
        slot, series = self._slot(entry), self.meetings[meeting]["series"]
        if not people or slot is None:
            return 0
        office = self.office_minutes(meeting, slot)
        each = sum(
            2 * self.trip(meeting, one["id"])
            + 2 * office * one["paid_job"]
            + 60 * (series in one["avoids"])
            - 30 * (series in one["prefers"])
            for one in people
        )
        return int(each + 120 * all(o["experience"] == "new" for o in people) + 10 * slot)

    def shared_values(
        self, entries: Entries, seats_left: Mapping[str, int] | None = None
    ) -> dict[str, int]:
        """What meetings bring to a tier only together.

        With `seats_left`, the seats that regions could still take elsewhere: at least that much.
        """
        loads: Counter[str] = Counter()
        faces: dict[str, set[str]] = {}
        seats: Counter[str] = Counter(seats_left or {})
        for meeting, entry in entries.items():
            for person in set(entry["attendees"]) if self._slot(entry) is not None else ():
                loads[person] += self.load(meeting, entry["slot"], person)
            series = self.meetings[meeting]["series"]
            if series is not None:
                faces.setdefault(series, set()).update(entry["attendees"])
            seats.update(self.province_seats(entry))
        return {
            "workload": self._workload(loads),
            "spread": 10 * sum(max(0, q - seats[name]) for name, q in self.quotas.items()),
            "comfort": 60 * sum(max(0, len(people) - 2) for people in faces.values()),
        }

    def province_seats(self, entry: Entry) -> list[str]:
        """The region of each attendee at a table of the province."""
        at_province = self.meetings[entry["meeting"]]["level"] == "province"
        return self._regions_at(entry) if at_province else []

    def _workload(self, loads: Counter[str]) -> int:
        borne: Counter[str] = Counter()
        for person in self.people:
            borne[self._organisation(person)] += loads[person]
        of_organisations = sum(
            _strain(borne[name], one["capacity_minutes"])
            for name, one in self.organisations.items()
        )
        of_people = sum(
            _strain(loads[name], one["target_minutes"]) for name, one in self.people.items()
        )
        return 5 * of_organisations + of_people

    @cached_property
    def quotas(self) -> dict[str, int]:
        """Each region's share of the seats at province level."""
        seats = sum(
            one["seats"]["min"] for one in self.meetings.values() if one["level"] == "province"
        )
        total = sum(region["weight"] for region in self.regions.values())
        return {name: seats * one["weight"] // total for name, one in self.regions.items()}

    # The documents

    @cached_property
    def _baseline(self) -> dict[str, Entry]:
        return {entry["meeting"]: entry for entry in self.document.get("baseline") or []}

    @cached_property
    def _as_of(self) -> datetime:
        text = self.document.get("as_of")
        first_day = date.fromisoformat(self.document["horizon"]["first_day"])
        return _instant(text) if text else self.wall(first_day, "00:00")

    def _placed(self, entry: Entry) -> tuple[str, ...]:
        """Who is committed at a time that there is."""
        return tuple(_committed(entry)) if self._slot(entry) is not None else ()

    def _slot(self, entry: Entry) -> int | None:
        slot, meeting = entry["slot"], self.meetings[entry["meeting"]]
        return slot if slot is not None and 0 <= slot < len(meeting["slots"]) else None

    def _holders(self, giver: str, meeting: str, slot: int | None) -> frozenset[str]:
        return frozenset() if slot is None else self.holders(giver, meeting, slot)

    def _seats(self, meeting: str) -> Mapping[str, int]:
        seats: Mapping[str, int] = self.meetings[meeting]["seats"]
        return seats

    def _interested(self, meeting: str) -> dict[str, int]:
        return {one["organisation"]: one["weight"] for one in self.meetings[meeting]["interested"]}

    def _organisation(self, person: str) -> str:
        return str(self.people[person]["organisation"])

    def _attending(self, entry: Entry) -> set[str]:
        return {self._organisation(person) for person in entry["attendees"]}

    def _regions_at(self, entry: Entry) -> list[str]:
        people = set(entry["attendees"])
        return [self.organisations[self._organisation(one)]["region"] for one in people]


TIERS = (
    "presence",
    "voice",
    "expertise",
    "deputy",
    "stability",
    "workload",
    "spread",
    "comfort",
)


def _committed(entry: Entry) -> Iterable[str]:
    """Attendees and the deputy, each once."""
    deputy = [] if entry["deputy"] is None else [entry["deputy"]]
    return dict.fromkeys([*entry["attendees"], *deputy])


def _strain(load: int, bearable: int) -> int:
    use = -(-1000 * load // bearable)
    return sum(max(0, use - 100 * step) for step in range(20))


def _minutes(length: timedelta) -> int:
    return length // timedelta(minutes=1)


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _span(span: Mapping[str, str]) -> tuple[datetime, datetime]:
    return _instant(span["start"]), _instant(span["end"])
