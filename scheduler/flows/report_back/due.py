"""By when a report-back is due, and for how long it is asked for."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from scheduler.db.views import MeetingView
from scheduler.domain.times import local
from scheduler.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How long there is, in days: to write, before the last day to remind, to be asked at all."""

    due_days: int
    remind_days: int
    ask_days: int

    @classmethod
    def of(cls, settings: Settings) -> "Terms":
        """The terms of an installation."""
        return cls(
            due_days=settings.feeds.report_days,
            remind_days=settings.reports.remind_days,
            ask_days=settings.reports.ask_days,
        )

    def last_day(self, meeting: MeetingView) -> date:
        """The last local day on which the report is in time."""
        return local(meeting.starts_at).date() + timedelta(days=self.due_days)

    def is_late(self, meeting: MeetingView, sent_at: datetime) -> bool:
        """Whether a report that came at this instant came late; it lands all the same."""
        return local(sent_at).date() > self.last_day(meeting)

    def asked_since(self, at: datetime) -> date:
        """The first local day of whose meetings a report is still asked for."""
        return local(at).date() - timedelta(days=self.ask_days)
