"""Made-up report-backs of sample meetings that were held: sent, begun, and one that is late."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from scheduler.db import agenda, people, published, reports
from scheduler.db.input import wants_input
from scheduler.db.tables import Meeting, Representative
from scheduler.db.views import MeetingFilter, MeetingView, Named
from scheduler.domain.access import Actor
from scheduler.domain.terms import Carried, MeetingState, Outcome, ReactionKind, Role
from scheduler.domain.times import local
from scheduler.flows.province.sample.input import POINTS, write_input
from scheduler.flows.report_back.agreements import agreements, set_done
from scheduler.flows.report_back.drafts import keep_report
from scheduler.flows.report_back.fields import kept_fields
from scheduler.flows.report_back.follow import follow_table
from scheduler.flows.report_back.react import answer_reaction, react
from scheduler.flows.report_back.typed import TypedAction, TypedItem, TypedReport
from scheduler.flows.report_back.write import send_report

_BEFORE, _AFTER, _LATER = timedelta(days=14), timedelta(days=2), timedelta(days=1)
_LOOKS_BACK, _LATE = timedelta(weeks=9), timedelta(days=9)
_PREPARED, _FOLLOWERS = 8, 2
_IN_TURN = (Carried.LISTENED, Carried.IN_VAIN, Carried.NOT_RAISED)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Came:
    """What came of a point; `agreed` in words, with the days that there are for it."""

    said: str
    outcome: Outcome = Outcome.HEARD
    agreed: Mapping[str, int] = field(default_factory=dict)


_CAME = {
    "Mantelzorgers krijgen voorrang in heel Drenthe": _Came(
        said="De wethouders zijn voor. De corporaties vragen om een grens: hoogstens één op de "
        "vijf woningen. Daar stemde iedereen mee in.",
        outcome=Outcome.DECIDED,
        agreed={
            "De provincie stuurt de nieuwe regel rond": 10,
            "De huurdersorganisaties leggen de regel uit aan hun leden": 45,
        },
    ),
    "Eén wachtlijst voor de hele provincie": _Came(
        said="Er zijn zorgen over kleine dorpen. De corporaties rekenen dat na.",
        outcome=Outcome.POSTPONED,
        agreed={"De corporaties laten zien wat één lijst voor dorpen betekent": 30},
    ),
    "De huren in wijken die worden verduurzaamd": _Came(
        said="De huur gaat omhoog, maar samen met de energierekening wordt het niet duurder. "
        "De gemeente houdt dat elk jaar bij.",
        outcome=Outcome.DECIDED,
        agreed={
            "De gemeente stuurt de berekening rond": 7,
            "De corporatie belt huurders die toch meer betalen": 60,
        },
    ),
    "Aanpak van vocht en schimmel": _Came(
        said="Er kwamen vorig jaar 212 meldingen. De helft was binnen twee weken opgelost. "
        "De corporatie zoekt een monteur erbij."
    ),
    "Urgentie voor mantelzorgers": _Came(
        said="Iedereen heeft gezegd wat hij ervan vindt. Daarna is er gestemd.",
        outcome=Outcome.DECIDED,
        agreed={"De stuurgroep maakt de uitslag bekend": 14},
    ),
}
_COMING = "Over drie maanden bespreken wij hoe het gaat."
_ELSE = "Iedereen vertelde hoe het ging. Er waren geen vragen."


def add_sample_reports(session: Session, actor: Actor, *, seed: int, at: datetime) -> int:
    """Tell of sample meetings that were held in the last weeks; gives how many reports were sent.

    The newest meeting has a draft, one that is over for longer than there was to write has nothing,
    the others have a report; the newest of them had an agenda and input beforehand. Of the one at
    which most others were spoken for is told most: a decision, what was agreed, a voice that wasn't
    carried across, and what was said back. No mail goes out.

    Raises:
        NotAllowed: the actor doesn't plan for all.
    """
    actor.must_plan_for_all()
    held = _held(session, actor, at)
    for meeting in held[-_PREPARED:]:
        _write_before(session, actor, meeting, seed)
    begun, sent = held[-1:], _without_the_late(held[:-1], at)
    for meeting in begun:
        _begin(session, meeting, at)
    for meeting in sent:
        _tell(session, meeting, at)
        _follow(session, meeting)
    full = [each for each in sent if agenda.agenda_of(session, actor, each.id)]
    if full:
        most = max(full, key=lambda each: (len(reports.spoken_for(each)), each.starts_at))
        _react(session, most, at)
    _finish(session, actor, at)
    return len(sent)


def _held(session: Session, actor: Actor, at: datetime) -> list[MeetingView]:
    samples = set(session.exec(select(Meeting.id).where(col(Meeting.is_sample))))
    period = MeetingFilter(first_day=local(at - _LOOKS_BACK).date(), last_day=local(at).date())
    return [
        each
        for each in published.published_meetings(session, actor, period)
        if each.id in samples
        and each.state is MeetingState.PLANNED
        and each.ends_at <= at
        and each.attendees
    ]


def _without_the_late(meetings: Sequence[MeetingView], at: datetime) -> list[MeetingView]:
    """All but the newest of those for which the time to write is over, if others are left."""
    over = [each for each in meetings if each.ends_at + _LATE <= at]
    late = over[-1:] if len(meetings) > 1 else []
    return [each for each in meetings if each not in late]


def _write_before(session: Session, actor: Actor, meeting: MeetingView, seed: int) -> None:
    """The agenda and the input, as they were there two weeks before; also where they still are."""
    asked = wants_input(meeting) and meeting.level in POINTS
    if asked and not agenda.agenda_of(session, actor, meeting.id):
        write_input(session, actor, meeting, seed=seed, at=meeting.starts_at - _BEFORE)


def _writer(meeting: MeetingView) -> Actor:
    return Actor(Role.REPRESENTATIVE, meeting.attendees[0].representative_id)


def _begin(session: Session, meeting: MeetingView, at: datetime) -> None:
    whole = _typed(session, meeting)
    first, *rest = whole.items
    begun = TypedItem(agenda_item_id=first.agenda_item_id, title=first.title, said=first.said)
    empty = [TypedItem(agenda_item_id=each.agenda_item_id, title=each.title) for each in rest]
    typed = kept_fields(TypedReport(items=(begun, *empty)))
    keep_report(session, _writer(meeting), meeting.id, typed, at=min(at, meeting.ends_at + _LATER))


def _tell(session: Session, meeting: MeetingView, at: datetime) -> None:
    sent_at = min(at, meeting.ends_at + _AFTER)
    send_report(session, _writer(meeting), meeting.id, _typed(session, meeting), at=sent_at)


def _typed(session: Session, meeting: MeetingView) -> TypedReport:
    voices = reports.spoken_for(meeting)
    points = agenda.agenda_of(session, _writer(meeting), meeting.id)
    items = (
        _item(each.id, each.title, number, meeting, voices) for number, each in enumerate(points)
    )
    without = _item("", meeting.title, 0, meeting, voices)
    return TypedReport(items=tuple(items) or (without,), coming=_COMING)


def _item(
    identifier: str, title: str, number: int, meeting: MeetingView, voices: Sequence[Named]
) -> TypedItem:
    came = _CAME.get(title, _Came(said=_ELSE))
    held = local(meeting.starts_at).date()
    return TypedItem(
        agenda_item_id=identifier,
        title=title,
        said=came.said,
        outcome=came.outcome,
        voices={
            each.id: _IN_TURN[(number + place) % len(_IN_TURN)] for place, each in enumerate(voices)
        },
        actions=tuple(
            TypedAction(what=what, due=(held + timedelta(days=days)).isoformat())
            for what, days in came.agreed.items()
        ),
    )


def _react(session: Session, meeting: MeetingView, at: datetime) -> None:
    """Thanks, a question with its answer, and an objection that still waits."""
    writer = _writer(meeting)
    own = people.organisation_of(session, writer)
    others = [each for each in reports.organisations_told(meeting) if each.id != own]
    if not others:
        return
    said_at = min(at, meeting.ends_at + _AFTER + _LATER)
    boards = [Actor(Role.BOARD, others[place % len(others)].id) for place in range(3)]
    react(session, boards[0], meeting.id, ReactionKind.THANKS, "", at=said_at)
    question = react(
        session,
        boards[1],
        meeting.id,
        ReactionKind.QUESTION,
        "Vanaf welke dag geldt dit?",
        at=said_at,
    )
    answer_reaction(session, writer, question, "Vanaf 1 januari.", at=min(at, said_at + _LATER))
    objection = "Wij vroegen ook om een vast nummer om te bellen. Dat lezen wij niet terug."
    react(session, boards[2], meeting.id, ReactionKind.NOT_ASKED, objection, at=said_at)


def _finish(session: Session, actor: Actor, at: datetime) -> None:
    """What had to be done by now is done, all but the last of it; or else one thing before time."""
    today = local(at).date()
    found = agreements(session, actor)
    over = [each for each in found if each.action.due_on is not None and each.action.due_on < today]
    early = [each for each in found if each not in over]
    for each in over[:-1] or early[:1]:
        set_done(session, actor, each.meeting.id, each.action.name, done=True, at=at)


def _follow(session: Session, meeting: MeetingView) -> None:
    """A few sample people whose organisation wasn't there follow the table."""
    row = session.get_one(Meeting, meeting.id)
    told = [each.id for each in reports.organisations_told(meeting)]
    query = select(Representative.id).where(
        col(Representative.is_sample), col(Representative.organisation_id).not_in(told)
    )
    for person in session.exec(query.order_by(Representative.id).limit(_FOLLOWERS)).all():
        if row.table_id is not None:
            reader = Actor(Role.REPRESENTATIVE, person)
            follow_table(session, reader, row.table_id, follows=True, at=meeting.starts_at)
