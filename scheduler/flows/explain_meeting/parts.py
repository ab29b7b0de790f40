"""What is told about a meeting: people, reasons, times, and ways to close a gap."""

from dataclasses import dataclass
from datetime import datetime

from scheduler.db.views import Named
from scheduler.domain.errors import Sentence

DEPUTY = "vervanger"
FREE = "vrij"


@dataclass(frozen=True, slots=True)
class Change:
    """What a change does on one tier, by the tier's name: better, or worse."""

    tier: str
    better: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Someone:
    """Somebody for a place at a meeting.

    `slot` is the row position of the time that it is about. Minutes are over the whole plan:
    `before` and `after` the own load, `bearable` what is fair. `gained` and `lost` are the
    organisations that would be heard, or heard no more. `reasons` say why, or why not.
    `declined`: it is their own no that keeps them away.
    """

    id: str
    label: str
    organisation: Named
    slot: int | None
    has_standing: bool
    changes: tuple[Change, ...]
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    reasons: tuple[Sentence, ...]
    before: int
    after: int
    bearable: int
    banned: bool
    declined: bool

    @property
    def over(self) -> bool:
        """Whether this person would have more than is fair."""
        return self.after > self.bearable


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """Why somebody attends: facts, what it would be without, and who comes next."""

    id: str
    label: str
    pinned: bool
    facts: tuple[Sentence, ...]
    without: tuple[Change, ...]
    next_best: Named | None
    next_changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherTime:
    """Another time for the same people: what it does, or why it can't be."""

    slot: int
    starts_at: datetime
    ends_at: datetime
    changes: tuple[Change, ...]
    refusals: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A meeting explained. `place` says which place the people are for, `why` is about one person.

    One at a time: what each other person in that place would do takes a while to work out.
    """

    place: str
    why: Reasons | None
    pinned: frozenset[str]
    able: tuple[Someone, ...]
    unable: tuple[Someone, ...]
    outside: tuple[Someone, ...]
    times: tuple[OtherTime, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A gap, the proven ways to close it, and how many more were not looked at in time."""

    gap: Sentence
    ways: tuple[Sentence, ...]
    left: int
