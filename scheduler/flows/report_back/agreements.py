"""What was agreed at meetings, and what of it is done."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from scheduler.db import audits, people, reports
from scheduler.db.report_views import ActionView, Told
from scheduler.db.tables import ReportAction
from scheduler.db.views import MeetingFilter, MeetingView
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotAllowed, NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Something that was agreed, at which meeting and point; `version` is its report's."""

    meeting: MeetingView
    version: int
    point: str
    action: ActionView

    @property
    def is_done(self) -> bool:
        """Whether somebody said that it is done."""
        return self.action.done_at is not None


def agreements(
    session: Session, actor: Actor, wanted: MeetingFilter | None = None
) -> tuple[Agreement, ...]:
    """What was agreed, of the reports that this actor may read; by the day, those without last."""
    found = [
        each for told in reports.reports_told(session, actor, wanted) for each in agreed_in(told)
    ]
    return tuple(sorted(found, key=_when))


def agreed_in(told: Told) -> list[Agreement]:
    """What was agreed at one meeting."""
    return [
        Agreement(
            meeting=told.meeting, version=told.report.version, point=item.title, action=action
        )
        for item in told.report.items
        for action in item.actions
    ]


def set_done(
    session: Session, actor: Actor, meeting_id: str, name: str, *, done: bool, at: datetime
) -> None:
    """Say that something agreed is done, or isn't after all; saying so again changes nothing.

    Raises:
        NotAllowed: the actor belongs to no organisation, and doesn't plan for all.
        NotFound: it isn't in a report that they may read.
    """
    if people.organisation_of(session, actor) is None and not actor.plans_for_all:
        raise NotAllowed
    report = reports.report_of(session, actor, meeting_id).report
    action = next((each for each in report.actions if each.name == name), None)
    if action is None:
        raise NotFound("afspraak", name)
    if done is (action.done_at is not None):
        return
    row = session.get_one(ReportAction, (report.id, action.position, action.place))
    row.done_at, row.changed_at = (at if done else None), at
    act = "finish" if done else "reopen"
    audits.record(session, actor, act, noun="agreement", noun_id=meeting_id, at=at, detail=name)


def _when(agreement: Agreement) -> tuple[date, datetime, str]:
    day = agreement.action.due_on or date.max
    return day, agreement.meeting.starts_at, agreement.action.name
