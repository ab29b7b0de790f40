"""Imports of calendars, for who sees all."""

from collections import defaultdict
from collections.abc import Sequence

from sqlmodel import Session, col, select

from scheduler.db.tables import CalendarImport, Corporation, ImportLine, Municipality
from scheduler.db.views import ImportLineView, ImportView, Named
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound


def imports(session: Session, actor: Actor, *, most: int = 20) -> tuple[ImportView, ...]:
    """The latest imports, newest first, for who sees all."""
    actor.must_see_all()
    query = select(CalendarImport).order_by(col(CalendarImport.id).desc()).limit(most)
    return _import_views(session, session.exec(query).all())


def calendar_import(session: Session, actor: Actor, number: int) -> ImportView:
    """One import, for who sees all; NotFound where there is none."""
    actor.must_see_all()
    row = session.get(CalendarImport, number)
    if row is None:
        raise NotFound("import", str(number))
    return _import_views(session, [row])[0]


def _import_views(session: Session, rows: Sequence[CalendarImport]) -> tuple[ImportView, ...]:
    lines: dict[int, list[ImportLineView]] = defaultdict(list)
    query = (
        select(ImportLine)
        .where(col(ImportLine.import_id).in_([row.id for row in rows]))
        .order_by(col(ImportLine.import_id), col(ImportLine.number))
    )
    for line in session.exec(query):
        lines[line.import_id].append(
            ImportLineView(
                entry=line.entry,
                outcome=line.outcome,
                request_id=line.request_id,
                fault=line.fault,
                found=line.found,
                kept=line.kept,
            )
        )
    return tuple(
        ImportView(
            id=row.id,
            at=row.at,
            source=row.source,
            name=row.name,
            asker=_asker(session, row),
            outside=row.outside,
            unchanged=row.unchanged,
            lines=tuple(lines[row.id]),
        )
        for row in rows
    )


def _asker(session: Session, row: CalendarImport) -> Named | None:
    """The municipality or corporation; None for the province."""
    if row.municipality_id is not None:
        return Named(row.municipality_id, session.get_one(Municipality, row.municipality_id).name)
    if row.corporation_id is not None:
        return Named(row.corporation_id, session.get_one(Corporation, row.corporation_id).name)
    return None
