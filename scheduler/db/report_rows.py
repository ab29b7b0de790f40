"""Rows of report-backs put together; who may read them, `db.reports` says."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from scheduler.db.report_views import (
    ActionView,
    CarriedVoice,
    ItemView,
    ReactionView,
    ReportView,
)
from scheduler.db.tables import (
    Organisation,
    Reaction,
    ReportAction,
    ReportBack,
    ReportItem,
    ReportVoice,
    Representative,
)
from scheduler.db.views import Named


def newest_rows(session: Session, meeting_ids: Iterable[str]) -> list[ReportBack]:
    """The newest version of each of these meetings' reports, in the order they were written."""
    newest = (
        select(ReportBack.meeting_id, func.max(ReportBack.version).label("version"))
        .where(col(ReportBack.meeting_id).in_(list(meeting_ids)))
        .group_by(col(ReportBack.meeting_id))
        .subquery()
    )
    query = (
        select(ReportBack)
        .join(
            newest,
            (col(ReportBack.meeting_id) == newest.c.meeting_id)
            & (col(ReportBack.version) == newest.c.version),
        )
        .order_by(col(ReportBack.id))
    )
    return list(session.exec(query).all())


def reactions_where(session: Session, condition: ColumnElement[bool]) -> list[ReactionView]:
    """The reactions that fit, the oldest first."""
    query = (
        select(Reaction, Organisation)
        .join(Organisation, col(Organisation.id) == col(Reaction.organisation_id))
        .where(condition)
        .order_by(col(Reaction.said_at), Reaction.id)
    )
    return [
        ReactionView(
            id=row.id,
            meeting_id=row.meeting_id,
            organisation=Named(organisation.id, organisation.name),
            role=row.role,
            kind=row.kind,
            text=row.text,
            said_at=row.said_at,
            answer=row.answer,
            answered_at=row.answered_at,
        )
        for row, organisation in session.exec(query)
    ]


def views_of(session: Session, rows: Iterable[ReportBack]) -> tuple[ReportView, ...]:
    """These versions with all that is in them, in the order given."""
    rows = list(rows)
    items = _items(session, [row.id for row in rows])
    writers = {
        person.id: Named(person.id, person.label)
        for person in session.exec(
            select(Representative).where(
                col(Representative.id).in_({row.writer_id for row in rows})
            )
        )
    }
    return tuple(
        ReportView(
            id=row.id,
            meeting_id=row.meeting_id,
            version=row.version,
            writer=writers[row.writer_id],
            sent_at=row.sent_at,
            coming=row.coming,
            short=row.short,
            why=row.why,
            items=tuple(items[row.id]),
        )
        for row in rows
    )


def _items(session: Session, report_ids: list[int]) -> dict[int, list[ItemView]]:
    voices, actions = _carried(session, report_ids), _actions(session, report_ids)
    items: dict[int, list[ItemView]] = defaultdict(list)
    query = (
        select(ReportItem)
        .where(col(ReportItem.report_id).in_(report_ids))
        .order_by(col(ReportItem.report_id), col(ReportItem.position))
    )
    for row in session.exec(query):
        point = (row.report_id, row.position)
        items[row.report_id].append(
            ItemView(
                position=row.position,
                agenda_item_id=row.agenda_item_id,
                title=row.title,
                said=row.said,
                outcome=row.outcome,
                voices=tuple(voices[point]),
                actions=tuple(actions[point]),
            )
        )
    return items


_Point = tuple[int, int]


def _carried(session: Session, report_ids: list[int]) -> dict[_Point, list[CarriedVoice]]:
    found: dict[_Point, list[CarriedVoice]] = defaultdict(list)
    query = (
        select(ReportVoice, Organisation)
        .join(Organisation, col(Organisation.id) == col(ReportVoice.organisation_id))
        .where(col(ReportVoice.report_id).in_(report_ids))
        .order_by(Organisation.name, Organisation.id)
    )
    for row, organisation in session.exec(query):
        found[row.report_id, row.position].append(
            CarriedVoice(
                organisation=Named(organisation.id, organisation.name), carried=row.carried
            )
        )
    return found


def _actions(session: Session, report_ids: list[int]) -> dict[_Point, list[ActionView]]:
    found: dict[_Point, list[ActionView]] = defaultdict(list)
    query = (
        select(ReportAction)
        .where(col(ReportAction.report_id).in_(report_ids))
        .order_by(col(ReportAction.position), col(ReportAction.place))
    )
    for row in session.exec(query):
        found[row.report_id, row.position].append(
            ActionView(
                position=row.position,
                place=row.place,
                what=row.what,
                due_on=row.due_on,
                done_at=row.done_at,
                changed_at=row.changed_at,
            )
        )
    return found
