"""Records as the rows of a sheet, and a sheet's rows as what was typed."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scheduler.domain.errors import Sentence
from scheduler.domain.faults import BadFile, Fault
from scheduler.flows.records.around import Around
from scheduler.flows.records.choices import Ref, Several
from scheduler.flows.records.kind import Field, Kind
from scheduler.flows.records.store import Listed
from scheduler.flows.records.wordlist import WordList
from scheduler.flows.records.writing import IDENTIFIER

MOST_ROWS = 5_000
_GUARDED = ("=", "+", "-", "@")


def sheet_of(listed: Listed) -> Iterator[list[str]]:
    """The header and one row for each record; what others are called stands by its name."""
    yield [IDENTIFIER, *(each.key for each in listed.kind.fields)]
    for record in listed.records:
        cells = (
            exported(each, record.texts[each.key], listed.around) for each in listed.kind.fields
        )
        yield [record.id, *cells]


def exported(field: Field, text: str, around: Around) -> str:
    """A field's text as it stands in a sheet."""
    shape = field.shape.several if isinstance(field.shape, WordList) else field.shape
    if isinstance(shape, Ref):
        return around.exported(shape.noun, text) if text else ""
    if isinstance(shape, Several) and not shape.words:
        words = (word for word in text.split(", ") if word)
        return ", ".join(around.exported(shape.noun, word) for word in words)
    # Who writes the sheet marks formulas; a mark of the text's own gets one more, to keep it.
    return f"'{text}" if _is_marked(text) else text


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: the line on which it begins, the first being 1, and its texts by column."""

    line: int
    texts: Mapping[str, str]


def read_sheet(file: str, content: str, kind: Kind) -> tuple[SheetRow, ...]:
    """The rows below the header; blank ones are passed over. Columns may be left out.

    Args:
        file: the file's name, for the faults.
        content: CSV (RFC 4180), with semicolons or commas.
        kind: what the rows are; its fields and the identifier are the columns.

    Raises:
        BadFile: the header or the file as a whole can't be read; every fault at once.
    """
    records = _records(file, content)
    if not records:
        raise BadFile(Fault(file=file, expected=_HEADER))
    (line, header), *rest = records
    header = [name.strip().casefold() for name in header]
    faults = list(_header_faults(file, line, header, kind))
    if len(rest) > MOST_ROWS:
        most = Sentence(f"hoogstens {MOST_ROWS} regels", f"at most {MOST_ROWS} rows")
        faults.append(Fault(file=file, expected=most, found=str(len(rest))))
    faults += _ragged(file, rest, len(header))
    if faults:
        raise BadFile(*faults)
    return tuple(
        SheetRow(line, dict(zip(header, map(_freed, cells), strict=True)))
        for line, cells in rest
        if any(cell.strip() for cell in cells)
    )


_HEADER = Sentence("een eerste regel met de namen van de kolommen", "a header line")


def _records(file: str, content: str) -> list[tuple[int, list[str]]]:
    first = content.partition("\n")[0]
    delimiter = ";" if first.count(";") >= first.count(",") else ","
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter, strict=True)
    found, line = [], 1
    try:
        for cells in reader:
            if any(cells):
                found.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        expected = Sentence(
            "geldige CSV (let op de aanhalingstekens)", "valid CSV (look at the quotation marks)"
        )
        raise BadFile(Fault(file=file, row=line, expected=expected, found=str(error))) from error
    return found


def _header_faults(file: str, line: int, header: Sequence[str], kind: Kind) -> Iterator[Fault]:
    known = (IDENTIFIER, *(each.key for each in kind.fields))
    names = ", ".join(known)
    for position, name in enumerate(header):
        if name not in known:
            yield Fault(
                file=file,
                row=line,
                expected=Sentence(f"een van: {names}", f"one of {names}"),
                found=name,
            )
        elif name in header[:position]:
            once = Sentence("elke kolom één keer", "each column once")
            yield Fault(file=file, row=line, column=name, expected=once, found=name)


def _ragged(file: str, rows: Sequence[tuple[int, list[str]]], width: int) -> Iterator[Fault]:
    for line, cells in rows:
        if len(cells) != width:
            yield Fault(
                file=file,
                row=line,
                expected=Sentence(f"{width} cellen", f"{width} cells"),
                found=str(len(cells)),
            )


def _freed(cell: str) -> str:
    """Without the mark that keeps a spreadsheet from taking a text for a formula."""
    text = cell.strip()
    return text[1:] if _is_marked(text) else text


def _is_marked(text: str) -> bool:
    """Whether marks stand before what a spreadsheet would take for a formula."""
    return text.startswith("'") and text.lstrip("'").startswith(_GUARDED)
