"""What is asked of an outside calendar, and the two kinds of answer."""

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from calendars.errors import CalendarError
from calendars.spans import Span

_LONGEST_WINDOW = timedelta(days=800)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Which time is taken, and for whom.

    Attributes:
        window: only what lies in it is answered.
        zone: the owner's clock: for whole days and for times without a zone (RFC 5545, 3.3.5).
        addresses: the owner's mail addresses; an invitation they declined takes no time.
        own_uids: entries that came from us; they would otherwise block themselves.
        may_be_empty: the owner said that the calendar really holds nothing.

    Raises:
        ValueError: a window of more than 800 days, or an unknown zone.
    """

    window: Span
    zone: str = "Europe/Amsterdam"
    addresses: frozenset[str] = frozenset()
    own_uids: frozenset[str] = frozenset()
    may_be_empty: bool = False

    def __post_init__(self) -> None:
        if self.window.ends_at - self.window.starts_at > _LONGEST_WINDOW:
            raise ValueError(f"a window is at most {_LONGEST_WINDOW.days} days")
        try:
            ZoneInfo(self.zone)
        except (KeyError, OSError, ValueError) as error:
            raise ValueError(f"no such time zone: {self.zone!r}") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A calendar that was read whole.

    Attributes:
        busy: the taken time, merged, in order, within the window.
        guessed_zones: zone names that nobody explains; read on the owner's clock.
    """

    busy: tuple[Span, ...]
    guessed_zones: tuple[str, ...] = ()


class NotReadable(CalendarError):
    """These bytes are no calendar: a sign-in page, half a download, or worse."""


class NothingThere(CalendarError):
    """A calendar without a single entry; rather a fault at the source than a free life."""


class HalfRead(CalendarError):
    """Some entries could not be understood.

    Attributes:
        busy: what could be read; more may be taken, so add it to the last whole reading.
        faults: what was wrong, one line per entry, without its contents.
    """

    def __init__(self, busy: tuple[Span, ...], faults: tuple[str, ...]) -> None:
        super().__init__(f"{len(faults)} entries could not be read: {'; '.join(faults[:5])}")
        self.busy = busy
        self.faults = faults
