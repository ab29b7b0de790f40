"""Which tables somebody follows, and which of them share the short version with their own body."""

from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse

from scheduler.flows.report_back.follow import follow_table, share_reports, tables_to_follow
from scheduler.web.context import SignedIn
from scheduler.web.rendering import page

router = APIRouter()


@router.get("/tafels")
def look(visit: SignedIn) -> Response:
    """Every table, as it stands for this visitor."""
    return page(
        visit,
        "followed_tables.html",
        tab="terugkoppelingen",
        tables=tables_to_follow(visit.session, visit.who),
        plans=visit.who.plans_for_all,
        follows=not visit.who.sees_all,
    )


@router.post("/tafels")
def choose(
    visit: SignedIn,
    tafel: Annotated[str, Form()] = "",
    volg: Annotated[str, Form()] = "",
    deel: Annotated[str, Form()] = "",
) -> Response:
    """Follow a table or stop; or, for who plans for all, let it share or not."""
    session, who, at = visit.session, visit.who, visit.at
    if deel:
        share_reports(session, who, tafel, shares=deel == "ja", at=at)
    else:
        follow_table(session, who, tafel, follows=volg == "ja", at=at)
    return RedirectResponse("/tafels", status_code=303)
