"""Read a year from the record, as far as the asking actor may know it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time

from sqlmodel import Session

from scheduler.db import people, published, reports
from scheduler.db.loans import loans
from scheduler.db.report_views import Told
from scheduler.db.views import MeetingFilter, MeetingView, Named
from scheduler.domain.access import SYSTEM, Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.terms import MeetingState, Role
from scheduler.domain.times import AMSTERDAM, local
from scheduler.flows.load.loads import Attended, Load, attended_in_force, attended_within
from scheduler.flows.load.workload import Bearer, Line, workload
from scheduler.flows.mandates.at_meetings import mandates_at_meetings
from scheduler.flows.problem_builder.people import mandates
from scheduler.flows.report_back.due import Terms
from scheduler.flows.voices import heard_at
from scheduler.flows.year_report.facts import (
    AgreedLine,
    LoanLine,
    MandateLine,
    SpokenLine,
    WorkLine,
    YearFacts,
)
from scheduler.flows.year_report.positions import positions_of
from scheduler.policy import PlanningPolicy
from solver.problem import Mandate

_LAST_MINUTE = time(23, 59)


def years_told(session: Session, actor: Actor) -> tuple[int, ...]:
    """The years of which this actor has published meetings, the newest first."""
    found = published.published_meetings(session, actor, MeetingFilter())
    return tuple(sorted({local(each.starts_at).year for each in found}, reverse=True))


def gather_year(
    session: Session,
    actor: Actor,
    year: int,
    organisation_id: str | None,
    *,
    policy: PlanningPolicy,
    terms: Terms,
    at: datetime,
) -> YearFacts:
    """The facts of one year.

    A board reads its own organisation's; who sees all reads each of them, and the province's.

    Raises:
        NotAllowed: the province's is asked for by somebody who doesn't see all.
        NotFound: there is no such organisation, or it isn't the actor's to read.
    """
    days = (date(year, 1, 1), date(year, 12, 31))
    if organisation_id is None:
        actor.must_see_all()
        organisation = None
    else:
        organisation = _own(session, actor, organisation_id)
    reader = Actor(Role.BOARD, organisation.id) if organisation else actor
    period = MeetingFilter(first_day=days[0], last_day=days[1])
    meetings = tuple(
        each
        for each in published.published_meetings(session, reader, period)
        if each.state is MeetingState.PLANNED
    )
    told = tuple(sorted(reports.reports_told(session, reader, period), key=_held))
    known = {each.meeting.id for each in told}
    attended = _attended(session, organisation, days)
    return YearFacts(
        year=year,
        province=people.province_name(session),
        organisation=organisation,
        as_of=local(at).date(),
        meetings=meetings,
        work=_work(session, organisation, attended, days, policy),
        spoken=_spoken(session, meetings, organisation),
        loans=_loans(session, organisation, days),
        unheard=sum(_unheard(each, organisation) for each in meetings),
        positions=positions_of(session, reader, organisation, meetings, told),
        told=told,
        late=sum(terms.is_late(each.meeting, each.report.sent_at) for each in told),
        untold=tuple(
            each
            for each in meetings
            if each.ends_at <= at
            and each.attendees
            and each.id not in known
            and (organisation is None or reports.reads_whole(session, reader, each))
        ),
        agreed=_agreed(told),
        mandates=_mandates(session, organisation, days),
        corporations=_corporations(session, attended, days, policy),
    )


def same_day(at: datetime) -> datetime:
    """The instant for which a report of this day is made, whenever on the day it is asked for."""
    return datetime.combine(local(at).date(), _LAST_MINUTE, AMSTERDAM)


def _own(session: Session, actor: Actor, organisation_id: str) -> Named:
    if actor != Actor(Role.BOARD, organisation_id) and not actor.sees_all:
        raise NotFound("huurdersorganisatie", organisation_id)
    return people.organisation(session, organisation_id)


def _held(told: Told) -> tuple[datetime, str]:
    return told.meeting.starts_at, told.meeting.id


def _attended(
    session: Session, organisation: Named | None, days: tuple[date, date]
) -> tuple[Attended, ...]:
    """The attendances of the year; the actor has been judged by now."""
    inside = attended_within(attended_in_force(session, SYSTEM), *days)
    own = organisation.id if organisation else None
    return tuple(each for each in inside if own in {None, each.organisation_id})


def _work(
    session: Session,
    organisation: Named | None,
    attended: Iterable[Attended],
    days: tuple[date, date],
    policy: PlanningPolicy,
) -> tuple[WorkLine, ...]:
    """The people of one organisation by their labels, or the organisations of the province."""
    bearer = Bearer.REPRESENTATIVE if organisation else Bearer.ORGANISATION
    found = workload(session, SYSTEM, bearer, days, policy, attended=attended).lines
    lines = sorted((each for each in found if each.meetings), key=lambda each: each.name)
    if organisation is None:
        return tuple(_work_line(each) for each in lines)
    board = Actor(Role.BOARD, organisation.id)
    labels = {each.id: each.label for each in people.representatives(session, board)}
    own = (replace(each, name=labels[each.id]) for each in lines if each.id in labels)
    return tuple(_work_line(each) for each in own)


def _corporations(
    session: Session,
    attended: Iterable[Attended],
    days: tuple[date, date],
    policy: PlanningPolicy,
) -> tuple[WorkLine, ...]:
    found = workload(session, SYSTEM, Bearer.CORPORATION, days, policy, attended=attended).lines
    lines = sorted((each for each in found if each.load != Load()), key=lambda each: each.name)
    return tuple(_work_line(each) for each in lines)


def _work_line(line: Line) -> WorkLine:
    load = line.load
    return WorkLine(
        name=line.name,
        meetings=line.meetings,
        meeting=load.meeting,
        preparation=load.preparation,
        travel=load.travel,
        report=load.report,
    )


def _spoken(
    session: Session, meetings: Iterable[MeetingView], organisation: Named | None
) -> tuple[SpokenLine, ...]:
    names = {each.id: each.name for each in people.organisations(session)}
    every = tuple(meetings)
    book = mandates_at_meetings(session, every)
    mandates_at: dict[tuple[str, str], list[str | None]] = defaultdict(list)
    for meeting in every:
        for voice in heard_at(book, meeting):
            parties = (voice.organisation_id, voice.speaker_id)
            if voice.organisation_id == voice.speaker_id or not _concerns(parties, organisation):
                continue
            mandates_at[parties].append(voice.mandate_id)
    lines = [
        SpokenLine(
            organisation=names[giver],
            speaker=names[speaker],
            meetings=len(found),
            carried=sum(each is not None for each in found),
            mandates=tuple(sorted({each for each in found if each is not None})),
        )
        for (giver, speaker), found in mandates_at.items()
    ]
    return tuple(sorted(lines, key=lambda each: (each.organisation, each.speaker)))


def _loans(
    session: Session, organisation: Named | None, days: tuple[date, date]
) -> tuple[LoanLine, ...]:
    reader = Actor(Role.BOARD, organisation.id) if organisation else SYSTEM
    lines = (
        LoanLine(giver=each.giver.name, holder=each.holder.name, minutes=each.within(*days))
        for each in loans(session, reader)
    )
    return tuple(each for each in lines if each.minutes)


def _concerns(parties: tuple[str, str], organisation: Named | None) -> bool:
    return organisation is None or organisation.id in parties


def _unheard(meeting: MeetingView, organisation: Named | None) -> int:
    return sum(organisation in {None, each} for each in meeting.unheard)


def _agreed(told: Iterable[Told]) -> tuple[AgreedLine, ...]:
    lines = [
        AgreedLine(meeting=each.meeting, action=action)
        for each in told
        for action in each.report.actions
    ]
    return tuple(
        sorted(
            lines,
            key=lambda each: (
                each.action.due_on or date.max,
                each.meeting.starts_at,
                each.meeting.id,
                each.action.name,
            ),
        )
    )


def _mandates(
    session: Session, organisation: Named | None, days: tuple[date, date]
) -> tuple[MandateLine, ...]:
    names = {each.id: each.name for each in people.organisations(session)}
    towns = {each.id: each.name for each in people.municipalities(session)}
    lines = [
        _mandate_line(each, names, towns)
        for each in mandates(session)
        if each.first_day <= days[1]
        and days[0] <= each.last_day
        and _concerns((each.giver, each.holder), organisation)
    ]
    return tuple(sorted(lines, key=lambda each: (each.giver, each.holder, each.first_day, each.id)))


def _mandate_line(mandate: Mandate, names: dict[str, str], towns: dict[str, str]) -> MandateLine:
    where, about = mandate.municipalities, mandate.topics
    levels = mandate.levels
    return MandateLine(
        id=mandate.id,
        giver=names[mandate.giver],
        holder=names[mandate.holder],
        municipalities=None if where is None else tuple(sorted(towns[each] for each in where)),
        topics=None if about is None else tuple(sorted(about)),
        levels=None if levels is None else tuple(sorted(str(each.value) for each in levels)),
        first_day=mandate.first_day,
        last_day=mandate.last_day,
    )
