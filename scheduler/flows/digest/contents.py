"""What a board's digest says, as far as the board may know it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from scheduler.db import reports
from scheduler.db.participation import ChoiceView
from scheduler.db.published import published_meetings
from scheduler.db.report_views import Told
from scheduler.db.views import MeetingFilter, MeetingView
from scheduler.domain.access import Actor
from scheduler.domain.terms import MeetingState
from scheduler.domain.times import local
from scheduler.flows.mandates.ask_again import to_ask_again
from scheduler.flows.report_back.agreements import Agreement, agreements

_ASKED = timedelta(days=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A board's news.

    Attributes:
        told: reports that came since the last digest, the newest meeting first.
        coming: meetings at which it is heard, by their start.
        unheard: those of them at which nobody speaks for it.
        to_tell: meetings that its people attended and haven't told of.
        agreed: what was agreed and isn't done.
        asked_again: what it chose about taking part more than a year ago.
    """

    told: tuple[Told, ...]
    coming: tuple[MeetingView, ...]
    unheard: tuple[MeetingView, ...]
    to_tell: tuple[MeetingView, ...]
    agreed: tuple[Agreement, ...]
    asked_again: tuple[ChoiceView, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.told or self.coming or self.to_tell or self.agreed or self.asked_again)


def digest_for(
    session: Session, board: Actor, *, since: datetime, until: datetime, at: datetime
) -> Digest:
    """What a board is told at an instant: of reports since `since`, of meetings before `until`."""
    coming = _coming(session, board, local(until).date(), at)
    return Digest(
        told=tuple(
            each
            for each in reports.reports_told(session, board)
            if since <= each.report.sent_at < at
        ),
        coming=coming,
        unheard=tuple(each for each in coming if _is_unheard(each, board)),
        to_tell=reports.waiting_reports(session, board, since=local(at - _ASKED).date(), at=at),
        agreed=tuple(each for each in agreements(session, board) if not each.is_done),
        asked_again=to_ask_again(session, board, today=local(at).date()),
    )


def _coming(
    session: Session, board: Actor, last_day: date, at: datetime
) -> tuple[MeetingView, ...]:
    wanted = MeetingFilter(first_day=local(at).date(), last_day=last_day)
    return tuple(
        each
        for each in published_meetings(session, board, wanted)
        if each.state is MeetingState.PLANNED and each.starts_at > at
    )


def _is_unheard(meeting: MeetingView, board: Actor) -> bool:
    return any(each.id == board.subject for each in meeting.unheard)
