"""What a mail says, once: the same sentences as plain text and as HTML."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from scheduler.domain.times import local


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A mail's words. `facts` are shown as a list of term and value; `link` stands by itself.

    `off_link` is where its reader says that they want no more of these.
    """

    subject: str
    sentences: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()
    link: str = ""
    link_text: str = ""
    closing: tuple[str, ...] = ()
    off_link: str = ""
    off_text: str = ""

    @property
    def text(self) -> str:
        """As plain text."""
        return _templates().get_template("letter.txt").render(w=self)

    @property
    def html(self) -> str:
        """As a whole HTML document, without anything that is fetched from elsewhere."""
        return _templates().get_template("letter.html").render(w=self)


def moment(starts_at: datetime, ends_at: datetime) -> str:
    """A span on the province's clock: donderdag 18 maart 2027, 13.30 tot 15.30 uur."""
    begin, end = local(starts_at), local(ends_at)
    day = format_date(begin.date(), "EEEE d MMMM y", locale="nl")
    return f"{day}, {begin:%H.%M} tot {end:%H.%M} uur"


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
