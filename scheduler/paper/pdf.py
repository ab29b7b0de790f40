"""A document as PDF: tagged for screen readers (PDF/UA-1), and the same bytes for the same text.

Typst sets it: it writes tags, needs nothing installed beside its own wheel, and takes what is said
as data, so that nobody's words can become markup.
"""

import json
import unicodedata
from dataclasses import asdict
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from scheduler.paper.document import Block, Document, Sheet

_STYLE = Path(__file__).with_name("paper.typ")
_ACCESSIBLE = "ua-1"
_UNPRINTABLE = {"Cc", "Cf", "Cn", "Co", "Cs"}
# A compiler sets one document at a time.
_turn = Lock()


def pdf_of(document: Document) -> bytes:
    """The document as a PDF file of A4 pages.

    A sign that our letter lacks, such as an emoji, is set with whatever the machine has. The file
    is tagged all the same, but PDF/UA-1 demands that every sign can be shown, so it isn't claimed.
    """
    said = json.dumps(_plain(document), ensure_ascii=False)
    moment = int(document.made_at.timestamp())
    with _turn:
        try:
            return _set(_compiler(own_letter=True), said, moment, [_ACCESSIBLE])
        except typst.TypstError:
            return _set(_compiler(own_letter=False), said, moment, [])


def _set(compiler: typst.Compiler, said: str, moment: int, standards: list[Any]) -> bytes:
    made = compiler.compile(
        sys_inputs={"document": said}, format="pdf", pdf_standards=standards, timestamp=moment
    )
    if not isinstance(made, bytes):
        raise TypeError("one document gives one file")
    return made


@cache
def _compiler(*, own_letter: bool) -> typst.Compiler:
    """Kept, because reading the fonts costs most; `own_letter` leaves those of the machine out."""
    return typst.Compiler(_STYLE, ignore_system_fonts=own_letter)


def _plain(document: Document) -> Any:
    return _printable(
        {
            "title": document.title,
            "language": document.language,
            "foot": document.foot,
            "blocks": [_block(each) for each in document.blocks],
        }
    )


def _block(block: Block) -> dict[str, Any]:
    plain = asdict(block) | {"kind": block.kind}
    if isinstance(block, Sheet):
        plain["numeric"] = sorted(block.numeric)
    return plain


def _printable(value: Any) -> Any:
    """The same without the signs that stand for no sign, which can't be set."""
    if isinstance(value, str):
        return "".join(each for each in value if _is_printable(each))
    if isinstance(value, dict):
        return {name: _printable(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(each) for each in value]
    return value


def _is_printable(sign: str) -> bool:
    return sign == "\n" or unicodedata.category(sign) not in _UNPRINTABLE
