"""What is known of the copies in one calendar, kept in rows; each word is durable when said."""

from collections.abc import Iterable
from dataclasses import fields

from sqlmodel import col, select

from calendars.sync import Known, Status
from scheduler.db.tables import ConnectedCalendar, KnownCopy
from scheduler.flows.outside.means import Means
from scheduler.flows.outside.target import LEASE, Target, held_row

_FIELDS = tuple(each.name for each in fields(Known))


class RowJournal:
    """See `calendars.sync.Journal`. Each saving also shows that the work goes on.

    A calendar that was disconnected meanwhile keeps nothing. Saving raises `Overtaken` where
    another visit has begun: to the sync that is a process that was killed just before.
    """

    def __init__(self, means: Means, target: Target) -> None:
        self._means = means
        self._calendar_id = target.id
        self._visit = target.holder

    def known(self) -> Iterable[Known]:
        """Every copy ever heard of."""
        query = (
            select(KnownCopy)
            .where(KnownCopy.calendar_id == self._calendar_id)
            .order_by(col(KnownCopy.uid))
        )
        with self._means.database.session() as session:
            return [_known(row) for row in session.exec(query)]

    def save(self, known: Known) -> None:
        """Keep it in place of what was known of this UID."""
        values = {name: getattr(known, name) for name in _FIELDS}
        with self._means.database.session() as session:
            row = held_row(session, self._calendar_id, self._visit)
            if row is None:
                return
            row.lease_until = self._means.clock() + LEASE
            session.merge(KnownCopy(calendar_id=self._calendar_id, **values))

    def token(self) -> str | None:
        """The sync token that was saved last."""
        with self._means.database.session() as session:
            row = session.get(ConnectedCalendar, self._calendar_id)
            return row.token if row else None

    def save_token(self, token: str | None) -> None:
        """Keep the token."""
        with self._means.database.session() as session:
            row = held_row(session, self._calendar_id, self._visit)
            if row is not None:
                row.token = token


def _known(row: KnownCopy) -> Known:
    values = {name: getattr(row, name) for name in _FIELDS}
    return Known(**(values | {"status": Status(row.status)}))
