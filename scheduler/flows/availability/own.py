"""What somebody says about being asked, as one value, and as texts for the log."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import NamedTuple

from scheduler.domain.errors import BadInput, Sentence

MIDNIGHT = 24 * 60


class Hours(NamedTuple):
    """Hours of a weekday (1 is Monday) in which somebody can be asked: local minutes of the day."""

    weekday: int
    start: int
    end: int


class Absent(NamedTuple):
    """Local days on which somebody is away, both inclusive."""

    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAvailability:
    """Everything that one person says about being asked.

    Hard limits by the rule book: the hours, the days away, how often, how far, and the last day.
    Wishes: tables and topics, and not too often in office hours with a job.

    Attributes:
        hours: the weekly pattern; None is always.
        absent: the days away.
        office_hours_per_week, per_month: at most so many meetings; None is no limit.
        travel_minutes: at most so long one way; None is no limit.
        online: whether they take part online.
        paid_job: whether they have one.
        prefers, avoids: tables.
        topics: what they would rather work on.
        last_day: the last day on which they can be asked.
    """

    hours: tuple[Hours, ...] | None = None
    absent: tuple[Absent, ...] = ()
    office_hours_per_week: int | None = None
    per_month: int | None = None
    travel_minutes: int | None = None
    online: bool = True
    paid_job: bool = False
    prefers: frozenset[str] = frozenset()
    avoids: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    last_day: date | None = None

    def __post_init__(self) -> None:
        """Refuse what can't be; every fault at once."""
        faults = [said for holds, said in self._rules() if not holds]
        if faults:
            raise BadInput(*faults)

    def _rules(self) -> tuple[tuple[bool, Sentence], ...]:
        hours = all(
            1 <= each.weekday <= 7 and 0 <= each.start < each.end <= MIDNIGHT  # noqa: PLR2004 - a week
            for each in self.hours or ()
        )
        limits = (self.office_hours_per_week, self.per_month, self.travel_minutes)
        return (
            (hours, _HOURS),
            (all(each.first_day <= each.last_day for each in self.absent), _BACKWARDS),
            (all(limit is None or limit >= 0 for limit in limits), _LIMIT),
            (not self.prefers & self.avoids, _BOTH),
        )

    def as_texts(self) -> dict[str, str]:
        """As the log keeps it: a text by field, the same for the same value."""
        return {
            name: json.dumps(value, default=_plain, sort_keys=True)
            for name, value in asdict(self).items()
        }

    @classmethod
    def from_texts(cls, kept: Mapping[str, str]) -> "OwnAvailability":
        """Back from what the log keeps."""
        read = {name: json.loads(text) for name, text in kept.items()}
        hours, last_day = read["hours"], read["last_day"]
        return cls(
            **{
                **read,
                "hours": None if hours is None else tuple(Hours(*each) for each in hours),
                "absent": tuple(
                    Absent(date.fromisoformat(first), date.fromisoformat(last))
                    for first, last in read["absent"]
                ),
                "prefers": frozenset(read["prefers"]),
                "avoids": frozenset(read["avoids"]),
                "topics": frozenset(read["topics"]),
                "last_day": date.fromisoformat(last_day) if last_day else None,
            }
        )


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(f"no text for {value!r}")


_HOURS = Sentence("Een tijd op een dag klopt niet.", "A time on a day isn't right.")
_BACKWARDS = Sentence(
    "De laatste dag weg ligt vóór de eerste.", "The last day away comes before the first."
)
_LIMIT = Sentence("Een grens kan niet onder nul liggen.", "A limit can't be below zero.")
_BOTH = Sentence(
    "U koos een tafel bij liever wel en bij liever niet.",
    "You chose a table as one you like and as one you don't.",
)
