"""Sending a report-back: a new version each time, so that what was told before stays to be seen."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from scheduler.db import audits, people, published, reports
from scheduler.db.report_views import ActionView, ReportView
from scheduler.db.tables import ReportAction, ReportBack, ReportItem, ReportVoice
from scheduler.db.views import MeetingView
from scheduler.domain.access import Actor, Right
from scheduler.domain.errors import AanTafelError, NotFound, Sentence
from scheduler.domain.terms import Carried, MeetingState, Outcome, Role
from scheduler.flows.report_back.short import short_version
from scheduler.flows.report_back.typed import TypedItem, TypedReport, again
from scheduler.flows.requests.request_reading import BadRequest


class SentMeanwhile(AanTafelError):
    """A colleague sent the report, or corrected it, while this one was being written."""

    def __init__(self) -> None:
        """Say that nothing is lost, and what to do."""
        super().__init__(
            Sentence(
                "Een collega heeft deze terugkoppeling net verstuurd. Uw tekst is bewaard. "
                "Lees eerst wat er nu staat.",
                "A colleague has just sent this report. Your text is kept. "
                "Read first what it says now.",
            )
        )


def to_report(session: Session, actor: Actor, meeting_id: str, *, at: datetime) -> MeetingView:
    """A meeting of which this representative can tell: attended, and over.

    Raises:
        NotAllowed: only who attends meetings tells of them.
        NotFound: they didn't attend it, or it isn't over or was called off.
    """
    actor.must(Right.ATTEND)
    meeting = published.published_meeting(session, actor, meeting_id)
    was_there = any(each.representative_id == actor.subject for each in meeting.attendees)
    held = meeting.state is MeetingState.PLANNED and meeting.ends_at <= at
    if actor.role is not Role.REPRESENTATIVE or not was_there or not held:
        raise NotFound("overleg", meeting_id)
    return meeting


def newest_of(session: Session, actor: Actor, meeting_id: str) -> ReportView | None:
    """The report that was sent, for who may read it; None before."""
    try:
        return reports.report_of(session, actor, meeting_id).report
    except NotFound:
        return None


def send_report(
    session: Session, actor: Actor, meeting_id: str, typed: TypedReport, *, at: datetime
) -> ReportView:
    """Send a report, or a correction of it; the same once more changes nothing.

    What was done of what had been agreed stays done where the words are the same.

    Raises:
        NotAllowed: only who attends meetings tells of them.
        NotFound: it isn't theirs to tell of.
        BadRequest: something is missing; each fault by its field.
        SentMeanwhile: somebody else sent one after this one was begun.
    """
    meeting = to_report(session, actor, meeting_id, at=at)
    before = newest_of(session, actor, meeting_id)
    written = typed.written
    if before is not None and _says_the_same(before, written):
        return before
    if (before.version if before else 0) != typed.based_on:
        raise SentMeanwhile
    voices = reports.spoken_for(meeting)
    if faults := typed.faults(voices):
        raise BadRequest(faults)
    version = typed.based_on + 1
    row = ReportBack(
        meeting_id=meeting_id,
        version=version,
        writer_id=people.representative(session, actor, actor.subject or "").id,
        sent_at=at,
        coming=written.coming,
        short=written.short or short_version(written),
        why=written.why,
    )
    _keep(session, row, written, voices={each.id for each in voices}, earlier=_done(before))
    act = "correct" if before else "send"
    audits.record(
        session, actor, act, noun="report", noun_id=meeting_id, at=at, detail=f"version {version}"
    )
    return reports.newest_reports(session, [meeting_id])[meeting_id]


def _says_the_same(before: ReportView, written: TypedReport) -> bool:
    old = again(before).written
    short = written.short or short_version(written)
    return (old.items, old.coming, old.short) == (written.items, written.coming, short)


def _done(before: ReportView | None) -> Mapping[tuple[str, str], ActionView]:
    if before is None:
        return {}
    return {(item.title, each.what): each for item in before.items for each in item.actions}


def _keep(
    session: Session,
    row: ReportBack,
    written: TypedReport,
    *,
    voices: set[str],
    earlier: Mapping[tuple[str, str], ActionView],
) -> None:
    session.add(row)
    try:
        session.flush()
    except IntegrityError as error:  # the same version by somebody else, in the same moment
        raise SentMeanwhile from error
    for position, item in enumerate(written.items):
        session.add(
            ReportItem(
                report_id=row.id,
                position=position,
                agenda_item_id=item.agenda_item_id or None,
                title=item.title,
                said=item.said if item.was_discussed else "",
                outcome=Outcome(item.outcome),
            )
        )
    session.flush()
    for position, item in enumerate(written.items):
        session.add_all(_voices(row.id, position, item, voices))
        session.add_all(_actions(row, position, item, earlier))
    session.flush()


def _voices(report_id: int, position: int, item: TypedItem, voices: set[str]) -> list[ReportVoice]:
    """A point that wasn't discussed carried nobody's voice."""
    return [
        ReportVoice(
            report_id=report_id,
            position=position,
            organisation_id=each,
            carried=Carried(item.voices[each]) if item.was_discussed else Carried.NOT_RAISED,
        )
        for each in sorted(voices)
    ]


def _actions(
    report: ReportBack,
    position: int,
    item: TypedItem,
    earlier: Mapping[tuple[str, str], ActionView],
) -> list[ReportAction]:
    rows = []
    for place, each in enumerate(item.agreed):
        same = earlier.get((item.title, each.what))
        rows.append(
            ReportAction(
                report_id=report.id,
                position=position,
                place=place,
                what=each.what,
                due_on=each.due_on,
                done_at=same.done_at if same else None,
                changed_at=report.sent_at,
            )
        )
    return rows
