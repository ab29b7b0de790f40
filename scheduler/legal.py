"""The legal year: `config/legal.toml`, read into frozen values that hold from day to day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations
from pathlib import Path
from typing import Any

from scheduler.domain.cells import Contradiction, Fact, cell
from scheduler.domain.errors import Sentence
from scheduler.domain.faults import BadFile, Fault
from scheduler.domain.parsing import (
    Unfit,
    day,
    identifier,
    one_of,
    optional,
    some_text,
    whole,
)
from scheduler.domain.seasons import MonthDay, month_day
from scheduler.domain.terms import Confidence
from scheduler.settings import CONFIG
from scheduler.toml_file import load, value_of

_MOST_DAYS = 3660
_MOST_TIMES = 366


class Measure(StrEnum):
    """What a legal clock gives; see the head of `legal.toml`."""

    BEFORE = "before"
    AT_LEAST_DAYS = "at_least_days"
    AT_MOST_DAYS = "at_most_days"
    EACH_YEAR = "each_year"


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalClock(Fact):
    """One date or term of the law; of `month_day`, `days` and `times` the measure's one is given.

    Attributes:
        id: the identifier; entries of different periods may share it.
        measure: what is given.
        month_day: it must be done before this (month, day), every year.
        days: calendar days.
        times: times in a calendar year.
        law: the law's name, in Dutch.
        article: the article or articles.
        sentence_nl: what it says, in Dutch.
        sentence_en: what it says, in English.
        source: on what this rests.
        confidence: how far it can be relied on.
        valid_from: the first day on which it is used here, inclusive.
        valid_until: the last such day, inclusive; None is until further notice.
    """

    id: str = cell(identifier)
    measure: Measure = cell(one_of(Measure))
    month_day: MonthDay | None = cell(optional(month_day), may_be_absent=True)
    days: int | None = cell(optional(whole(1, _MOST_DAYS)), may_be_absent=True)
    times: int | None = cell(optional(whole(1, _MOST_TIMES)), may_be_absent=True)
    law: str = cell(some_text)
    article: str = cell(some_text)
    sentence_nl: str = cell(some_text, "sentence.nl")
    sentence_en: str = cell(some_text, "sentence.en")
    source: str = cell(some_text)
    confidence: Confidence = cell(one_of(Confidence))
    valid_from: date = cell(day)
    valid_until: date | None = cell(optional(day), may_be_absent=True)

    @property
    def sentence(self) -> Sentence:
        """What the law says, for the screens."""
        return Sentence(self.sentence_nl, self.sentence_en)

    def holds_on(self, today: date) -> bool:
        """Whether this entry is used on that day."""
        return self.valid_from <= today and (self.valid_until is None or today <= self.valid_until)

    def contradictions(self) -> Iterator[Contradiction]:
        """A figure that the measure doesn't ask for, one too few, or an end before the start."""
        for name in ("month_day", "days", "times"):
            wanted = name == _FIGURES[self.measure]
            if wanted != (getattr(self, name) is not None):
                yield name, _figure(self.measure, wanted=wanted)
        if self.valid_until is not None and self.valid_until < self.valid_from:
            start = self.valid_from.isoformat()
            yield "valid_until", Unfit(f"niet eerder dan {start}", f"no earlier than {start}")


_FIGURES: Mapping[Measure, str] = {
    Measure.BEFORE: "month_day",
    Measure.AT_LEAST_DAYS: "days",
    Measure.AT_MOST_DAYS: "days",
    Measure.EACH_YEAR: "times",
}


def _figure(measure: Measure, *, wanted: bool) -> Unfit:
    if wanted:
        return Unfit(f"een waarde, want de maat is {measure}", f"a value, as measure is {measure}")
    return Unfit(f"niets, want de maat is {measure}", f"nothing, as measure is {measure}")


def read_legal(path: Path = CONFIG / "legal.toml") -> tuple[LegalClock, ...]:
    """Read the legal clocks, in the file's order.

    Raises:
        BadFile: an entry has a fault, or two of one id hold on the same day; all at once.
    """
    faults: list[Fault] = []
    document = load(path, faults)
    clocks = [] if document is None else _clocks(path.name, document, faults)
    faults.extend(_overlaps(path.name, clocks))
    if faults:
        raise BadFile(*faults)
    return tuple(clocks)


def _clocks(file: str, document: Mapping[str, Any], faults: list[Fault]) -> list[LegalClock]:
    entries = document.get("clock")
    if document.keys() != {"clock"} or not _are_tables(entries):
        expected = Sentence("alleen blokken [[clock]]", "nothing but blocks [[clock]]")
        faults.append(Fault(file=file, expected=expected, found=", ".join(document)))
        return []
    found = (
        value_of(entry, LegalClock, faults, file=file, at=f"clock[{number}].")
        for number, entry in enumerate(entries or (), start=1)
    )
    return [clock for clock in found if clock is not None]


def _are_tables(entries: Any) -> bool:
    return isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries)


def _overlaps(file: str, clocks: Sequence[LegalClock]) -> Iterator[Fault]:
    for one, other in combinations(clocks, 2):
        if one.id == other.id and (
            one.holds_on(other.valid_from) or other.holds_on(one.valid_from)
        ):
            starts = f"{one.valid_from}, {other.valid_from}"
            expected = Sentence(
                f"per dag één {one.id}; twee vallen samen", f"one {one.id} a day; two overlap"
            )
            yield Fault(file=file, column="valid_from", expected=expected, found=starts)
