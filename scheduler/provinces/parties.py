"""The parties: corporations, tenant organisations, and how many dwellings they share where."""

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.domain.cells import Contradiction, Fact, cell
from scheduler.domain.parsing import (
    Unfit,
    any_text,
    identifier,
    one_of,
    optional,
    some_text,
    whole,
    yes_or_no,
)
from scheduler.domain.terms import Confidence
from scheduler.provinces.backed import backed

_MOST_DWELLINGS = 10_000_000
_MOST_HOURS = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Corporation(Fact):
    """A housing corporation and the place of its head office, where that is known."""

    id: str = cell(identifier)
    name: str = cell(some_text)
    place: str | None = cell(optional(identifier), refers_to="places.csv")
    source: str = cell(any_text)
    confidence: Confidence = cell(one_of(Confidence))

    def contradictions(self) -> Iterator[Contradiction]:
        """A head office without a source."""
        return backed(self.confidence, self.source)


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation(Fact):
    """A tenant organisation. With a placeholder's name it exists, but its name was not found."""

    id: str = cell(identifier)
    name: str = cell(some_text)
    name_is_placeholder: bool = cell(yes_or_no)
    full_name: str = cell(some_text)
    source: str = cell(any_text)
    confidence: Confidence = cell(one_of(Confidence))
    region: str = cell(identifier, refers_to="regions.csv")
    region_source: str = cell(any_text)
    region_confidence: Confidence = cell(one_of(Confidence))
    capacity_hours_per_year: int = cell(whole(1, _MOST_HOURS))
    capacity_source: str = cell(any_text)
    capacity_confidence: Confidence = cell(one_of(Confidence))
    note: str = cell(any_text)

    def contradictions(self) -> Iterator[Contradiction]:
        """A figure without a source."""
        yield from backed(self.confidence, self.source)
        yield from backed(self.region_confidence, self.region_source, "region_source")
        yield from backed(self.capacity_confidence, self.capacity_source, "capacity_source")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dwellings(Fact):
    """An organisation's tenants of one corporation in one municipality; None is unknown.

    The party's source says that the organisation sits at the table there.
    """

    corporation: str = cell(identifier, refers_to="corporations.csv")
    municipality: str = cell(identifier, refers_to="municipalities.csv")
    organisation: str = cell(identifier, refers_to="organisations.csv")
    number: int | None = cell(optional(whole(0, _MOST_DWELLINGS)))
    year: str = cell(any_text)
    source: str = cell(any_text)
    confidence: Confidence = cell(one_of(Confidence))
    agreement_period: str = cell(any_text)
    party_source: str = cell(any_text)
    party_confidence: Confidence = cell(one_of(Confidence))

    def contradictions(self) -> Iterator[Contradiction]:
        """A number that is said to be unknown, or has no source."""
        if (self.number is None) != (self.confidence is Confidence.UNKNOWN):
            yield (
                "confidence",
                Unfit(
                    "unknown zonder aantal, en met een aantal iets anders",
                    "unknown without a number, and something else with one",
                ),
            )
        if self.number is not None and not self.source:
            yield "source", Unfit("een bron bij het aantal", "a source for the number")
        yield from backed(self.party_confidence, self.party_source, "party_source")
