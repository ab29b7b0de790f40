"""The brief of a meeting: for whoever goes, who plans, and those with whom the table shares it."""

from fastapi import APIRouter, Response

from scheduler.flows.input.brief import brief_of
from scheduler.flows.input.item_brief import SHOWN
from scheduler.flows.input.occasion import Reach
from scheduler.paper import pdf_of
from scheduler.web.context import SignedIn, Visit
from scheduler.web.input.paper import brief_document, heard_sentence
from scheduler.web.rendering import language_of, page
from scheduler.web.words.brief import BriefWords
from scheduler.web.words.terms import Words

router = APIRouter()


@router.get("/overleg/{meeting_id}/inbreng")
def look(visit: SignedIn, meeting_id: str) -> Response:
    """Everybody's positions, item by item."""
    said = _said(visit, meeting_id)
    return page(
        visit,
        "brief.html",
        tab="nu" if not visit.who.sees_all else "rooster",
        m=said.brief.meeting,
        brief=said.brief,
        said=said,
        heard=heard_sentence(said),
        shown=SHOWN,
        Reach=Reach,
    )


@router.get("/overleg/{meeting_id}/inbreng.pdf")
def on_paper(visit: SignedIn, meeting_id: str) -> Response:
    """The same as a file to print or to take along."""
    document = brief_document(_said(visit, meeting_id), made_at=visit.at)
    return Response(
        pdf_of(document),
        media_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="inbreng-{meeting_id}.pdf"',
            "Cache-Control": "no-store",
        },
    )


def _said(visit: Visit, meeting_id: str) -> BriefWords:
    days = visit.context.settings.feeds.input_days
    brief = brief_of(visit.session, visit.who, meeting_id, days, at=visit.at)
    return BriefWords(Words(language_of(visit.request), visit.today), brief)
