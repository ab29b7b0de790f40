"""What a document says, block by block, whatever it becomes: a PDF, or another kind of file."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

_DEEPEST = 4


class Shade(StrEnum):
    """How a part of a bar is filled; on paper they differ without colour."""

    FULL = "full"
    HALF = "half"
    BLACK = "black"
    PALE = "pale"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading under the title; level 1 is the highest, and no level is skipped."""

    kind: ClassVar[str] = "heading"
    text: str
    level: int = 1

    def __post_init__(self) -> None:
        """Refuse a level that there isn't."""
        if not 1 <= self.level <= _DEEPEST:
            raise ValueError(f"a heading has a level from 1 to {_DEEPEST}, not {self.level}")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `lead` stands before it in bold."""

    kind: ClassVar[str] = "paragraph"
    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's own words, with who says so and what is to be known of that one.

    `marked` gives it a thick line: nobody may pass it over.
    """

    kind: ClassVar[str] = "quote"
    by: str
    about: str
    text: str
    notes: tuple[str, ...] = ()
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    kind: ClassVar[str] = "bullets"
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: each row has as many cells as the head, and its first cell says what it is about.

    `numeric` are the columns, counted from 0, that hold figures.
    """

    kind: ClassVar[str] = "sheet"
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    numeric: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        """Refuse a row that doesn't fit."""
        if any(len(row) != len(self.head) for row in self.rows):
            raise ValueError(f"every row has {len(self.head)} cells")


@dataclass(frozen=True, slots=True)
class BarPart:
    """A part of a bar, in any unit; `name` stands beside the legend."""

    name: str
    size: int
    shade: Shade


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar in parts, with a stroke at the half; `told` says the same in words."""

    kind: ClassVar[str] = "bar"
    parts: tuple[BarPart, ...]
    told: str


Block = Heading | Paragraph | Quote | Bullets | Sheet | Bar


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole document.

    Attributes:
        title: its name, which also stands above it.
        language: of its text, as in HTML (`nl`, `en`).
        made_at: the instant that stands in it as its date; the same document gives the same file.
        blocks: what it says, in order.
        foot: what stands at the foot of each page, beside its number.
    """

    title: str
    language: str
    made_at: datetime
    blocks: tuple[Block, ...]
    foot: str = field(default="")
