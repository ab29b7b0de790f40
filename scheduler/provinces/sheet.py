"""The files of a province's folder: what their lines become, and what they may refer to."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from scheduler.domain.cells import Fact, build, cells
from scheduler.domain.errors import Sentence
from scheduler.domain.faults import Fault
from scheduler.provinces.csv_file import Line, read_lines

F = TypeVar("F", bound=Fact)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet(Generic[F]):
    """A CSV file of one kind of facts.

    Attributes:
        file: its name.
        kind: what each line becomes.
        key: the columns that together name a line; no two lines have the same.
        identity: how these columns' texts are compared.
        may_be_empty: whether a header alone will do.
    """

    file: str
    kind: type[F]
    key: tuple[str, ...] = ("id",)
    identity: Callable[[tuple[str, ...]], Hashable] = tuple
    may_be_empty: bool = False


@dataclass(frozen=True, slots=True)
class Filled(Generic[F]):
    """A sheet that has been read: its lines, and the facts of those without a fault, by line."""

    sheet: Sheet[F]
    lines: tuple[Line, ...]
    facts: Mapping[int, F]

    @property
    def ids(self) -> frozenset[str]:
        """The identifiers that lines elsewhere may refer to, also of lines with another fault."""
        return frozenset(line.texts["id"].strip() for line in self.lines if "id" in line.texts)

    @property
    def values(self) -> tuple[F, ...]:
        """The facts in the file's order."""
        return tuple(self.facts.values())


def read_sheet(folder: Path, sheet: Sheet[F], faults: list[Fault]) -> Filled[F] | None:
    """Read one file; None where nothing in it could be read. Faults are added to the list."""
    columns = [each.name for each in cells(sheet.kind).values()]
    lines = read_lines(folder / sheet.file, columns, faults)
    if lines is None:
        return None
    if not lines and not sheet.may_be_empty:
        expected = Sentence(
            "ten minste één regel onder de kop", "at least one line below the header"
        )
        faults.append(Fault(file=sheet.file, expected=expected))
    faults.extend(_repeated(sheet, lines))
    built = (
        (line.row, build(sheet.kind, line.texts, faults, file=sheet.file, row=line.row))
        for line in lines
    )
    return Filled(sheet, lines, {row: fact for row, fact in built if fact is not None})


def _repeated(sheet: Sheet[F], lines: Iterable[Line]) -> Iterable[Fault]:
    first: dict[Hashable, int] = {}
    for line in lines:
        texts = tuple(line.texts[column].strip() for column in sheet.key)
        row = first.setdefault(sheet.identity(texts), line.row)
        if row != line.row:
            expected = Sentence(
                f"iets anders dan op regel {row}", f"something else than on line {row}"
            )
            yield Fault(
                file=sheet.file,
                row=line.row,
                column=", ".join(sheet.key),
                expected=expected,
                found=", ".join(texts),
            )


def dangling(filled: Filled[F], ids: Mapping[str, frozenset[str]]) -> Iterable[Fault]:
    """References to what isn't there.

    Args:
        filled: the sheet whose references are followed.
        ids: the identifiers by file; a file that couldn't be read isn't among them, and references
            to it can't be judged.
    """
    for each in cells(filled.sheet.kind).values():
        if each.refers_to is None or each.refers_to not in ids:
            continue
        for line in filled.lines:
            text = line.texts[each.name].strip()
            if text and text not in ids[each.refers_to]:
                yield unknown(filled.sheet.file, each.name, each.refers_to, text, row=line.row)


def unknown(file: str, column: str, target: str, found: str, row: int | None = None) -> Fault:
    """The fault of a reference to what isn't there."""
    expected = Sentence(f"een id uit {target}", f"an id of {target}")
    return Fault(file=file, row=row, column=column, expected=expected, found=found)
