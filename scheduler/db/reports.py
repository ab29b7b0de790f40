"""Report-backs, as far as the asking actor may read them.

An organisation reads those of meetings that it attended or where somebody spoke for it. Who
follows a table reads the short version, and so does the body at whose table it is where that table
shares it.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from scheduler.db import people
from scheduler.db.published import published_meeting, published_meetings
from scheduler.db.report_rows import newest_rows, reactions_where, views_of
from scheduler.db.report_views import AgreedState, ReactionView, ReportView, ShortReport, Told
from scheduler.db.tables import Meeting, Reaction, ReportAction, ReportBack, Table, TableFollow
from scheduler.db.views import MeetingFilter, MeetingView, Named
from scheduler.domain.access import SYSTEM, Actor, body
from scheduler.domain.errors import NotFound
from scheduler.domain.terms import MeetingState, Role
from scheduler.domain.times import local


def organisations_told(meeting: MeetingView) -> tuple[Named, ...]:
    """Who is told what was said: who attended, and who was spoken for; by name, each once."""
    attended = (each.organisation for each in meeting.attendees)
    heard = (each.organisation for each in meeting.voices if each.speaker is not None)
    return tuple(sorted({*attended, *heard}, key=lambda each: (each.name, each.id)))


def spoken_for(meeting: MeetingView) -> tuple[Named, ...]:
    """The organisations whose voice somebody else carried, the heaviest first."""
    return tuple(
        each.organisation
        for each in meeting.voices
        if each.speaker is not None and each.speaker != each.organisation
    )


def reads_whole(session: Session, actor: Actor, meeting: MeetingView) -> bool:
    """Whether this actor may read all that was told about a meeting."""
    if actor.sees_all:
        return True
    own = people.organisation_of(session, actor)
    return own in {each.id for each in organisations_told(meeting)}


def reads_short(session: Session, actor: Actor, meeting: MeetingView) -> bool:
    """Whether this actor may read the short version, by following or because the table shares."""
    found = session.exec(
        select(Table)
        .join(Meeting, col(Meeting.table_id) == col(Table.id))
        .where(Meeting.id == meeting.id)
    ).first()
    if found is None:
        return False
    if actor.asks:
        owner = body(found.level, found.municipality_id, found.corporation_id)
        return found.shares_reports and owner == actor
    return session.get(TableFollow, (found.id, actor.role, actor.subject)) is not None


def report_of(session: Session, actor: Actor, meeting_id: str) -> Told:
    """A meeting's report in its newest version.

    Raises:
        NotFound: there is none, or it isn't this actor's to read.
    """
    meeting = published_meeting(session, actor, meeting_id)
    if not reads_whole(session, actor, meeting):
        raise NotFound("terugkoppeling", meeting_id)
    newest = newest_reports(session, [meeting_id])
    if meeting_id not in newest:
        raise NotFound("terugkoppeling", meeting_id)
    return Told(meeting=meeting, report=newest[meeting_id])


def versions_of(session: Session, actor: Actor, meeting_id: str) -> tuple[ReportView, ...]:
    """Every version of a meeting's report, the newest first; NotFound as for `report_of`."""
    report_of(session, actor, meeting_id)
    query = (
        select(ReportBack)
        .where(ReportBack.meeting_id == meeting_id)
        .order_by(col(ReportBack.version).desc())
    )
    return views_of(session, session.exec(query).all())


def short_of(session: Session, actor: Actor, meeting_id: str) -> ShortReport:
    """The short version of a meeting's report.

    Raises:
        NotFound: there is none, or it isn't this actor's to read.
    """
    meeting = published_meeting(session, SYSTEM, meeting_id)
    allowed = reads_whole(session, actor, meeting) or reads_short(session, actor, meeting)
    newest = newest_rows(session, [meeting_id])
    if not allowed or not newest:
        raise NotFound("terugkoppeling", meeting_id)
    return _short(meeting, newest[0])


def reports_told(
    session: Session, actor: Actor, wanted: MeetingFilter | None = None
) -> tuple[Told, ...]:
    """The reports that this actor may read whole, those of the latest meetings first."""
    meetings = {
        each.id: each
        for each in published_meetings(session, actor, wanted or MeetingFilter())
        if reads_whole(session, actor, each)
    }
    newest = newest_reports(session, meetings)
    told = [Told(meeting=meetings[name], report=report) for name, report in newest.items()]
    return tuple(sorted(told, key=lambda each: each.meeting.starts_at, reverse=True))


def shorts_told(session: Session, actor: Actor) -> tuple[ShortReport, ...]:
    """What this actor may read in short alone, those of the latest meetings first."""
    wanted = [
        meeting
        for table_id in _tables_read(session, actor)
        for meeting in published_meetings(session, SYSTEM, MeetingFilter(table=table_id))
        if not reads_whole(session, actor, meeting)
    ]
    rows = {row.meeting_id: row for row in newest_rows(session, [each.id for each in wanted])}
    told = [_short(each, rows[each.id]) for each in wanted if each.id in rows]
    return tuple(sorted(told, key=lambda each: each.meeting.starts_at, reverse=True))


def waiting_reports(
    session: Session, actor: Actor, *, since: date, at: datetime
) -> tuple[MeetingView, ...]:
    """Meetings that were held from a local day on, without a report: the actor's to tell of.

    A representative gets those that they attended, a board those of its own people, who sees all
    gets all. The longest ago comes first.
    """
    held = [
        meeting
        for meeting in published_meetings(
            session, actor, MeetingFilter(first_day=since, last_day=local(at).date())
        )
        if meeting.state is MeetingState.PLANNED
        and meeting.ends_at <= at
        and _attends(actor, meeting)
    ]
    reported = reported_meetings(session, [each.id for each in held])
    return tuple(each for each in held if each.id not in reported)


def reported_meetings(session: Session, meeting_ids: Iterable[str]) -> frozenset[str]:
    """Which of these meetings have a report."""
    query = select(ReportBack.meeting_id).where(col(ReportBack.meeting_id).in_(list(meeting_ids)))
    return frozenset(session.exec(query.distinct()))


def reactions_to(session: Session, actor: Actor, meeting_id: str) -> tuple[ReactionView, ...]:
    """What was said back to a report, the oldest first: one's own, and all for who was there.

    Raises:
        NotFound: the report isn't this actor's to read.
    """
    told = report_of(session, actor, meeting_id)
    own = people.organisation_of(session, actor)
    was_there = actor.role is Role.REPRESENTATIVE and _attends(actor, told.meeting)
    all_of_them = actor.sees_all or was_there
    return tuple(
        each
        for each in reactions_where(session, col(Reaction.meeting_id) == meeting_id)
        if all_of_them or each.organisation.id == own
    )


def reaction(session: Session, actor: Actor, reaction_id: str) -> ReactionView:
    """One reaction.

    Raises:
        NotFound: there is none, or it isn't this actor's to read.
    """
    found = session.get(Reaction, reaction_id)
    if found is not None:
        for each in reactions_to(session, actor, found.meeting_id):
            if each.id == reaction_id:
                return each
    raise NotFound("reactie", reaction_id)


def waiting_reactions(session: Session, actor: Actor) -> tuple[ReactionView, ...]:
    """What still waits for an answer: of one's own reports, or all for who sees all."""
    waiting = reactions_where(session, col(Reaction.answered_at).is_(None))
    asking = [each for each in waiting if each.waits]
    if actor.sees_all:
        return tuple(asking)
    newest = newest_rows(session, {each.meeting_id for each in asking})
    own = {row.meeting_id for row in newest if _is_writer(actor, row.writer_id)}
    return tuple(each for each in asking if each.meeting_id in own)


def newest_reports(session: Session, meeting_ids: Iterable[str]) -> Mapping[str, ReportView]:
    """The newest version of each of these meetings' reports; the caller judges who may read."""
    views = views_of(session, newest_rows(session, meeting_ids))
    return {each.meeting_id: each for each in views}


def agreed_state(session: Session) -> AgreedState:
    """How far all agreements have come, so that what shows them knows when to look again."""
    told = session.exec(select(func.count()).select_from(ReportBack)).one()
    made, done, changed_at = session.exec(
        select(
            func.count(),
            func.count(col(ReportAction.done_at)),
            func.max(ReportAction.changed_at),
        ).select_from(ReportAction)
    ).one()
    return AgreedState(told=told, made=made, done=done, changed_at=changed_at)


def _attends(actor: Actor, meeting: MeetingView) -> bool:
    match actor.role:
        case Role.REPRESENTATIVE:
            return any(each.representative_id == actor.subject for each in meeting.attendees)
        case Role.BOARD:
            return any(each.organisation.id == actor.subject for each in meeting.attendees)
        case _:
            return actor.sees_all and bool(meeting.attendees)


def _is_writer(actor: Actor, writer_id: str) -> bool:
    return actor == Actor(Role.REPRESENTATIVE, writer_id)


def _tables_read(session: Session, actor: Actor) -> tuple[str, ...]:
    """The tables of which this actor reads the short version."""
    if actor.asks:
        rows = session.exec(select(Table).where(col(Table.shares_reports)).order_by(Table.id))
        return tuple(
            row.id
            for row in rows
            if body(row.level, row.municipality_id, row.corporation_id) == actor
        )
    query = select(TableFollow.table_id).where(
        TableFollow.role == actor.role, TableFollow.subject_id == actor.subject
    )
    return tuple(session.exec(query.order_by(TableFollow.table_id)))


def _short(meeting: MeetingView, row: ReportBack) -> ShortReport:
    return ShortReport(meeting=meeting, version=row.version, sent_at=row.sent_at, text=row.short)
