"""Bringing the rows of one table in line with what they should be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, select

from scheduler.db.tables import Row


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows were added, updated and removed; those that were right already don't count."""

    added: int = 0
    updated: int = 0
    removed: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.added + other.added, self.updated + other.updated, self.removed + other.removed
        )

    @property
    def changed(self) -> bool:
        """Whether anything was."""
        return self != Counts()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The rows that one table should hold.

    Attributes:
        table: the rows' class.
        rows: the rows, not yet in a session.
        key: the columns by which a row is found again; the others may change.
        only: whether rows besides these are to be removed.
    """

    table: type[Row]
    rows: Sequence[Row]
    key: tuple[str, ...] = ("id",)
    only: bool = False


def bring_in_line(session: Session, wanted: Wanted) -> Counts:
    """Add, change and (where only these are wanted) remove rows, and flush."""
    present = {_key(row, wanted.key): row for row in session.exec(select(wanted.table))}
    missing = [row for row in wanted.rows if _key(row, wanted.key) not in present]
    updated = sum(
        _update(present.pop(_key(row, wanted.key)), row)
        for row in wanted.rows
        if _key(row, wanted.key) in present
    )
    session.add_all(missing)
    removed = list(present.values()) if wanted.only else []
    for row in removed:
        session.delete(row)
    session.flush()
    return Counts(len(missing), updated, len(removed))


def _key(row: Row, columns: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(row, column) for column in columns)


def _update(row: Row, wanted: Row) -> bool:
    changes = {name: value for name, value in _given(wanted).items() if getattr(row, name) != value}
    for name, value in changes.items():
        setattr(row, name, value)
    return bool(changes)


def _given(row: Row) -> Mapping[str, Any]:
    """What was said when the row was made; a number that the database gives out isn't."""
    return {name: getattr(row, name) for name in row.model_fields_set}
