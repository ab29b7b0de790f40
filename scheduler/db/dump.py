"""Every row of a database as lines of text and back again, the same on SQLite and PostgreSQL.

A line is a row as a JSON array, in the order of the table's columns; the first line names them.
"""

import base64
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from enum import Enum
from itertools import islice
from typing import Any

from sqlalchemy import JSON, Column, Connection, Engine, MetaData, Table, inspect, text

from scheduler.db.tables import Row

_AT_ONCE = 500


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """A connection that sees the database as it is now, whatever others write meanwhile."""
    level = "SERIALIZABLE" if engine.dialect.name == "sqlite" else "REPEATABLE READ"
    with engine.connect().execution_options(isolation_level=level) as connection:
        if engine.dialect.name == "sqlite":
            # The driver itself begins only before a write; a reader would see every commit.
            connection.exec_driver_sql("BEGIN")
        yield connection


def tables() -> tuple[str, ...]:
    """The tables by name, each after those that it refers to."""
    return tuple(table.name for table in Row.metadata.sorted_tables)


def lines(connection: Connection, name: str) -> Iterator[str]:
    """A table's columns, and then its rows in the order of their primary key."""
    table = Row.metadata.tables[name]
    yield _line([column.name for column in table.columns])
    for row in connection.execute(table.select().order_by(*table.primary_key)):
        yield _line(row)


def fill(connection: Connection, contents: Mapping[str, Iterable[str]]) -> None:
    """Put lines into the tables of a database that has just been made, at whichever version.

    Raises:
        ValueError, KeyError: a line isn't a row of its table, or there is no such table.
    """
    known = MetaData()
    known.reflect(connection)
    for table in known.sorted_tables:
        if table.name in contents:
            _fill(connection, table, contents[table.name])
    if connection.dialect.name == "postgresql":
        _count_on(connection, known)


def is_empty(engine: Engine) -> bool:
    """Whether the database has no table yet."""
    return not inspect(engine).get_table_names()


def _line(values: Iterable[Any]) -> str:
    return json.dumps([_plain(value) for value in values], ensure_ascii=False)


def _plain(value: Any) -> Any:
    match value:
        case Enum():
            return value.value
        case datetime() | date() | time():
            return value.isoformat()
        case bytes():
            return base64.b64encode(value).decode("ascii")
        case _:
            return value


def _fill(connection: Connection, table: Table, content: Iterable[str]) -> None:
    found = iter(content)
    columns = [_nothing_is_null(table.columns[name]) for name in json.loads(next(found))]
    own, later = _own_references(table), []
    for some in _batches(found):
        rows = [_row(columns, line) for line in some]
        later += [row for row in rows if any(row[name] is not None for name in own)]
        connection.execute(table.insert(), [{**row, **dict.fromkeys(own)} for row in rows])
    for row in later:
        there = (column == row[column.name] for column in table.primary_key)
        values = {name: row[name] for name in own}
        connection.execute(table.update().where(*there).values(values))


def _own_references(table: Table) -> tuple[str, ...]:
    """The columns that name another row of the same table, which may come in after it."""
    return tuple(
        column.name
        for column in table.columns
        if any(each.column.table is table for each in column.foreign_keys)
    )


def _batches(found: Iterator[str]) -> Iterator[list[str]]:
    while some := list(islice(found, _AT_ONCE)):
        yield some


def _row(columns: list[Column[Any]], line: str) -> dict[str, Any]:
    values = json.loads(line)
    return {
        column.name: None if value is None else _reader(column)(value)
        for column, value in zip(columns, values, strict=True)
    }


def _reader(column: Column[Any]) -> Callable[[Any], Any]:
    return _READERS.get(_kind(column), lambda value: value)


def _nothing_is_null(column: Column[Any]) -> Column[Any]:
    """The column, with a missing document as NULL: not as JSON's `null`, which is something."""
    if isinstance(column.type, JSON) and column.nullable:
        column.type = JSON(none_as_null=True)
    return column


def _kind(column: Column[Any]) -> type:
    try:
        return column.type.python_type
    # How SQLAlchemy says that a type has no Python type of its own: its values stay as they are.
    except NotImplementedError:
        return object


def _instant(value: str) -> datetime:
    return datetime.fromisoformat(value).astimezone(UTC)


_READERS: dict[type, Callable[[Any], Any]] = {
    datetime: _instant,
    date: date.fromisoformat,
    time: time.fromisoformat,
    bytes: base64.b64decode,
}


def _count_on(connection: Connection, known: MetaData) -> None:
    """Let PostgreSQL's counters go on after the highest number that came in."""
    for table in known.sorted_tables:
        for column in table.primary_key:
            counter = text("SELECT pg_get_serial_sequence(:table, :column)")
            names = {"table": table.name, "column": column.name}
            if connection.execute(counter, names).scalar():
                _set_counter(connection, table, column)


def _set_counter(connection: Connection, table: Table, column: Column[Any]) -> None:
    # Both names come from the database's own catalogue.
    highest = f"COALESCE((SELECT max({column.name}) FROM {table.name}), 0) + 1"  # noqa: S608
    connection.execute(
        text(f"SELECT setval(pg_get_serial_sequence(:table, :column), {highest}, false)"),
        {"table": table.name, "column": column.name},
    )
