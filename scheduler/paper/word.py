"""A document as DOCX (ISO/IEC 29500), with real headings and header rows; always the same bytes."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table

from scheduler.paper.document import (
    Bar,
    Block,
    Bullets,
    Document,
    Heading,
    Paragraph,
    Quote,
    Sheet,
)
from scheduler.paper.signs import printable

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The instant of every file inside: the format can say none earlier, and the real one differs."""


def docx_of(document: Document) -> bytes:
    """The document as a Word file."""
    file = docx.Document()
    _describe(file, document)
    file.add_heading(printable(document.title), level=0)
    for block in document.blocks:
        _add(file, block)
    if document.foot:
        file.sections[0].footer.paragraphs[0].text = printable(document.foot)
    whole = BytesIO()
    file.save(whole)
    return _steady(whole.getvalue())


def _describe(file: Docx, document: Document) -> None:
    about = file.core_properties
    about.title, about.language = printable(document.title), document.language
    about.author = about.last_modified_by = printable(document.foot)
    about.created = about.modified = document.made_at.replace(tzinfo=None)
    about.comments, about.revision = "", 1
    fonts = file.styles["Normal"].element.get_or_add_rPr()
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), document.language)
    fonts.append(language)


def _add(file: Docx, block: Block) -> None:
    match block:
        case Heading():
            file.add_heading(printable(block.text), level=block.level)
        case Paragraph():
            _paragraph(file, block)
        case Quote():
            _quote(file, block)
        case Bullets():
            for item in block.items:
                file.add_paragraph(printable(item), style="List Bullet")
        case Sheet():
            _sheet(file, block)
        case Bar():
            file.add_paragraph(printable(block.told))


def _paragraph(file: Docx, block: Paragraph) -> None:
    paragraph = file.add_paragraph()
    if block.lead:
        paragraph.add_run(f"{printable(block.lead)} ").bold = True
    paragraph.add_run(printable(block.text))


def _quote(file: Docx, block: Quote) -> None:
    who = ", ".join(filter(None, [block.by, block.about]))
    file.add_paragraph().add_run(printable(who)).bold = True
    file.add_paragraph(printable(block.text), style="Intense Quote" if block.marked else "Quote")
    for note in block.notes:
        file.add_paragraph(printable(note))


def _sheet(file: Docx, block: Sheet) -> None:
    if block.caption:
        file.add_paragraph(printable(block.caption), style="Caption")
    table = file.add_table(rows=1, cols=len(block.head), style="Table Grid")
    _fill(table, 0, block.head, block, bold=True)
    # Word repeats this row on each page, and a screen reader takes it for the header.
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - no other way
    for number, row in enumerate(block.rows, start=1):
        table.add_row()
        _fill(table, number, row, block, bold=False)


def _fill(table: Table, number: int, texts: tuple[str, ...], block: Sheet, *, bold: bool) -> None:
    for column, (cell, text) in enumerate(zip(table.rows[number].cells, texts, strict=True)):
        paragraph = cell.paragraphs[0]
        paragraph.add_run(printable(text)).bold = bold or None
        if column in block.numeric:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _steady(file: bytes) -> bytes:
    """The same parts in the same order, without the clock's time in them."""
    whole = BytesIO()
    with ZipFile(BytesIO(file)) as before, ZipFile(whole, "w", ZIP_DEFLATED) as after:
        for name in sorted(
            before.namelist(), key=lambda each: (each != "[Content_Types].xml", each)
        ):
            entry = ZipInfo(name, _EARLIEST)
            entry.compress_type, entry.create_system = ZIP_DEFLATED, 3
            after.writestr(entry, before.read(name))
    return whole.getvalue()
