"""The consultations: kinds of tables, and the tables themselves."""

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.domain.cells import Contradiction, Fact, cell
from scheduler.domain.parsing import (
    Several,
    Unfit,
    any_text,
    identifier,
    one_of,
    optional,
    some_text,
    whole,
    yes_or_no,
)
from scheduler.domain.seasons import Season
from scheduler.domain.terms import Character, Confidence, DayPart, Level, Mode
from scheduler.provinces.backed import backed

_DAY_MINUTES = 24 * 60
_MOST_SEATS = 100
_MOST_MEETINGS = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Fact):
    """A kind of table: what it is about, how often it meets, and how.

    `seasons` are when its meetings usually fall. `expertise` holds what a meeting may ask for.
    Minutes are whole. `setup` is seats, work, mode and deputy together.
    """

    id: str = cell(identifier)
    name: str = cell(some_text)
    level: Level = cell(one_of(Level))
    character: Character = cell(one_of(Character))
    topics: tuple[str, ...] = cell(Several(identifier))
    expertise: tuple[str, ...] = cell(Several(identifier, least=0))
    meetings_per_year: int = cell(whole(0, _MOST_MEETINGS))
    frequency_source: str = cell(any_text)
    frequency_confidence: Confidence = cell(one_of(Confidence))
    seasons: tuple[Season, ...] = cell(Several(Season.read))
    season_source: str = cell(any_text)
    season_confidence: Confidence = cell(one_of(Confidence))
    day_part: DayPart = cell(one_of(DayPart))
    day_part_source: str = cell(any_text)
    day_part_confidence: Confidence = cell(one_of(Confidence))
    duration_minutes: int = cell(whole(1, _DAY_MINUTES))
    duration_source: str = cell(any_text)
    duration_confidence: Confidence = cell(one_of(Confidence))
    seats_min: int = cell(whole(0, _MOST_SEATS))
    seats_max: int = cell(whole(1, _MOST_SEATS))
    preparation_minutes: int = cell(whole(0, _DAY_MINUTES))
    report_minutes: int = cell(whole(0, _DAY_MINUTES))
    mode: Mode = cell(one_of(Mode))
    deputy_wanted: bool = cell(yes_or_no, "deputy")
    setup_source: str = cell(any_text)
    setup_confidence: Confidence = cell(one_of(Confidence))
    source: str = cell(any_text)
    confidence: Confidence = cell(one_of(Confidence))

    def contradictions(self) -> Iterator[Contradiction]:
        """More seats at least than at most, or a figure without a source."""
        if self.seats_min > self.seats_max:
            yield (
                "seats_min",
                Unfit(f"niet meer dan seats_max ({self.seats_max})", "no more than seats_max"),
            )
        for prefix in ("", "frequency_", "season_", "day_part_", "duration_", "setup_"):
            confidence = getattr(self, f"{prefix}confidence")
            yield from backed(confidence, getattr(self, f"{prefix}source"), f"{prefix}source")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Fact):
    """A table (overlegtafel). With an organisation, that one alone is asked to it."""

    id: str = cell(identifier)
    name: str = cell(some_text)
    kind: str = cell(identifier, refers_to="kinds.csv")
    municipality: str | None = cell(optional(identifier), refers_to="municipalities.csv")
    corporation: str | None = cell(optional(identifier), refers_to="corporations.csv")
    organisation: str | None = cell(optional(identifier), refers_to="organisations.csv")
