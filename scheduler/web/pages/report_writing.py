"""Telling what was said at a meeting: signed in, or by the link in the mail."""

from fastapi import APIRouter, Response

from scheduler.domain.links import Links
from scheduler.flows.report_back.links import open_writing_link
from scheduler.flows.report_back.write import newest_of, to_report
from scheduler.web.context import Anyone, SignedIn, Visit
from scheduler.web.reports.reader import ReportReader
from scheduler.web.reports.writer import ReportWriter
from scheduler.web.requests.forms import SentForm

router = APIRouter()


@router.get("/overleg/{meeting_id}/terugkoppeling/schrijven")
def write(visit: SignedIn, meeting_id: str) -> Response:
    """The form."""
    return _signed_in(visit, meeting_id).show()


@router.post("/overleg/{meeting_id}/terugkoppeling/schrijven")
def keep(visit: SignedIn, meeting_id: str, sent: SentForm) -> Response:
    """Keep what was typed; the button says what comes next."""
    return _signed_in(visit, meeting_id).take(sent)


@router.get("/overleg/{meeting_id}/terugkoppeling/schrijven/nalezen")
def look_over(visit: SignedIn, meeting_id: str) -> Response:
    """Read it over, with the short version."""
    return _signed_in(visit, meeting_id).look_over()


@router.post("/overleg/{meeting_id}/terugkoppeling/schrijven/nalezen")
def send(visit: SignedIn, meeting_id: str, sent: SentForm) -> Response:
    """Send it."""
    return _signed_in(visit, meeting_id).send(sent)


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


@router.get("/verslag/{token}/schrijven")
def correct_by_link(visit: Anyone, token: str) -> Response:
    """The form, also to correct what was sent."""
    return _by_link(visit, token).show()


@router.post("/verslag/{token}/schrijven")
def keep_by_link(visit: Anyone, token: str, sent: SentForm) -> Response:
    """Keep what was typed; the button says what comes next."""
    return _by_link(visit, token).take(sent)


@router.get("/verslag/{token}/schrijven/nalezen")
def look_over_by_link(visit: Anyone, token: str) -> Response:
    """Read it over, with the short version."""
    return _by_link(visit, token).look_over()


@router.post("/verslag/{token}/schrijven/nalezen")
def send_by_link(visit: Anyone, token: str, sent: SentForm) -> Response:
    """Send it."""
    return _by_link(visit, token).send(sent)


def _signed_in(visit: Visit, meeting_id: str) -> ReportWriter:
    meeting = to_report(visit.session, visit.who, meeting_id, at=visit.at)
    home = f"/overleg/{meeting_id}/terugkoppeling"
    return ReportWriter(
        visit=visit, actor=visit.who, meeting=meeting, base=f"{home}/schrijven", home=home
    )


def _by_link(visit: Visit, token: str) -> ReportWriter:
    found = open_writing_link(visit.session, Links(visit.context.key), token, at=visit.at)
    home = f"/verslag/{token}"
    return ReportWriter(
        visit=visit,
        actor=found.actor,
        meeting=found.meeting,
        base=f"{home}/schrijven",
        home=home,
    )


def _reader(visit: Visit, writer: ReportWriter) -> ReportReader:
    return ReportReader(
        visit=visit,
        actor=writer.actor,
        meeting_id=writer.meeting.id,
        base=writer.home,
        write=writer.base,
    )
