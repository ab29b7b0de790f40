"""Documents for paper: what they say as values, and as PDF, HTML or DOCX."""

from scheduler.paper.document import (
    Bar,
    BarPart,
    Block,
    Bullets,
    Document,
    Heading,
    Paragraph,
    Quote,
    Shade,
    Sheet,
)
from scheduler.paper.page import html_of
from scheduler.paper.pdf import pdf_of
from scheduler.paper.word import docx_of

__all__ = [
    "Bar",
    "BarPart",
    "Block",
    "Bullets",
    "Document",
    "Heading",
    "Paragraph",
    "Quote",
    "Shade",
    "Sheet",
    "docx_of",
    "html_of",
    "pdf_of",
]
