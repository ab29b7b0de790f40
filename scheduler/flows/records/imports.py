"""A sheet against what is there: what it would add, change and leave, before anything is done."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlmodel import Session

from scheduler.domain.access import Actor
from scheduler.domain.errors import Sentence
from scheduler.domain.faults import BadFile, Fault
from scheduler.domain.parsing import Unfit
from scheduler.flows.records.around import Around
from scheduler.flows.records.kind import Kind, Record, Values
from scheduler.flows.records.sheet import SheetRow, read_sheet
from scheduler.flows.records.store import identity, records, texts_of, title_of
from scheduler.flows.records.writing import IDENTIFIER, is_identifier


class Outcome(StrEnum):
    """What becomes of a row."""

    ADD = "add"
    CHANGE = "change"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowOutcome:
    """One row: what becomes of it, of which record, and what differs by field."""

    line: int
    outcome: Outcome
    title: str
    identifier: str
    values: Values
    before: Mapping[str, str]
    after: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A sheet that can be carried out."""

    kind: Kind
    rows: tuple[RowOutcome, ...]
    around: Around
    present: Mapping[str, Record]

    def count(self, outcome: Outcome) -> int:
        """How many rows have this outcome."""
        return sum(row.outcome is outcome for row in self.rows)


_ABSENT = Sentence(
    "een kenmerk dat al bestaat, of niets voor iets nieuws",
    "an identifier that exists, or nothing for something new",
)
_TWICE = Sentence("elk gegeven op één regel", "each record on one line")
_NEEDED = Sentence("een kenmerk", "an identifier")


def preview_sheet(
    session: Session, actor: Actor, kind: Kind, file: str, content: str, *, today: date
) -> Preview:
    """What a sheet would do; nothing is written.

    Raises:
        NotAllowed: the actor doesn't plan for all.
        BadFile: with every fault at once, each with its line and column.
    """
    listed = records(session, actor, kind, today=today)
    desk = _Desk(
        kind=kind,
        file=file,
        around=listed.around,
        present={record.id: record for record in listed.records},
        known={identity(kind, record.texts): record.id for record in listed.records},
    )
    faults: list[Fault] = []
    rows = tuple(_outcomes(desk, read_sheet(file, content, kind), faults))
    if faults:
        raise BadFile(*faults)
    return Preview(kind=kind, rows=rows, around=listed.around, present=desk.present)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    kind: Kind
    file: str
    around: Around
    present: Mapping[str, Record]
    known: Mapping[tuple[str, ...], str]

    def fault(self, row: SheetRow, column: str, expected: Sentence) -> Fault:
        found = row.texts.get(column, "")
        return Fault(file=self.file, row=row.line, column=column, expected=expected, found=found)


def _outcomes(desk: _Desk, rows: tuple[SheetRow, ...], faults: list[Fault]) -> Iterator[RowOutcome]:
    seen: dict[object, int] = {}
    for row in rows:
        found = _outcome(desk, row, faults)
        if found is None:
            continue
        same = found.identifier if found.identifier in desk.present else None
        texts = texts_of(desk.kind, found.values)
        for key in filter(None, (same, identity(desk.kind, texts))):
            if key in seen:
                faults.append(desk.fault(row, desk.kind.known_by[0], _twice(seen[key])))
            seen[key] = row.line
        yield found


def _twice(line: int) -> Sentence:
    return Sentence(
        f"{_TWICE.nl}: dit staat al op regel {line}", f"{_TWICE.en}: this is on line {line} already"
    )


def _outcome(desk: _Desk, row: SheetRow, faults: list[Fault]) -> RowOutcome | None:
    given = row.texts.get(IDENTIFIER, "")
    before = desk.present.get(given)
    if given and before is None and desk.kind.own_identifier is None:
        faults.append(desk.fault(row, IDENTIFIER, _ABSENT))
        return None
    values = _values(desk, row, before, faults)
    if values is None:
        return None
    texts = texts_of(desk.kind, values)
    namesake = desk.known.get(identity(desk.kind, texts))
    if before is None and not given and namesake is not None:
        # Without an identifier the name says which one is meant; what isn't in the sheet stays.
        before = desk.present[namesake]
        values = _values(desk, row, before, faults)
        if values is None:
            return None
        texts = texts_of(desk.kind, values)
    elif namesake is not None and namesake != given:
        faults.append(desk.fault(row, desk.kind.known_by[-1], _namesake(namesake)))
        return None
    if before is None and desk.kind.own_identifier is not None and not is_identifier(given):
        faults.append(desk.fault(row, IDENTIFIER, _NEEDED))
        return None
    return _found(desk, row, before, values, texts)


def _namesake(identifier: str) -> Sentence:
    return Sentence(
        f"iets anders: dit is al van {identifier}", f"something else: it is {identifier}'s already"
    )


def _values(
    desk: _Desk, row: SheetRow, before: Record | None, faults: list[Fault]
) -> Values | None:
    """The row's values on top of what is there; None with at least one fault."""
    count = len(faults)
    texts = {**(before.texts if before else {}), **row.texts}
    values = {}
    for each in desk.kind.fields:
        try:
            values[each.key] = each.shape.read(texts.get(each.key, "").strip(), desk.around)
        except Unfit as unfit:
            faults.append(desk.fault(row, each.key, unfit.expected))
    if len(faults) == count:
        faults += [
            desk.fault(row, fault.key, _inside(fault.sentence))
            for fault in desk.kind.contradictions(values)
        ]
    return values if len(faults) == count else None


def _inside(sentence: Sentence) -> Sentence:
    """A whole sentence as part of a fault's."""
    return Sentence(sentence.nl.rstrip("."), sentence.en.rstrip("."))


def _found(
    desk: _Desk,
    row: SheetRow,
    before: Record | None,
    values: Values,
    texts: Mapping[str, str],
) -> RowOutcome:
    was = before.texts if before else {}
    keys = [key for key, text in texts.items() if was.get(key, "") != text]
    return RowOutcome(
        line=row.line,
        outcome=_judged(before, keys),
        title=title_of(desk.kind, texts, desk.around),
        identifier=before.id if before else row.texts.get(IDENTIFIER, ""),
        values=values,
        before={key: was.get(key, "") for key in keys},
        after={key: texts[key] for key in keys},
    )


def _judged(before: Record | None, keys: list[str]) -> Outcome:
    if before is None:
        return Outcome.ADD
    return Outcome.CHANGE if keys else Outcome.LEAVE
