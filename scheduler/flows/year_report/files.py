"""A year report as a file: HTML, PDF or DOCX."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session

from scheduler.domain.access import Actor
from scheduler.flows.report_back.due import Terms
from scheduler.flows.year_report.document import year_document
from scheduler.flows.year_report.gather import gather_year, same_day
from scheduler.paper import docx_of, html_of, pdf_of
from scheduler.policy import PlanningPolicy


class Kind(StrEnum):
    """What kind of file it becomes, by how its name ends."""

    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"

    @property
    def media_type(self) -> str:
        """As IANA names it."""
        return _MEDIA_TYPES[self]


_MEDIA_TYPES = {
    Kind.HTML: "text/html; charset=utf-8",
    Kind.PDF: "application/pdf",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_MAKERS = {Kind.HTML: html_of, Kind.PDF: pdf_of, Kind.DOCX: docx_of}


@dataclass(frozen=True, slots=True, kw_only=True)
class YearFile:
    """A file with its name."""

    name: str
    content: bytes


def year_file(
    session: Session,
    actor: Actor,
    year: int,
    organisation_id: str | None,
    kind: Kind,
    *,
    policy: PlanningPolicy,
    terms: Terms,
    at: datetime,
) -> YearFile:
    """A year's report as a file; the same record on the same day gives the same bytes.

    Raises:
        NotAllowed: the province's is asked for by somebody who doesn't see all.
        NotFound: there is no such organisation, or it isn't the actor's to read.
    """
    facts = gather_year(
        session, actor, year, organisation_id, policy=policy, terms=terms, at=same_day(at)
    )
    return YearFile(
        name=f"jaarverslag-{year}-{organisation_id or 'provincie'}.{kind}",
        content=_MAKERS[kind](year_document(facts)),
    )
