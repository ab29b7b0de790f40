"""Frozen values that say for each of their fields how it is read from a file.

@dataclass(frozen=True, kw_only=True)
class Place(Fact):
    id: str = cell(identifier)
    lat: float = cell(decimal(-90, 90))
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, TypeVar

from scheduler.domain.faults import Fault
from scheduler.domain.parsing import Reader, Unfit

F = TypeVar("F", bound="Fact")
_CELL = "cell"
Contradiction = tuple[str, Unfit]
"""A field whose value is fine by itself, but not beside the others; and what was expected."""


@dataclass(frozen=True, slots=True)
class Cell:
    """How one field stands in a file.

    Attributes:
        name: the column, or the setting with its sections (`travel.detour`).
        reader: reads the text.
        refers_to: the file in which the value must be an id, where it is one.
        may_be_absent: whether a setting may be left out, which is like an empty text.
    """

    name: str
    reader: Reader[Any]
    refers_to: str | None = None
    may_be_absent: bool = False


class Fact:
    """The base of values that are read from a file."""

    __slots__ = ()

    def contradictions(self) -> Iterable[Contradiction]:
        """What doesn't fit together within this value."""
        return ()


def cell(
    reader: Reader[Any],
    name: str = "",
    *,
    refers_to: str | None = None,
    may_be_absent: bool = False,
) -> Any:
    """A dataclass field read by `reader`; in the file it is called `name`, or as the field is."""
    return field(metadata={_CELL: Cell(name, reader, refers_to, may_be_absent)})


def cells(kind: type[Fact]) -> dict[str, Cell]:
    """How a value's fields stand in a file, by field."""
    return {
        each.name: replace(each.metadata[_CELL], name=each.metadata[_CELL].name or each.name)
        for each in fields(kind)  # type: ignore[arg-type] # every Fact is a dataclass
    }


def build(
    kind: type[F],
    texts: Mapping[str, str],
    faults: list[Fault],
    *,
    file: str,
    row: int | None = None,
    at: str = "",
) -> F | None:
    """Make a value of its texts.

    Args:
        kind: what to make.
        texts: the texts by column; one that isn't there has been found missing already.
        faults: every fault is added here; where there are any, nothing is made.
        file: the file's name, for the faults.
        row: the line, for the faults.
        at: what stands before the columns' names in the faults.
    """
    faulty = len(faults)
    values: dict[str, Any] = {}
    for name, each in cells(kind).items():
        if each.name in texts:
            try:
                values[name] = each.reader(texts[each.name].strip())
            except Unfit as unfit:
                faults.append(_fault(file, row, at + each.name, unfit, texts[each.name]))
    if len(values) < len(cells(kind)):
        return None
    value = kind(**values)
    for name, wanted in value.contradictions():
        column = cells(kind)[name].name
        faults.append(_fault(file, row, at + column, wanted, texts[column]))
    return value if len(faults) == faulty else None


def _fault(file: str, row: int | None, column: str, unfit: Unfit, found: str) -> Fault:
    return Fault(file=file, row=row, column=column, expected=unfit.expected, found=found)
