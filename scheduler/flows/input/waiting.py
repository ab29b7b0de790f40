"""What is asked of one organisation now: the meetings about which it has said nothing yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from scheduler.db import people
from scheduler.db.input import Asked, asked_at_meetings
from scheduler.db.tables import AgendaItem, InputDraft, InputVersion
from scheduler.db.views import MeetingView
from scheduler.domain.access import Actor
from scheduler.domain.terms import MeetingState
from scheduler.domain.times import local


@dataclass(frozen=True, slots=True)
class Waiting:
    """A meeting that waits for the organisation's input; `begun`: somebody has typed something."""

    meeting: MeetingView
    asked: Asked
    begun: bool
    is_late: bool


def waiting_for(
    session: Session,
    actor: Actor,
    organisation_id: str,
    meetings: Iterable[MeetingView],
    default_days: int,
    *,
    at: datetime,
) -> tuple[Waiting, ...]:
    """What an organisation is asked, of these meetings; the first last day comes first.

    A question is shown as soon as there is an agenda, until the meeting begins: who wants to can
    answer before it is mailed.
    """
    own = people.organisation_of(session, actor) == organisation_id
    if not (own or actor.sees_all):
        return ()
    wanted = [each for each in meetings if _concerns(each, organisation_id, at)]
    asked = asked_at_meetings(session, actor, wanted, default_days)
    ids = list(asked)
    written = set(
        session.exec(
            select(AgendaItem.meeting_id).where(
                col(AgendaItem.meeting_id).in_(ids), col(AgendaItem.removed_at).is_(None)
            )
        )
    )
    said = _of(session, InputVersion, organisation_id, ids)
    begun = _of(session, InputDraft, organisation_id, ids) if own else set()
    found = (
        Waiting(each, asked[each.id], each.id in begun, local(at).date() > asked[each.id].last_day)
        for each in wanted
        if each.id in written - said
    )
    return tuple(sorted(found, key=lambda each: (each.asked.last_day, each.meeting.starts_at)))


def _concerns(meeting: MeetingView, organisation_id: str, at: datetime) -> bool:
    return (
        meeting.state is MeetingState.PLANNED
        and meeting.starts_at > at
        and any(
            voice.organisation.id == organisation_id and not voice.leaves_alone
            for voice in meeting.voices
        )
    )


def _of(
    session: Session,
    table: type[InputVersion | InputDraft],
    organisation_id: str,
    meetings: list[str],
) -> set[str]:
    query = select(table.meeting_id).where(
        table.organisation_id == organisation_id, col(table.meeting_id).in_(meetings)
    )
    return set(session.exec(query))
