"""How Aan Tafel plans: `config/policy.toml`, read once into a frozen value."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from pathlib import Path

from scheduler.domain.cells import Contradiction, Fact, cell
from scheduler.domain.faults import BadFile, Fault
from scheduler.domain.parsing import Several, Unfit, clock, one_of, whole, yes_or_no
from scheduler.settings import CONFIG
from scheduler.toml_file import read_settings

_MOST_MANDATES = 1000
_DAY_MINUTES = 24 * 60
_SUNDAY = 7


class Tier(StrEnum):
    """What a plan is judged on; the rule book, section 5."""

    PRESENCE = "presence"
    VOICE = "voice"
    EXPERTISE = "expertise"
    DEPUTY = "deputy"
    STABILITY = "stability"
    WORKLOAD = "workload"
    SPREAD = "spread"
    COMFORT = "comfort"


class LiberationDay(StrEnum):
    """In which years 5 May is a closed day; a lustrum year can be divided by five."""

    ALWAYS = "always"
    LUSTRUM = "lustrum"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanningPolicy(Fact):
    """The choices that hold for every plan.

    Attributes:
        tiers: what counts, the most important first; one that is left out doesn't count.
        max_mandates_per_attendee: how many others one attendee may speak for at one meeting.
        hybrid_online_beyond_minutes: travel, one way, beyond which hybrid means online.
        office_weekdays: the days with office hours, ISO, 1 is Monday.
        office_start: local time, inclusive.
        office_end: local time, exclusive.
        good_friday: whether Good Friday is closed.
        liberation_day: in which years 5 May is closed.
    """

    tiers: tuple[str, ...] = cell(Several(one_of(Tier)))
    max_mandates_per_attendee: int = cell(whole(0, _MOST_MANDATES))
    hybrid_online_beyond_minutes: int = cell(whole(0, _DAY_MINUTES))
    office_weekdays: frozenset[int] = cell(
        Several(whole(1, _SUNDAY), least=0, into=frozenset), "office_hours.weekdays"
    )
    office_start: time = cell(clock, "office_hours.start")
    office_end: time = cell(clock, "office_hours.end")
    good_friday: bool = cell(yes_or_no, "closed_days.good_friday")
    liberation_day: LiberationDay = cell(one_of(LiberationDay), "closed_days.liberation_day")

    def contradictions(self) -> Iterator[Contradiction]:
        """Office hours that end before they start."""
        if self.office_start >= self.office_end:
            start = f"{self.office_start:%H:%M}"
            yield "office_end", Unfit(f"een tijd na {start}", f"a time after {start}")


def read_policy(path: Path = CONFIG / "policy.toml") -> PlanningPolicy:
    """Read the policy.

    Raises:
        BadFile: a setting is missing, unknown or out of range; all of them at once.
    """
    faults: list[Fault] = []
    policy = read_settings(path, PlanningPolicy, faults)
    if policy is None:
        raise BadFile(*faults)
    return policy
