"""Reading what was told of meetings, reacting to it, and what was agreed."""

from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse

from scheduler.db import reports
from scheduler.domain.links import Links
from scheduler.flows.report_back.agreements import agreements, set_done
from scheduler.flows.report_back.due import Terms
from scheduler.flows.report_back.links import open_reading_link
from scheduler.web.context import Anyone, SignedIn, Visit
from scheduler.web.rendering import page
from scheduler.web.reports.reader import ReportReader
from scheduler.web.requests.forms import SentForm

router = APIRouter()

_MOST = 50
"""How many are listed; earlier ones stand on their meetings' own pages."""


@router.get("/terugkoppelingen")
def told(visit: SignedIn) -> Response:
    """What this visitor has to tell, and what there is to read."""
    terms = Terms.of(visit.context.settings)
    session, who = visit.session, visit.who
    found = reports.reports_told(session, who)
    return page(
        visit,
        "reports.html",
        tab="terugkoppelingen",
        waiting=reports.waiting_reports(
            session, who, since=terms.asked_since(visit.at), at=visit.at
        ),
        reactions=reports.waiting_reactions(session, who),
        titles={each.meeting.id: each.meeting.title for each in found},
        found=found[:_MOST],
        shorts=reports.shorts_told(session, who)[:_MOST],
        terms=terms,
    )


@router.get("/overleg/{meeting_id}/terugkoppeling")
def read(visit: SignedIn, meeting_id: str, klaar: str = "", gezegd: str = "") -> Response:
    """One report: whole, or in short."""
    done = "klaar" if klaar else "gezegd" if gezegd else ""
    return _signed_in(visit, meeting_id).show(done=done)


@router.post("/overleg/{meeting_id}/terugkoppeling/reactie")
def say(visit: SignedIn, meeting_id: str, sent: SentForm) -> Response:
    """React to it."""
    return _signed_in(visit, meeting_id).say(sent)


@router.post("/overleg/{meeting_id}/terugkoppeling")
def answer(visit: SignedIn, meeting_id: str, sent: SentForm) -> Response:
    """Answer a reaction."""
    return _signed_in(visit, meeting_id).answer(sent)


@router.get("/teruggekoppeld/{token}")
def read_by_link(visit: Anyone, token: str, gezegd: str = "") -> Response:
    """One report, by the link in the mail. Looking changes nothing."""
    return _by_link(visit, token).show(done="gezegd" if gezegd else "")


@router.post("/teruggekoppeld/{token}/reactie")
def say_by_link(visit: Anyone, token: str, sent: SentForm) -> Response:
    """React to it, by the link in the mail."""
    return _by_link(visit, token).say(sent)


@router.get("/afspraken")
def agreed(visit: SignedIn) -> Response:
    """What was agreed, and whether it is done."""
    found = agreements(visit.session, visit.who)
    return page(
        visit,
        "agreements.html",
        tab="terugkoppelingen",
        open=[each for each in found if not each.is_done],
        done=[each for each in found if each.is_done][-_MOST:],
        may=not (visit.who.only_reads or visit.who.asks),
    )


@router.post("/afspraken")
def finish(
    visit: SignedIn,
    overleg: Annotated[str, Form()] = "",
    afspraak: Annotated[str, Form()] = "",
    gedaan: Annotated[str, Form()] = "",
) -> Response:
    """Say that something is done, or isn't after all."""
    set_done(visit.session, visit.who, overleg, afspraak, done=gedaan == "ja", at=visit.at)
    return RedirectResponse("/afspraken", status_code=303)


def _signed_in(visit: Visit, meeting_id: str) -> ReportReader:
    base = f"/overleg/{meeting_id}/terugkoppeling"
    return ReportReader(
        visit=visit, actor=visit.who, meeting_id=meeting_id, base=base, write=f"{base}/schrijven"
    )


def _by_link(visit: Visit, token: str) -> ReportReader:
    actor, meeting_id = open_reading_link(visit.session, Links(visit.context.key), token)
    return ReportReader(
        visit=visit, actor=actor, meeting_id=meeting_id, base=f"/teruggekoppeld/{token}"
    )
