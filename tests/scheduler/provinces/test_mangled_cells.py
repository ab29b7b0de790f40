"""Whatever stands in a cell, a folder is either read or refused."""

import csv
import shutil
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.provinces import BadProvince, ProvinceFacts, read_province
from scheduler.provinces.read import SHEETS
from scheduler.settings import CONFIG

FOLDER = CONFIG / "provinces" / "drenthe"
FILES = [sheet.file for sheet in SHEETS.values()]
CELLS = st.one_of(
    st.text(max_size=12),
    st.integers().map(str),
    st.floats().map(str),
    st.sampled_from(["", "-1", "1e3", "NaN", "assen", "GM0106", "02-30/03-01", "yes", '"', "a|b"]),
)


def read(file: str, content: bytes) -> ProvinceFacts | BadProvince:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for source in ["province.toml", *FILES]:
            shutil.copyfile(FOLDER / source, folder / source)
        (folder / file).write_bytes(content)
        try:
            return read_province(folder)
        except BadProvince as refused:
            return refused


@settings(max_examples=60, deadline=None)
@given(file=st.sampled_from(FILES), data=st.data(), text=CELLS)
def test_an_arbitrary_text_in_an_arbitrary_cell_is_read_or_refused(
    file: str, data: st.DataObject, text: str
) -> None:
    with (FOLDER / file).open(encoding="utf-8", newline="") as source:
        rows = list(csv.reader(source))
    row = data.draw(st.integers(0, len(rows) - 1))
    column = data.draw(st.integers(0, len(rows[row]) - 1))
    rows[row][column] = text
    quoted = (",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in rows)
    found = read(file, "\n".join(quoted).encode("utf-8"))
    if isinstance(found, BadProvince):
        assert found.sentences
        assert {fault.file for fault in found.faults} <= {*FILES, "province.toml"}


@settings(max_examples=60, deadline=None)
@given(file=st.sampled_from(FILES), data=st.data(), noise=st.binary(max_size=6))
def test_arbitrary_bytes_anywhere_are_read_or_refused(
    file: str, data: st.DataObject, noise: bytes
) -> None:
    content = (FOLDER / file).read_bytes()
    at = data.draw(st.integers(0, len(content)))
    found = read(file, content[:at] + noise + content[at + len(noise) :])
    assert isinstance(found, ProvinceFacts) or found.sentences
