"""What is wrong in a file of data or settings: where, what was expected, and what stands there."""

from dataclasses import dataclass

from scheduler.domain.errors import BadInput, Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault.

    Attributes:
        file: the file's name, without its folder.
        expected: what should stand there; begins in lower case and has no full stop.
        found: what does stand there; None where nothing does.
        row: the line in the file, the first being 1; None where no line is meant.
        column: the column's name, or the setting's; None where the whole line or file is meant.
    """

    file: str
    expected: Sentence
    found: str | None = None
    row: int | None = None
    column: str | None = None

    @property
    def sentence(self) -> Sentence:
        """The fault in words."""
        return Sentence(
            _line(self, _DUTCH, self.expected.nl),
            _line(self, _ENGLISH, self.expected.en),
        )


class BadFile(BadInput):
    """A file can't be used; every fault in it at once."""

    def __init__(self, *faults: Fault) -> None:
        """Keep the faults, and their sentences."""
        super().__init__(*(fault.sentence for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class _Words:
    line: str
    column: str
    setting: str
    expected: str
    found: str


_DUTCH = _Words("regel", "kolom", "instelling", "verwacht:", "gevonden")
_ENGLISH = _Words("line", "column", "setting", "expected", "found")
_LONGEST = 60


def _line(fault: Fault, words: _Words, expected: str) -> str:
    place = [fault.file]
    if fault.row is not None:
        place.append(f"{words.line} {fault.row}")
    if fault.column is not None:
        place.append(f"{words.setting if fault.row is None else words.column} {fault.column}")
    ending = "" if fault.found is None else f"; {words.found}: {_short(fault.found)}"
    return f"{', '.join(place)}: {words.expected} {expected}{ending}."


def _short(text: str) -> str:
    return repr(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…")
