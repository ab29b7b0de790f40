"""Documents for paper: what they say as values, and as a PDF that screen readers can follow."""

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
from scheduler.paper.pdf import pdf_of

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
    "pdf_of",
]
