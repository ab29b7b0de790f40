"""Deadlines as entries of a calendar: input, report-back, and the days that the law sets."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from calendars.entry import Entry
from scheduler.db.views import MeetingView
from scheduler.domain.ids import UID_DOMAIN
from scheduler.domain.terms import MeetingState
from scheduler.domain.times import local, local_midnight
from scheduler.flows.report_back.agreements import Agreement
from scheduler.legal import LegalClock, Measure, read_legal
from scheduler.settings import Feeds

_DAY = timedelta(days=1)
_CATEGORY = "Uiterste dag"


@cache
def _clocks() -> tuple[LegalClock, ...]:
    return read_legal()


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """The last days on which something can be done, each as an entry of that whole day.

    Attributes:
        window: how many days after a meeting the report-back is due.
        input_days: the last day for input, of each meeting at which it is asked of the owner.
        told: the meetings of which the report-back has been sent: nothing is due there any more.
        base_url: where our pages are.
        first_day, last_day: which days are shown, both inclusive.
    """

    window: Feeds
    input_days: Mapping[str, date]
    told: frozenset[str]
    base_url: str
    first_day: date
    last_day: date

    def of_meetings(self, meetings: Iterable[MeetingView]) -> Iterator[Entry]:
        """Input and report-back for each of these meetings that is still on."""
        for meeting in meetings:
            if meeting.state is MeetingState.PLANNED:
                yield from self._of_meeting(meeting)

    def of_agreements(self, agreed: Iterable[Agreement]) -> Iterator[Entry]:
        """What was agreed to be done by a day, until it is done."""
        for each in agreed:
            day = each.action.due_on
            if day is not None and not each.is_done and self._is_shown(day):
                yield self._of_agreement(each, day)

    def of_the_law(self) -> Iterator[Entry]:
        """The days before which the law wants something done (`config/legal.toml`)."""
        for clock in _clocks():
            if clock.measure is Measure.BEFORE and clock.month_day:
                for year in range(self.first_day.year, self.last_day.year + 2):
                    day = date(year, *clock.month_day) - _DAY
                    if self._is_shown(day) and clock.holds_on(day):
                        yield self._of_law(clock, day)

    def _of_meeting(self, meeting: MeetingView) -> Iterator[Entry]:
        held_on = local(meeting.starts_at).date()
        input_day = self.input_days.get(meeting.id)
        due_on = held_on + timedelta(days=self.window.report_days)
        report_day = None if meeting.id in self.told else due_on
        page = f"{self.base_url}/overleg/{meeting.id}"
        for kind, day, words in (
            ("inbreng", input_day, "Uiterste dag voor inbreng"),
            ("terugkoppeling", report_day, "Uiterste dag voor terugkoppeling"),
        ):
            if day is not None and self._is_shown(day):
                yield _whole_day(
                    day,
                    uid=f"{kind}-{meeting.uid}",
                    revision=meeting.revision,
                    revised_at=meeting.revised_at,
                    title=f"{words}: {meeting.title}",
                    description=f"Het overleg is op {held_on:%d-%m-%Y}.\n{page}",
                    url=page,
                    categories=(_CATEGORY,),
                )

    def _of_agreement(self, agreed: Agreement, day: date) -> Entry:
        meeting, action = agreed.meeting, agreed.action
        page = f"{self.base_url}/overleg/{meeting.id}/terugkoppeling"
        return _whole_day(
            day,
            uid=f"afspraak-{action.name}-{meeting.uid}",
            revision=agreed.version,
            revised_at=action.changed_at,
            title=f"Uiterlijk vandaag: {action.what}",
            description=f"Afgesproken bij {meeting.title}.\n{page}",
            url=page,
            categories=(_CATEGORY, "Afspraak"),
        )

    def _of_law(self, clock: LegalClock, day: date) -> Entry:
        return _whole_day(
            day,
            uid=f"wet-{clock.id}-{day.year}@{UID_DOMAIN}",
            revision=0,
            revised_at=local_midnight(clock.valid_from),
            title=f"Uiterste dag: {clock.law}, artikel {clock.article}",
            description=clock.sentence_nl,
            categories=(_CATEGORY, "Wet"),
        )

    def _is_shown(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


def _whole_day(
    day: date,
    *,
    uid: str,
    revision: int,
    revised_at: datetime,
    title: str,
    description: str,
    categories: tuple[str, ...],
    url: str | None = None,
) -> Entry:
    """An entry of one day, which takes nobody's time."""
    return Entry(
        uid=uid,
        revision=revision,
        revised_at=revised_at,
        starts_at=local_midnight(day),
        ends_at=local_midnight(day + _DAY),
        title=title,
        description=description,
        url=url,
        categories=categories,
        blocks=False,
        all_day=True,
    )
