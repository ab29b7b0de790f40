"""What a kind of record is: its fields, and how they stand in rows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from sqlmodel import Session, select

from scheduler.db.tables import Row
from scheduler.domain.access import Actor
from scheduler.domain.errors import Sentence
from scheduler.flows.records.shapes import Shape

LAST_DAY = "laatste_dag"
"""The field by which a record ends."""

Values = Mapping[str, Any]
"""A record's values by field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a record.

    Attributes:
        key: its name in forms, CSV files and the log; Dutch, and never translated.
        label, hint: what it is called on a page, and what helps to fill it in.
        shape: what it holds.
        column: the row's attribute; empty where it stands in rows of its own.
        group: under which heading it stands.
    """

    key: str
    label: Sentence
    shape: Shape
    column: str = ""
    hint: Sentence | None = None
    group: Sentence | None = None

    @property
    def default(self) -> str:
        """The text that an empty one stands for; empty where it stands for nothing."""
        default = getattr(self.shape, "default", None)
        return "" if default is None else self.shape.write(default)


class Part(Protocol):
    """Fields that stand in rows of their own, beside the record's."""

    def values(self, session: Session) -> Mapping[str, Values]:
        """The values of every record, by identifier; who has none may be left out."""
        ...

    def absent(self) -> Values:
        """The values of a record that has no such rows."""
        ...

    def write(self, session: Session, identifier: str, values: Values) -> None:
        """Replace the rows of one record."""
        ...


@dataclass(frozen=True, slots=True)
class FieldFault:
    """What is wrong in one field."""

    key: str
    sentence: Sentence


def _nothing(_values: Values) -> Iterable[FieldFault]:
    return ()


def _as_before(_row: Any, _values: Values) -> None:
    """Nothing follows from what was filled in."""


class Told(Protocol):
    """What else keeps a history of the records of a kind."""

    def __call__(
        self,
        session: Session,
        actor: Actor,
        identifier: str,
        /,
        *,
        act: str,
        why: str,
        at: datetime,
    ) -> None:
        """Take note of an act, with its reason."""
        ...


def _untold(
    _session: Session, _actor: Actor, _identifier: str, /, *, act: str, why: str, at: datetime
) -> None:
    """Nobody else needs to know."""


def _no_start(_values: Values) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Kind:
    """A kind of record; each is only itself.

    Attributes:
        key: its name in addresses and files.
        noun: what the log calls one of them.
        table: its rows.
        one, many, about: what they are called, and what they are for.
        fields: all its fields; `LAST_DAY` among them where it can be ended.
        known_by: the fields that together tell one from all others.
        titled_by: the fields that together are its name.
        shown: what a list shows of it, beside its name.
        prefix: what a new identifier begins with; empty where it follows from the name.
        own_identifier: whether its identifier is given by others, such as the CBS.
        part: fields in rows of their own.
        contradictions: what doesn't fit together.
        start: what a new row holds besides its fields.
        follow: what else in the row follows from its fields.
        told: what else keeps a history of it, and is told of each act and its reason.
        removable: whether nothing ever refers to one, so that it can be taken away.
    """

    key: str
    noun: str
    table: type[Any]
    one: Sentence
    many: Sentence
    about: Sentence
    fields: tuple[Field, ...]
    known_by: tuple[str, ...]
    titled_by: tuple[str, ...]
    shown: tuple[str, ...]
    prefix: str = ""
    own_identifier: Sentence | None = None
    part: Part | None = None
    contradictions: Callable[[Values], Iterable[FieldFault]] = _nothing
    start: Callable[[Values], Mapping[str, Any]] = _no_start
    follow: Callable[[Any, Values], None] = _as_before
    told: Told = _untold
    removable: bool = False

    def field(self, key: str) -> Field:
        """One of its fields; KeyError for another word."""
        return next(each for each in self.fields if each.key == key)

    @property
    def ends(self) -> bool:
        """Whether one can be ended by a date, which its history keeps."""
        return not self.removable and any(each.key == LAST_DAY for each in self.fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record, as the texts of its fields."""

    id: str
    texts: Mapping[str, str] = field(default_factory=dict)


def read_rows(session: Session, kind: Kind) -> dict[str, Record]:
    """Every record of a kind, by identifier."""
    parts = kind.part.values(session) if kind.part else {}
    absent = kind.part.absent() if kind.part else {}
    rows = session.exec(select(kind.table).order_by(kind.table.id)).all()
    return {
        row.id: Record(id=row.id, texts=_texts(kind, row, parts.get(row.id, absent)))
        for row in rows
    }


def _texts(kind: Kind, row: Row, parts: Values) -> dict[str, str]:
    return {
        each.key: each.shape.write(getattr(row, each.column) if each.column else parts[each.key])
        for each in kind.fields
    }


def write_row(session: Session, kind: Kind, identifier: str, values: Values) -> None:
    """Write a record's values: into its row, which is made where there is none, and beside it."""
    row = session.get(kind.table, identifier)
    named = {each.column: values[each.key] for each in kind.fields if each.column}
    if row is None:
        row = kind.table(id=identifier, **kind.start(values), **named)
        kind.follow(row, values)
        session.add(row)
    else:
        for column, value in named.items():
            setattr(row, column, value)
        kind.follow(row, values)
    session.flush()
    if kind.part:
        kind.part.write(session, identifier, values)
