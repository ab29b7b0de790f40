"""What is asked of a public calendar, and what is found in it."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from calendars.errors import CalendarError

_LONGEST_WINDOW = timedelta(days=800)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which days are wanted, both inclusive, and the clock of times that name none.

    Raises:
        ValueError: a window that ends before it begins, of more than 800 days, or an unknown zone.
    """

    first_day: date
    last_day: date
    zone: str = "Europe/Amsterdam"

    def __post_init__(self) -> None:
        if not timedelta() <= self.last_day - self.first_day <= _LONGEST_WINDOW:
            raise ValueError(f"a window is 1 to {_LONGEST_WINDOW.days} days")
        try:
            ZoneInfo(self.zone)
        except (KeyError, OSError, ValueError) as error:
            raise ValueError(f"no such time zone: {self.zone!r}") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One date in the calendar.

    Attributes:
        key: what the calendar calls it; of a series also which of its dates was meant.
        title: in one line; empty where there is none.
        day: the local day.
        starts_at: in UTC; None where the calendar gives the day only.
        ends_at: in UTC, exclusive; None where the calendar doesn't say.
        place, text, url: as the calendar has them, shortened; empty where there is none.
        papers: addresses of papers.
        called_off: whether the calendar says that it isn't held.
    """

    key: str
    title: str
    day: date
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    place: str = ""
    text: str = ""
    url: str = ""
    papers: tuple[str, ...] = ()
    called_off: bool = False


class What(StrEnum):
    """What is wrong with an entry."""

    NO_UID = "no_uid"
    NO_TITLE = "no_title"
    BAD_END = "bad_end"
    UNKNOWN_ZONE = "unknown_zone"
    NOT_UTF8 = "not_utf8"
    NO_START = "no_start"
    BAD_START = "bad_start"
    BAD_SERIES = "bad_series"
    TOO_OFTEN = "too_often"
    TOO_SLOW = "too_slow"
    MANY_DAYS = "many_days"
    DOUBLED = "doubled"
    BROKEN = "broken"

    @property
    def kept(self) -> bool:
        """Whether the entry is a proposal all the same."""
        return self in _KEPT


_KEPT = {What.NO_UID, What.NO_TITLE, What.BAD_END, What.UNKNOWN_ZONE, What.NOT_UTF8}


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFault:
    """Something wrong with one entry: its name, what it is, and what stands there (shortened).

    The name is the title, else the UID, else its number; empty is the calendar as a whole.
    """

    entry: str
    what: What
    found: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A calendar that was read.

    Attributes:
        name: what the calendar calls itself.
        owner: the CBS code of the municipality whose it is (GM0114), where it says so.
        proposals: in the order of their days.
        faults: in the calendar's order.
        outside: how many dates lie outside the asked days.
        unread: keys, or beginnings of keys, of entries that are there but could not be read.
        whole: whether what isn't among the proposals or `unread` is not on this page.
        next_page: where the calendar goes on; empty where it ends here.
    """

    name: str = ""
    owner: str = ""
    proposals: tuple[Proposal, ...] = ()
    faults: tuple[EntryFault, ...] = ()
    outside: int = 0
    unread: frozenset[str] = frozenset()
    whole: bool = True
    next_page: str = ""

    def joined(self, after: "Found") -> "Found":
        """This page and the one after it, as one calendar; what stands on both counts once."""
        proposals = {each.key: each for each in (*self.proposals, *after.proposals)}
        return replace(
            self,
            proposals=tuple(proposals.values()),
            faults=(*self.faults, *after.faults),
            outside=self.outside + after.outside,
            unread=self.unread | after.unread,
            whole=self.whole and after.whole,
            next_page=after.next_page,
        )


class Reason(StrEnum):
    """Why a whole document is refused."""

    EMPTY = "empty"
    NOT_A_CALENDAR = "not_a_calendar"
    CUT_OFF = "cut_off"
    TOO_MANY = "too_many"


class NotReadable(CalendarError):
    """These bytes are no calendar, only half of one, or far too much of one."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
