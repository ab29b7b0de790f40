"""Records as a coordinator looks at them: a list, one of them, and the faults in what is typed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_
from sqlmodel import Session, select

from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound, Sentence
from scheduler.domain.names import by_name
from scheduler.domain.parsing import Unfit
from scheduler.flows.records.around import Around, look_around
from scheduler.flows.records.errors import BadRecord
from scheduler.flows.records.kind import (
    LAST_DAY,
    FieldFault,
    Kind,
    Record,
    Values,
    read_rows,
)
from scheduler.flows.records.kinds import KINDS


def kind_called(key: str) -> Kind:
    """The kind of record of that name; NotFound where there is none."""
    for kind in KINDS:
        if kind.key == key:
            return kind
    raise NotFound("gegevens", key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The records of a kind, by title, with the names of what they refer to."""

    kind: Kind
    records: tuple[Record, ...]
    around: Around

    def title(self, record: Record) -> str:
        """What a record is called."""
        return title_of(self.kind, record.texts, self.around)

    @property
    def titles(self) -> Mapping[str, str]:
        """What each is called, by identifier."""
        return {record.id: self.title(record) for record in self.records}


def title_of(kind: Kind, texts: Mapping[str, str], around: Around) -> str:
    """What a record with these texts is called."""
    words = (kind.field(key).shape.said(texts[key], around).nl for key in kind.titled_by)
    return " → ".join(words)


def records(session: Session, actor: Actor, kind: Kind, *, today: date) -> Listed:
    """Every record of a kind, also those that have ended; for who sees all."""
    actor.must_see_all()
    around = look_around(session, today=today)
    rows = read_rows(session, kind).values()
    by_title = sorted(rows, key=lambda each: by_name(title_of(kind, each.texts, around)))
    return Listed(kind=kind, records=tuple(by_title), around=around)


def count_records(session: Session, actor: Actor, kind: Kind, *, today: date) -> int:
    """How many records of a kind there are that haven't ended."""
    actor.must_see_all()
    query = select(func.count()).select_from(kind.table)
    if kind.ends:
        last = kind.table.last_day
        query = query.where(or_(last.is_(None), last >= today))
    return session.exec(query).one()


def fitting(listed: Listed, sought: str, *, today: date, ended: bool) -> tuple[Record, ...]:
    """The records in which every sought word stands, in whatever field; ended ones if asked."""
    words = sought.casefold().split()
    return tuple(
        record
        for record in listed.records
        if (ended or not has_ended(listed.kind, record, today))
        and all(word in _text_of(listed, record) for word in words)
    )


def _text_of(listed: Listed, record: Record) -> str:
    said = (
        each.shape.said(record.texts[each.key], listed.around).nl for each in listed.kind.fields
    )
    return f"{record.id} {' '.join(said)}".casefold()


def has_ended(kind: Kind, record: Record, today: date) -> bool:
    """Whether its last day has been."""
    last = record.texts.get(LAST_DAY, "")
    return kind.ends and last != "" and date.fromisoformat(last) < today


def record_of(session: Session, actor: Actor, kind: Kind, identifier: str) -> Record:
    """One record; NotFound where there is none."""
    actor.must_see_all()
    found = read_rows(session, kind).get(identifier)
    if found is None:
        raise NotFound(kind.one.nl.lower(), identifier)
    return found


def read_values(kind: Kind, texts: Mapping[str, str], around: Around) -> Values:
    """The values of what was typed.

    Raises:
        BadRecord: with every fault, each at its field.
    """
    values, faults = {}, []
    for each in kind.fields:
        text = texts.get(each.key, "").strip()
        try:
            values[each.key] = each.shape.read(text, around)
        except Unfit as unfit:
            faults.append(FieldFault(each.key, _expected(each.label, unfit)))
    if not faults:
        faults = list(kind.contradictions(values))
    if faults:
        raise BadRecord(*faults)
    return values


def _expected(label: Sentence, unfit: Unfit) -> Sentence:
    return Sentence(
        f"{_short(label.nl)}: hier hoort {unfit.expected.nl}.",
        f"{_short(label.en)}: expected {unfit.expected.en}.",
    )


def _short(label: str) -> str:
    """A label without its question mark or what stands between brackets."""
    return label.partition(" (")[0].rstrip("?")


def texts_of(kind: Kind, values: Values) -> dict[str, str]:
    """The texts of values, as they read back."""
    return {each.key: each.shape.write(values[each.key]) for each in kind.fields}


def alike(kind: Kind, texts: Mapping[str, str], others: Iterable[Record]) -> Iterator[Record]:
    """The records that can't be told from one with these texts."""
    wanted = identity(kind, texts)
    return (other for other in others if identity(kind, other.texts) == wanted)


def identity(kind: Kind, texts: Mapping[str, str]) -> tuple[str, ...]:
    """What tells a record from all others of its kind, apart from its identifier."""
    return tuple(texts[key].casefold() for key in kind.known_by)
