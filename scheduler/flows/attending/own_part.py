"""What a representative does with a meeting in their own calendar: adds to it, or takes it out."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlmodel import Session, select

from calendars.account import Additions, Fixed
from calendars.identity import href
from scheduler.db import audits, calendar_writes
from scheduler.db.tables import OwnPart
from scheduler.db.views import MeetingView
from scheduler.domain.access import Actor
from scheduler.domain.terms import MeetingState
from scheduler.flows.attending.answer_invitation import MEETINGS, asked_to


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnState:
    """How a meeting stands in somebody's own calendar.

    Attributes:
        hidden, for_good: whether it was taken out, and whether it stays out when it changes.
        refused: what the person's program wanted to change and can't.
        offered: whether there is anything to answer.
    """

    hidden: bool
    for_good: bool
    refused: tuple[Fixed, ...]
    offered: bool


def own_parts(session: Session, representative_id: str) -> dict[str, OwnPart]:
    """Everything that a representative did, by meeting."""
    query = select(OwnPart).where(OwnPart.representative_id == representative_id)
    return {part.meeting_id: part for part in session.exec(query)}


def is_hidden(part: OwnPart, meeting: MeetingView) -> bool:
    """Whether the person took this revision, or any, out of the calendar."""
    if part.hidden_revision is None:
        return False
    return part.opted_out or part.hidden_revision >= meeting.revision


def additions_of(part: OwnPart) -> Additions:
    """What the person's programs added."""
    kept = part.additions
    return Additions(
        note=kept.get("note", ""),
        categories=tuple(kept.get("categories", ())),
        lines=tuple(kept.get("lines", ())),
        alarms=tuple(map(tuple, kept.get("alarms", ()))),
    )


def keep(
    session: Session,
    representative_id: str,
    meeting: MeetingView,
    additions: Additions,
    changed: frozenset[Fixed],
    *,
    at: datetime,
) -> None:
    """Keep what a program added, and remember what it can't change; it is shown again."""
    part = _part(session, representative_id, meeting.id)
    part.additions = asdict(additions)
    part.hidden_revision, part.opted_out = None, False
    if changed:
        part.refused = ",".join(fixed for fixed in Fixed if fixed in changed)
        part.refused_revision = meeting.revision
    part.changed_at = at
    session.add(part)


def take_out(
    session: Session, actor: Actor, meeting_id: str, *, at: datetime, for_good: bool = False
) -> None:
    """Take a meeting out of the actor's calendar: until it changes, or for good.

    It is no loss and no "no": the person is still expected, and the coordinator sees it.

    Raises:
        NotFound: it isn't the actor's.
    """
    meeting = asked_to(session, actor.subject or "", meeting_id)
    _set_hidden(session, actor, meeting, meeting.revision, for_good=for_good, at=at)
    audits.record(session, actor, "take out", noun="meeting", noun_id=meeting_id, at=at)


def put_back(session: Session, actor: Actor, meeting_id: str, *, at: datetime) -> None:
    """Show a meeting in the actor's calendar again; NotFound where it isn't the actor's."""
    meeting = asked_to(session, actor.subject or "", meeting_id)
    _set_hidden(session, actor, meeting, None, for_good=False, at=at)
    audits.record(session, actor, "put back", noun="meeting", noun_id=meeting_id, at=at)


def _set_hidden(
    session: Session,
    actor: Actor,
    meeting: MeetingView,
    revision: int | None,
    *,
    for_good: bool,
    at: datetime,
) -> None:
    person = actor.subject or ""
    number = calendar_writes.begin(session, person, at=at)
    part = _part(session, person, meeting.id)
    part.hidden_revision, part.opted_out, part.changed_at = revision, for_good, at
    session.add(part)
    calendar_writes.note(session, person, MEETINGS, href(meeting.uid), number=number)


def _part(session: Session, representative_id: str, meeting_id: str) -> OwnPart:
    found = session.get(OwnPart, (representative_id, meeting_id))
    return found or OwnPart(representative_id=representative_id, meeting_id=meeting_id)


def own_part(session: Session, representative_id: str, meeting: MeetingView) -> OwnState:
    """How a meeting stands in a representative's calendar, in words for a page."""
    part = _part(session, representative_id, meeting.id)
    refused = part.refused if part.refused_revision == meeting.revision else ""
    return OwnState(
        hidden=is_hidden(part, meeting),
        for_good=part.opted_out,
        refused=tuple(Fixed(each) for each in refused.split(",") if each),
        offered=meeting.state is MeetingState.PLANNED,
    )
