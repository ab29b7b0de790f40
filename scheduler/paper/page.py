"""A document as one HTML file that stands by itself: accessible, printable, nothing fetched."""

from functools import cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from scheduler.domain.times import local
from scheduler.paper.document import Document


def html_of(document: Document) -> bytes:
    """The document as an HTML file in UTF-8; the same document gives the same bytes."""
    template = _templates().get_template("document.html")
    day = format_date(local(document.made_at).date(), "d MMMM y", locale=_locale(document))
    return template.render(d=document, day=day).encode()


def _locale(document: Document) -> Locale:
    return Locale.parse(document.language)


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
