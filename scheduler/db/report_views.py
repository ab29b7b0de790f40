"""What report-backs say, as values for pages, mails, calendars and documents."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from scheduler.db.views import MeetingView, Named
from scheduler.domain.terms import Carried, Outcome, ReactionKind, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedVoice:
    """What became of an organisation's voice at a point."""

    organisation: Named
    carried: Carried


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionView:
    """Something that was agreed; `due_on` is inclusive and local, None where no day was named."""

    position: int
    place: int
    what: str
    due_on: date | None
    done_at: datetime | None
    changed_at: datetime

    @property
    def name(self) -> str:
        """What tells it from the other actions of its report."""
        return f"{self.position}-{self.place}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """What came of one point; `agenda_item_id` is None for a free one."""

    position: int
    agenda_item_id: str | None
    title: str
    said: str
    outcome: Outcome
    voices: tuple[CarriedVoice, ...] = ()
    actions: tuple[ActionView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """One version of a meeting's report-back, as it went to who was spoken for.

    `writer` is how colleagues know the representative who wrote it.
    """

    id: int
    meeting_id: str
    version: int
    writer: Named
    sent_at: datetime
    coming: str
    short: str
    why: str
    items: tuple[ItemView, ...]

    @property
    def actions(self) -> Iterator[ActionView]:
        """Everything that was agreed, point by point."""
        for item in self.items:
            yield from item.actions


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A meeting with the report about it, in its newest version."""

    meeting: MeetingView
    report: ReportView


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortReport:
    """What who follows a table reads: plain words, without whose voice it was."""

    meeting: MeetingView
    version: int
    sent_at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionView:
    """What an organisation said back; `answer` is empty until the writer answers, once."""

    id: str
    meeting_id: str
    organisation: Named
    role: Role
    kind: ReactionKind
    text: str
    said_at: datetime
    answer: str
    answered_at: datetime | None

    @property
    def waits(self) -> bool:
        """Whether it asks for an answer that isn't there yet."""
        return self.kind is not ReactionKind.THANKS and self.answered_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedState:
    """How far all agreements have come: it differs whenever one was made, changed or done.

    It differs as well when a report was sent in which nothing was agreed: `told` counts them.
    """

    told: int = 0
    made: int = 0
    done: int = 0
    changed_at: datetime | None = None
