"""One thing that somebody owes, and what its sources start from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from scheduler.db.answers import AnswerView
from scheduler.db.views import MeetingView
from scheduler.domain.times import local
from scheduler.web.context import Visit
from scheduler.web.words.terms import Words


class Duty(Enum):
    """What sort of thing is owed."""

    ANSWER = auto()
    INPUT = auto()
    REPORT = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What is owed for a meeting, in words of the visit's language, and where it is done.

    `until` is the last local day on which it is in time.
    """

    duty: Duty
    kind: str
    meeting: MeetingView
    until: date
    address: str

    @property
    def is_on_the_day(self) -> bool:
        """Whether it can wait until the meeting itself, so that its day says enough."""
        return self.until == local(self.meeting.starts_at).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """A representative at their own page: `meetings` are theirs, from today on, by their start.

    `concerning` are all that their organisation has to be heard at. `said` is what they answered,
    by meeting.
    """

    visit: Visit
    words: Words
    person: str
    meetings: tuple[MeetingView, ...]
    concerning: tuple[MeetingView, ...]
    said: Mapping[str, AnswerView]
