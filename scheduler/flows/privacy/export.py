"""A person's own record: everything that is kept of them, as a document and as a calendar.

AVG, articles 15 (to see it) and 20 (to take it along). The tables are walked by their own keys, so
a table that is added later is in it by itself.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlmodel
from sqlalchemy import ColumnElement, RowMapping, Table, or_, select
from sqlmodel import Session, SQLModel

from calendars.entry import Feed
from calendars.ical import render_feed
from scheduler.db import audits
from scheduler.db.tables import MailAddress, Representative
from scheduler.domain.access import SYSTEM, Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.sealing import Seal
from scheduler.domain.secrets import SecretKey
from scheduler.domain.terms import FeedKind, Role
from scheduler.flows.attending.own_busy import SEALED_FOR as BUSY_BLOCK
from scheduler.flows.calendar_builder import Publisher, every_entry
from scheduler.flows.privacy.inventory import Holds, inventory
from scheduler.mail.office import ADDRESSES

_NAMED = "representative.id"
_OPENED = {("mail_address", "sealed"): ADDRESSES, ("busy_block", "content"): BUSY_BLOCK}
_BY_ROLE = ("session", "sign_in_link", "office_account", "table_follow")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRecord:
    """What is kept of one person: rows by table, each a value by column."""

    person: str
    made_at: datetime
    tables: dict[str, list[dict[str, Any]]]


def record_of_person(
    session: Session, actor: Actor, key: SecretKey, representative_id: str, *, at: datetime
) -> PersonRecord:
    """Everything that is kept of a representative, for that person alone; the log says it was made.

    Sealed content is opened; passwords and the digests of secrets are left out.

    Raises:
        NotFound: there is no such representative, or it isn't the actor.
    """
    _must_be(session, actor, representative_id)
    found = {
        table.name: [_shown(table.name, row, key) for row in session.execute(query).mappings()]
        for table, query in _questions(session, representative_id)
    }
    audits.record(session, actor, "export", noun="person", noun_id=representative_id, at=at)
    return PersonRecord(
        person=representative_id,
        made_at=at,
        tables={name: rows for name, rows in found.items() if rows},
    )


def calendar_of_person(
    session: Session, actor: Actor, publisher: Publisher, representative_id: str
) -> bytes:
    """Every meeting that was ever published for a representative, as iCalendar.

    Raises:
        NotFound: there is no such representative, or it isn't the actor.
    """
    _must_be(session, actor, representative_id)
    entries = every_entry(session, representative_id, publisher)
    name = session.get_one(Representative, representative_id).label
    feed = Feed(
        name=name, url="", refresh=timedelta(days=1), entries=tuple(entry for _, entry in entries)
    )
    return render_feed(feed)


def _must_be(session: Session, actor: Actor, representative_id: str) -> None:
    own = actor in {SYSTEM, Actor(Role.REPRESENTATIVE, representative_id)}
    if not own or session.get(Representative, representative_id) is None:
        raise NotFound("afgevaardigde", representative_id)


def _questions(session: Session, person: str) -> Iterator[tuple[Table, Any]]:
    """A question to each table in which the person can stand."""
    own = sqlmodel.select(MailAddress.id).where(MailAddress.representative_id == person)
    addresses = set(session.exec(own))
    for table in SQLModel.metadata.sorted_tables:
        conditions = [*_about(table, person, addresses)]
        if conditions:
            yield table, select(table).where(or_(*conditions))


def _about(table: Table, person: str, addresses: set[str]) -> Iterator[ColumnElement[bool]]:
    for column in table.columns:
        named = {each.target_fullname for each in column.foreign_keys}
        if _NAMED in named or (table.name, column.name) == ("representative", "id"):
            yield column == person
        if column.name == "recipient_id":
            yield column.in_(addresses)
    yield from _as_a_role(table, person)


def _as_a_role(table: Table, person: str) -> Iterator[ColumnElement[bool]]:
    columns = table.columns
    if table.name in _BY_ROLE:
        yield (columns["role"] == Role.REPRESENTATIVE) & (columns["subject_id"] == person)
    if table.name == "feed":
        yield (columns["kind"] == FeedKind.REPRESENTATIVE) & (columns["subject_id"] == person)
    if table.name == "audit":
        yield (columns["role"] == Role.REPRESENTATIVE) & (columns["actor_id"] == person)
        yield columns["noun_id"] == person


def _shown(table: str, row: RowMapping, key: SecretKey) -> dict[str, Any]:
    holds = inventory()[table]
    return dict(_values(table, ((k, v) for k, v in row.items()), holds, key))


def _values(
    table: str, values: Iterable[tuple[Any, Any]], holds: Any, key: SecretKey
) -> Iterator[tuple[str, Any]]:
    for column, value in values:
        name = str(column)
        purpose = _OPENED.get((table, name))
        if purpose and value is not None:
            yield name, Seal(key, purpose).open(value).decode()
        elif holds[name] is not Holds.SECRET:
            yield name, value
