"""Organisations' input: until when it is asked, and what each of them gave, for whoever may know.

An organisation's own people read all of theirs; who goes and who plans for all read everybody's.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, exists, false, or_, true
from sqlmodel import Session, col, func, select

from scheduler.db import people
from scheduler.db.tables import (
    InputDraft,
    InputPosition,
    InputQuestion,
    InputVersion,
    Meeting,
    PublishedAttendance,
    PublishedMeeting,
    Table,
)
from scheduler.db.views import MeetingView
from scheduler.domain.access import Actor, Right
from scheduler.domain.errors import NotFound
from scheduler.domain.terms import Character, Importance, InputSharing, Part, Role, Stance
from scheduler.domain.times import local

_CARRYING = (Part.ATTENDEE, Part.DEPUTY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The question for input about one meeting.

    `last_day` is local and inclusive; `is_own` says that it was chosen for this meeting. `asked_at`
    is None where the question hasn't gone out.
    """

    last_day: date
    is_own: bool
    sharing: InputSharing
    asked_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionView:
    """What an organisation says of one agenda item, in its own words."""

    item_id: str
    stance: Stance
    condition: str
    reason: str
    message: str
    source: str
    importance: Importance


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionView:
    """One organisation's input as confirmed at one time; `positions` by agenda item."""

    organisation_id: str
    number: int
    given_at: datetime
    given_by: str
    late: bool
    abstains: bool
    positions: Mapping[str, PositionView]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftView:
    """What somebody of the organisation typed and hasn't confirmed."""

    author: str
    author_name: str
    typed: Mapping[str, str]
    saved_at: datetime


def last_chosen(session: Session) -> datetime | None:
    """When a last day was last chosen for any meeting: what shows last days has to look anew."""
    return session.exec(select(func.max(InputQuestion.changed_at))).one()


def wants_input(meeting: MeetingView) -> bool:
    """Whether the tenants are asked for anything there, so that it matters what they think."""
    return meeting.character in {Character.DECIDING, Character.ADVISING}


def asked_at_meetings(
    session: Session, actor: Actor, meetings: Iterable[MeetingView], default_days: int
) -> dict[str, Asked]:
    """Until when input is asked, for those of these meetings at which it is wanted.

    The meetings are those that the actor was given to see. A day of the meeting's own that lies
    after the meeting ends with the meeting's day.
    """
    wanted = {each.id: each for each in meetings if wants_input(each)}
    query = (
        select(Meeting.id, Table, InputQuestion)
        .join(Table, col(Table.id) == col(Meeting.table_id), isouter=True)
        .join(InputQuestion, col(InputQuestion.meeting_id) == col(Meeting.id), isouter=True)
        .where(col(Meeting.id).in_(wanted), true() if actor.may(Right.FOLLOW) else false())
    )
    return {
        identifier: _asked(wanted[identifier], table, question, default_days)
        for identifier, table, question in session.exec(query)
    }


def _asked(
    meeting: MeetingView, table: Table | None, question: InputQuestion | None, default_days: int
) -> Asked:
    held_on = local(meeting.starts_at).date()
    own = question.last_day if question else None
    days = table.input_days if table and table.input_days is not None else default_days
    return Asked(
        last_day=min(own or held_on - timedelta(days=days), held_on),
        is_own=own is not None,
        sharing=table.input_sharing if table else InputSharing.AFTER_LAST_DAY,
        asked_at=question.asked_at if question else None,
    )


def carries(meeting: MeetingView, actor: Actor) -> bool:
    """Whether this is somebody who goes, or stands by to go."""
    if actor.role is not Role.REPRESENTATIVE:
        return False
    going = (*meeting.attendees, *filter(None, [meeting.deputy]))
    return any(each.representative_id == actor.subject for each in going)


def newest_versions(
    session: Session, actor: Actor, meeting_id: str, *, shared: bool = False
) -> dict[str, VersionView]:
    """The input that counts, by organisation, as far as the actor may read it.

    `shared` says that the table shares it with every organisation concerned, of which the actor's
    is one: the caller has judged that.
    """
    found = _versions(session, meeting_id, _readable(session, actor, shared=shared))
    return {each.organisation_id: each for each in reversed(found)}


def meetings_with_input(
    session: Session, actor: Actor, meeting_ids: Iterable[str]
) -> frozenset[str]:
    """Of which of these meetings there is input that the actor may read."""
    query = select(InputVersion.meeting_id).where(
        col(InputVersion.meeting_id).in_(list(meeting_ids)), _readable(session, actor)
    )
    return frozenset(session.exec(query.distinct()))


def versions_of(
    session: Session, actor: Actor, meeting_id: str, organisation_id: str
) -> tuple[VersionView, ...]:
    """All that one organisation gave, the newest first; nothing where it isn't the actor's."""
    mine = col(InputVersion.organisation_id) == organisation_id
    return tuple(_versions(session, meeting_id, _readable(session, actor) & mine))


def _readable(session: Session, actor: Actor, *, shared: bool = False) -> ColumnElement[bool]:
    if actor.sees_all:
        return true()
    own = people.organisation_of(session, actor)
    if own is None:
        return false()
    if shared:
        return true()
    return or_(col(InputVersion.organisation_id) == own, _goes(actor))


def _goes(actor: Actor) -> ColumnElement[bool]:
    """Whether the meeting of a version is one to which this person goes, by what is published."""
    person = actor.subject if actor.role is Role.REPRESENTATIVE else None
    return exists().where(
        col(PublishedMeeting.meeting_id) == col(InputVersion.meeting_id),
        col(PublishedMeeting.last_publication).is_(None),
        col(PublishedAttendance.published_meeting_id) == col(PublishedMeeting.id),
        col(PublishedAttendance.representative_id) == person,
        col(PublishedAttendance.part).in_(_CARRYING),
    )


def _versions(
    session: Session, meeting_id: str, condition: ColumnElement[bool]
) -> list[VersionView]:
    query = (
        select(InputVersion)
        .where(InputVersion.meeting_id == meeting_id, condition)
        .order_by(col(InputVersion.number).desc(), InputVersion.organisation_id)
    )
    rows = session.exec(query).all()
    positions: dict[str, dict[str, PositionView]] = defaultdict(dict)
    ids = [row.id for row in rows]
    for row in session.exec(select(InputPosition).where(col(InputPosition.version_id).in_(ids))):
        positions[row.version_id][row.item_id] = _position(row)
    return [
        VersionView(
            organisation_id=row.organisation_id,
            number=row.number,
            given_at=row.given_at,
            given_by=row.given_by,
            late=row.late,
            abstains=row.abstains,
            positions=positions[row.id],
        )
        for row in rows
    ]


def _position(row: InputPosition) -> PositionView:
    return PositionView(
        item_id=row.item_id,
        stance=row.stance,
        condition=row.condition,
        reason=row.reason,
        message=row.message,
        source=row.source,
        importance=row.importance,
    )


def drafts_at(
    session: Session, actor: Actor, meeting_id: str, organisation_id: str
) -> tuple[DraftView, ...]:
    """What an organisation's own people are preparing, the newest first.

    Raises:
        NotFound: it isn't the actor's organisation; nobody else sees what isn't confirmed.
    """
    if people.organisation_of(session, actor) != organisation_id:
        raise NotFound("inbreng", meeting_id)
    query = (
        select(InputDraft)
        .where(InputDraft.meeting_id == meeting_id, InputDraft.organisation_id == organisation_id)
        .order_by(col(InputDraft.saved_at).desc(), InputDraft.author)
    )
    return tuple(
        DraftView(
            author=row.author,
            author_name=row.author_name,
            typed=row.typed,
            saved_at=row.saved_at,
        )
        for row in session.exec(query)
    )


def said_something(session: Session, actor: Actor, meeting_id: str) -> frozenset[str]:
    """The organisations of which there is input about a meeting, also who takes no part.

    Raises:
        NotAllowed: the actor doesn't see everybody's.
    """
    actor.must_see_all()
    query = select(InputVersion.organisation_id).where(InputVersion.meeting_id == meeting_id)
    return frozenset(session.exec(query.distinct()))
