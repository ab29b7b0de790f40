"""The planning problem: what is to be covered, by whom, and under which policy.

The values mirror the document of the rule book (`docs/planning.md`) one to one. Instants carry a
UTC offset; spans include their start and not their end; days are inclusive; minutes of the day run
from 0 (00:00) to 1440 (24:00) on the local clock of the problem's time zone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo


class Level(StrEnum):
    """At whose table a meeting is held."""

    MUNICIPALITY = "municipality"
    PROVINCE = "province"
    CORPORATION = "corporation"


class Mode(StrEnum):
    """How a meeting can be attended."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    HYBRID = "hybrid"


class Experience(StrEnum):
    """Whether a representative can sit at a table alone without learning on the way."""

    EXPERIENCED = "experienced"
    NEW = "new"


class Tier(StrEnum):
    """What a plan is judged on, one after another in the policy's order (rule book, section 5)."""

    PRESENCE = "presence"
    VOICE = "voice"
    EXPERTISE = "expertise"
    DEPUTY = "deputy"
    STABILITY = "stability"
    WORKLOAD = "workload"
    SPREAD = "spread"
    COMFORT = "comfort"


class HardRule(StrEnum):
    """What every plan keeps, by its name in the rule book (section 4)."""

    SEATS = "seats"
    STANDING = "standing"
    DEPUTY = "deputy"
    ONE_PLACE = "one_place"
    AVAILABLE = "available"
    LIMITS = "limits"
    PINS = "pins"
    BANS = "bans"
    VOICES = "voices"


@dataclass(frozen=True, slots=True)
class Span:
    """Time between two instants, the end exclusive."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Horizon:
    """The days that are planned, both inclusive, local."""

    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeHours:
    """When a meeting costs people with a paid job their working time. ISO weekdays, 1 is Monday."""

    weekdays: frozenset[int]
    start: int
    end: int
    closed_days: frozenset[date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A part of the province, and its share of the seats at province level (weight ≥ 1)."""

    id: str
    name: str
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Somewhere to meet or to live; degrees, WGS 84."""

    id: str
    name: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Travel:
    """How long a way takes: measured minutes where known, otherwise a reckoning by distance."""

    detour: float
    speed_kmh: float
    overhead_minutes: float
    minutes: Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A tenant organisation; its capacity in minutes is for the whole horizon."""

    id: str
    name: str
    region: str
    capacity_minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A weekly time in which a representative can be asked, in minutes of the local day."""

    weekdays: frozenset[int]
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The six limits that a representative set; None is no limit. Travel is one way."""

    minutes_per_week: int | None = None
    meetings_per_week: int | None = None
    meetings_per_month: int | None = None
    office_hours_meetings_per_week: int | None = None
    office_hours_meetings_per_month: int | None = None
    travel_minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Representative:
    """Who can attend. `availability` None is always, () is never."""

    id: str
    organisation: str
    name: str
    home: str
    experience: Experience
    expertise: frozenset[str]
    paid_job: bool
    online: bool
    target_minutes: int
    limits: Limits = field(default_factory=Limits)
    availability: tuple[Window, ...] | None = None
    busy: tuple[Span, ...] = ()
    prefers: frozenset[str] = frozenset()
    avoids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """The holder may speak for the giver. None is all, an empty set is none; days inclusive."""

    id: str
    giver: str
    holder: str
    municipalities: frozenset[str] | None
    topics: frozenset[str] | None
    levels: frozenset[Level] | None
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class Seats:
    """How many should attend at least, and may at most."""

    min: int
    max: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One meeting to cover. Slots stand in order of preference; `interested` maps to weights."""

    id: str
    title: str
    series: str | None
    level: Level
    municipality: str | None
    topics: frozenset[str]
    mode: Mode
    place: str | None
    slots: tuple[Span, ...]
    weight: int
    seats: Seats
    expertise: frozenset[str]
    preparation_minutes: int
    report_minutes: int
    deputy: bool
    interested: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """A coordinator's word: this representative attends; slot None is whichever is taken."""

    meeting: str
    representative: str
    slot: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ban:
    """This representative doesn't come to this meeting; None is every meeting."""

    meeting: str | None
    representative: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What counts first, how far one attendee's mandates reach, and when hybrid means online."""

    tiers: tuple[Tier, ...]
    max_mandates_per_attendee: int
    hybrid_online_beyond_minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedMeeting:
    """One meeting in a plan (or baseline). `slot` is None exactly when nobody attends.

    `voices` maps each heard organisation to the attending one that speaks for it.
    """

    meeting: str
    slot: int | None
    attendees: tuple[str, ...]
    deputy: str | None
    voices: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A whole planning problem, the argument of `solve`, `check` and `explain`.

    `replace` makes suppositions of it. Mappings keep the document's order and are keyed
    by identifier. Ids that must exist do, and pins can be kept: `solver.format.read_problem` sees
    to it, and `solver.format.validated` for a problem that was built in memory.

    `digest` is that of the document as it was read. A problem built in memory has none (""), and
    neither has a supposition: it is another problem than the document it was made from.
    """

    name: str
    timezone: ZoneInfo
    horizon: Horizon
    as_of: datetime
    office_hours: OfficeHours
    regions: Mapping[str, Region]
    places: Mapping[str, Place]
    travel: Travel
    organisations: Mapping[str, Organisation]
    representatives: Mapping[str, Representative]
    mandates: tuple[Mandate, ...]
    meetings: Mapping[str, Meeting]
    policy: Policy
    pins: tuple[Pin, ...] = ()
    bans: tuple[Ban, ...] = ()
    baseline: Mapping[str, PlannedMeeting] | None = None
    digest: str = field(default="", init=False, compare=False)

    def replace(self, **changes: Any) -> "Problem":
        """The same problem with other values, as a supposition; `validated` holds it to the rules.

        Raises:
            TypeError: there is no such value.
        """
        return replace(self, **changes)

    def read_as(self, digest: str) -> "Problem":
        """The same problem, known to be read from the document with this digest."""
        read = replace(self)
        object.__setattr__(read, "digest", digest)
        return read
