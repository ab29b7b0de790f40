"""Reading a CSV file (RFC 4180, UTF-8, a header line) into lines of texts by column."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scheduler.domain.errors import Sentence
from scheduler.domain.faults import Fault


@dataclass(frozen=True, slots=True)
class Line:
    """One record: the line on which it begins, the first being 1, and its texts by column."""

    row: int
    texts: Mapping[str, str]


def read_lines(path: Path, columns: Sequence[str], faults: list[Fault]) -> tuple[Line, ...] | None:
    """The file's records below its header; blank lines are passed over.

    Args:
        path: the file.
        columns: the columns that must be there, in any order, and no others.
        faults: every fault is added here. A record with too many or too few cells is left out.

    Returns:
        None where nothing could be read: no file, no UTF-8, no good header.
    """
    text = _text(path, faults)
    if text is None:
        return None
    own: list[Fault] = []
    records = _records(path.name, text, own)
    header = [name.strip() for name in records[0].cells] if records else []
    unsound = own or _header_faults(path.name, header, columns)
    if unsound:
        faults.extend(unsound)
        return None
    return tuple(_lines(path.name, header, records[1:], faults))


def _text(path: Path, faults: list[Fault]) -> str | None:
    try:
        # A byte order mark is what Excel puts there; it isn't part of the first column's name.
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        expected = Sentence("een bestand dat te lezen is", "a file that can be read")
        faults.append(Fault(file=path.name, expected=expected, found=error.strerror or str(error)))
    except UnicodeDecodeError as error:
        row = error.object[: error.start].count(b"\n") + 1
        found = f"byte 0x{error.object[error.start]:02x}"
        expected = Sentence("tekst in UTF-8", "text in UTF-8")
        faults.append(Fault(file=path.name, row=row, expected=expected, found=found))
    return None


@dataclass(frozen=True, slots=True)
class _Record:
    row: int
    cells: Sequence[str]


def _records(file: str, text: str, faults: list[Fault]) -> list[_Record]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    records, row = [], 1
    try:
        for cells in reader:
            if cells:
                records.append(_Record(row, cells))
            row = reader.line_num + 1
    except csv.Error as error:
        expected = Sentence(
            "geldige CSV (let op de aanhalingstekens)", "valid CSV (look at the quotation marks)"
        )
        faults.append(Fault(file=file, row=row, expected=expected, found=str(error)))
    return records


def _header_faults(file: str, header: Sequence[str], columns: Sequence[str]) -> list[Fault]:
    if len(header) == 1 and ";" in header[0]:
        commas = Sentence("komma's tussen de kolommen", "commas between the columns")
        return [Fault(file=file, row=1, expected=commas, found=header[0])]
    here = Sentence("deze kolom", "this column")
    once = Sentence("elke kolom één keer", "each column once")
    known = Sentence(f"alleen de kolommen {', '.join(columns)}", f"only {', '.join(columns)}")
    faults = [
        Fault(file=file, row=1, column=name, expected=here)
        for name in columns
        if name not in header
    ]
    for position, name in enumerate(header):
        if name not in columns:
            faults.append(Fault(file=file, row=1, expected=known, found=name))
        elif name in header[:position]:
            faults.append(Fault(file=file, row=1, column=name, expected=once, found=name))
    return faults


def _lines(
    file: str, header: Sequence[str], records: Iterable[_Record], faults: list[Fault]
) -> Iterable[Line]:
    for record in records:
        if len(record.cells) == len(header):
            yield Line(record.row, dict(zip(header, record.cells, strict=True)))
        else:
            expected = Sentence(f"{len(header)} cellen", f"{len(header)} cells")
            found = str(len(record.cells))
            faults.append(Fault(file=file, row=record.row, expected=expected, found=found))
