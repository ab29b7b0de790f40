"""Telling what was said at a meeting: signed in, or by the link in the mail."""

from fastapi import APIRouter, Response

from scheduler.domain.links import Links
from scheduler.flows.report_back.links import open_writing_link
from scheduler.flows.report_back.write import newest_of, to_report
from scheduler.web.context import Anyone, SignedIn
from scheduler.web.pages.report_doors import add_writing
from scheduler.web.reports.reader import ReportReader
from scheduler.web.reports.writer import ReportWriter
from scheduler.web.requests.forms import SentForm

router = APIRouter()


@router.get("/verslag/{token}")
def write_by_link(visit: Anyone, token: str, klaar: str = "", gezegd: str = "") -> Response:
    """The form, or what was sent where that has happened. Looking changes nothing."""
    writer = _by_link(visit, token)
    if newest_of(visit.session, writer.actor, writer.meeting.id) is None:
        return writer.show()
    return _reader(visit, writer).show(done="klaar" if klaar else "gezegd" if gezegd else "")


@router.post("/verslag/{token}")
def answer_by_link(visit: Anyone, token: str, sent: SentForm) -> Response:
    """Answer a reaction."""
    return _reader(visit, _by_link(visit, token)).answer(sent)


def _signed_in(visit: SignedIn, meeting_id: str) -> ReportWriter:
    meeting = to_report(visit.session, visit.who, meeting_id, at=visit.at)
    home = f"/overleg/{meeting_id}/terugkoppeling"
    return ReportWriter(
        visit=visit, actor=visit.who, meeting=meeting, base=f"{home}/schrijven", home=home
    )


def _by_link(visit: Anyone, token: str) -> ReportWriter:
    found = open_writing_link(visit.session, Links(visit.context.key), token, at=visit.at)
    home = f"/verslag/{token}"
    return ReportWriter(
        visit=visit,
        actor=found.actor,
        meeting=found.meeting,
        base=f"{home}/schrijven",
        home=home,
    )


def _reader(visit: Anyone, writer: ReportWriter) -> ReportReader:
    return ReportReader(
        visit=visit,
        actor=writer.actor,
        meeting_id=writer.meeting.id,
        base=writer.home,
        write=writer.base,
    )


add_writing(router, "/overleg/{meeting_id}/terugkoppeling/schrijven", _signed_in)
add_writing(router, "/verslag/{token}/schrijven", _by_link)
