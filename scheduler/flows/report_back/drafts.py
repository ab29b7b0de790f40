"""A report-back that was begun: kept for its writer, and to be seen by who was there too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from scheduler.db.views import Attendance, MeetingView
from scheduler.domain.access import Actor
from scheduler.domain.terms import Role
from scheduler.flows.report_back.write import to_report
from scheduler.flows.requests.form_drafts import Draft, draft_of, drop_draft, keep_draft


@dataclass(frozen=True, slots=True)
class Begun:
    """A colleague's draft."""

    who: Attendance
    draft: Draft


def keep_report(
    session: Session,
    actor: Actor,
    meeting_id: str,
    typed: Mapping[str, Sequence[str]],
    *,
    at: datetime,
) -> bool:
    """Keep what was typed so far; gives whether it was kept. Raises as `to_report`."""
    to_report(session, actor, meeting_id, at=at)
    return keep_draft(session, actor, _key(meeting_id, actor.subject or ""), typed, at=at)


def kept_report(session: Session, actor: Actor, meeting_id: str) -> Draft | None:
    """What this actor typed and didn't send; None where there is nothing."""
    return draft_of(session, actor, _key(meeting_id, actor.subject or ""))


def drop_report(session: Session, actor: Actor, meeting_id: str) -> None:
    """Forget what was typed: it has been sent."""
    drop_draft(session, actor, _key(meeting_id, actor.subject or ""))


def begun_by_others(
    session: Session, actor: Actor, meeting_id: str, *, at: datetime
) -> tuple[Begun, ...]:
    """What others who were there have typed so far, the newest first. Raises as `to_report`."""
    meeting = to_report(session, actor, meeting_id, at=at)
    found = [
        Begun(each, draft)
        for each in _others(meeting, actor)
        if (draft := _draft(session, meeting_id, each.representative_id)) is not None
    ]
    return tuple(sorted(found, key=lambda each: each.draft.saved_at, reverse=True))


def _others(meeting: MeetingView, actor: Actor) -> list[Attendance]:
    return [each for each in meeting.attendees if each.representative_id != actor.subject]


def _draft(session: Session, meeting_id: str, person: str) -> Draft | None:
    return draft_of(session, Actor(Role.REPRESENTATIVE, person), _key(meeting_id, person))


def _key(meeting_id: str, person: str) -> str:
    return f"report/{meeting_id}/{person}"
