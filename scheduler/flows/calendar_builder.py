"""Publication rows to calendar entries: what each audience's calendar says about a meeting.

A representative's own calendar speaks to that person and names colleagues. What many can see names
organisations and functions, and a person only who agreed to it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlmodel import Session

from calendars.entry import Entry, Party, Standing
from scheduler.db import answers
from scheduler.db.feeds import Subject
from scheduler.db.input import asked_at_meetings
from scheduler.db.published import published_meetings
from scheduler.db.reports import reported_meetings
from scheduler.db.views import Attendance, FeedChoices, MeetingFilter, MeetingView
from scheduler.domain.access import SYSTEM, Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.terms import Choice, FeedKind, Level, MeetingState, Part, Role
from scheduler.domain.times import local
from scheduler.flows.feeds.deadlines import Deadlines
from scheduler.flows.report_back.agreements import Agreement, agreements
from scheduler.settings import Feeds, Settings

_ALL = FeedChoices()
_LEADS = {Part.DEPUTY: "Vervanger: ", Part.SHADOW: "Loopt mee: "}
_READERS = {FeedKind.REPRESENTATIVE: Role.REPRESENTATIVE, FeedKind.ORGANISATION: Role.BOARD}
_ALARMS = (timedelta(days=1), timedelta(hours=1))
_LEVELS = {
    Level.MUNICIPALITY: "Gemeente",
    Level.PROVINCE: "Provincie",
    Level.CORPORATION: "Woningcorporatie",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """In whose name entries stand.

    Attributes:
        base_url: where our pages are, without a slash at the end.
        address, name: the organiser's; the same that invites by mail (RFC 5546, section 3.2.1).
    """

    base_url: str
    address: str
    name: str

    @classmethod
    def of(cls, settings: Settings) -> "Publisher":
        """The publisher of an installation."""
        return cls(
            base_url=settings.web.url,
            address=settings.mail.sender,
            name=settings.mail.sender_name,
        )

    @property
    def organiser(self) -> Party:
        """The same as the one who invites."""
        return Party(address=f"mailto:{self.address}", name=self.name)


def calendar_entries(
    session: Session,
    subject: Subject,
    window: Feeds,
    publisher: Publisher,
    *,
    at: datetime,
    choices: FeedChoices = _ALL,
) -> tuple[Entry, ...]:
    """What a subject's calendar holds at an instant, by start.

    A meeting that was called off stays for `window.tombstone_days` after its end, so that every
    program has seen that it is off; unless its owner chose that such meetings just go.
    """
    today = local(at).date()
    period = MeetingFilter(
        first_day=today - timedelta(days=window.days_back),
        last_day=today + timedelta(days=window.days_ahead),
    )
    shown = at - timedelta(days=window.tombstone_days)
    alarms = _ALARMS if choices.alarms else ()
    writer = _Writer(subject, publisher.base_url, publisher.organiser, alarms)
    said = _answers(session, subject)
    wanted = [
        meeting
        for meeting in _meetings(session, subject, period)
        if _is_wanted(meeting, subject, choices, said.get(meeting.id), shown)
    ]
    entries = [
        replace(entry, blocks=entry.blocks and said.get(meeting.id) is not Choice.NO)
        for meeting in wanted
        for entry in [writer.entry(meeting)]
    ]
    if choices.deadlines:
        own = [meeting for meeting in wanted if not _stands_by(meeting, subject)]
        days = _input_days(session, subject, own, window)
        agreed = _agreed(session, subject)
        told = reported_meetings(session, [meeting.id for meeting in own])
        entries.extend(_deadlines(own, window, days, publisher, period, agreed=agreed, told=told))
    return tuple(sorted(entries, key=lambda entry: entry.starts_at))


def _input_days(
    session: Session, subject: Subject, meetings: Iterable[MeetingView], window: Feeds
) -> dict[str, date]:
    """Until when input is asked, of who gives it: the bodies that ask aren't told."""
    if subject.kind not in {FeedKind.REPRESENTATIVE, FeedKind.ORGANISATION}:
        return {}
    asked = asked_at_meetings(session, SYSTEM, meetings, window.input_days)
    return {meeting_id: each.last_day for meeting_id, each in asked.items()}


def _agreed(session: Session, subject: Subject) -> tuple[Agreement, ...]:
    """What was agreed in the reports that the calendar's owner may read."""
    role = _READERS.get(subject.kind)
    return agreements(session, Actor(role, subject.id)) if role else ()


def _deadlines(
    meetings: Iterable[MeetingView],
    window: Feeds,
    input_days: Mapping[str, date],
    publisher: Publisher,
    period: MeetingFilter,
    *,
    agreed: Iterable[Agreement],
    told: frozenset[str],
) -> Iterator[Entry]:
    if period.first_day and period.last_day:
        deadlines = Deadlines(
            window=window,
            input_days=input_days,
            told=told,
            base_url=publisher.base_url,
            first_day=period.first_day,
            last_day=period.last_day,
        )
        yield from deadlines.of_meetings(meetings)
        yield from deadlines.of_agreements(agreed)
        yield from deadlines.of_the_law()


def _answers(session: Session, subject: Subject) -> Mapping[str, Choice]:
    if subject.kind is not FeedKind.REPRESENTATIVE:
        return {}
    own = answers.own_answers(session, Actor(Role.REPRESENTATIVE, subject.id), subject.id)
    return {meeting_id: answer.choice for meeting_id, answer in own.items()}


def _is_wanted(
    meeting: MeetingView,
    subject: Subject,
    choices: FeedChoices,
    choice: Choice | None,
    shown: datetime,
) -> bool:
    if meeting.state is MeetingState.CANCELLED:
        return choices.cancelled and meeting.ends_at > shown
    if subject.kind is not FeedKind.REPRESENTATIVE:
        return True
    answered = choice is Choice.YES or choices.unanswered
    return answered and (choices.deputyships or not _stands_by(meeting, subject))


def _stands_by(meeting: MeetingView, subject: Subject) -> bool:
    is_personal = subject.kind is FeedKind.REPRESENTATIVE
    return (
        is_personal
        and meeting.deputy is not None
        and (meeting.deputy.representative_id == subject.id)
    )


def every_entry(
    session: Session, representative_id: str, publisher: Publisher
) -> tuple[tuple[MeetingView, Entry], ...]:
    """Everything that was ever published for a representative and still stands, cancelled or not.

    Nothing here depends on the day: an account has no window.
    """
    subject = Subject(FeedKind.REPRESENTATIVE, representative_id, "")
    writer = _Writer(subject, publisher.base_url, publisher.organiser)
    meetings = _meetings(session, subject, MeetingFilter())
    return tuple((meeting, writer.entry(meeting)) for meeting in meetings)


def copied_entries(session: Session, representative_id: str, base_url: str) -> tuple[Entry, ...]:
    """The same for a server of somebody else's: nobody invites in it, so it invites nobody."""
    subject = Subject(FeedKind.REPRESENTATIVE, representative_id, "")
    meetings = _meetings(session, subject, MeetingFilter())
    return tuple(entry_of(meeting, subject, base_url) for meeting in meetings)


def entry_of(meeting: MeetingView, subject: Subject, base_url: str) -> Entry:
    """One meeting as a subject's calendar shows it, whether or not it is still in there."""
    return _Writer(subject, base_url).entry(meeting)


def _meetings(session: Session, subject: Subject, period: MeetingFilter) -> tuple[MeetingView, ...]:
    actor, wanted = _question(subject, period)
    return published_meetings(session, actor, wanted)


def _question(subject: Subject, period: MeetingFilter) -> tuple[Actor, MeetingFilter]:
    match subject.kind:
        case FeedKind.REPRESENTATIVE:
            asks = Actor(Role.REPRESENTATIVE, subject.id)
            return asks, replace(period, representative=subject.id)
        case FeedKind.MUNICIPALITY:
            return Actor(Role.MUNICIPALITY, subject.id), period
        case FeedKind.CORPORATION:
            return Actor(Role.CORPORATION, subject.id), period
        case FeedKind.ORGANISATION:
            return SYSTEM, replace(period, organisation=subject.id)
        case FeedKind.PROVINCE:
            return SYSTEM, replace(period, level=Level.PROVINCE)
        case FeedKind.PUBLICATIONS:
            raise NotFound("agenda")  # it tells of publications, and holds no meetings


@dataclass(frozen=True, slots=True)
class _Writer:
    """Puts a meeting into one audience's words."""

    subject: Subject
    base_url: str
    organiser: Party | None = None
    alarms: tuple[timedelta, ...] = ()

    @property
    def _is_personal(self) -> bool:
        return self.subject.kind is FeedKind.REPRESENTATIVE

    def entry(self, meeting: MeetingView) -> Entry:
        """One meeting as this audience's calendar shows it."""
        page = f"{self.base_url}/overleg/{meeting.id}"
        own = self._own(meeting)
        cancelled = meeting.state is MeetingState.CANCELLED
        return Entry(
            uid=meeting.uid,
            revision=meeting.revision,
            revised_at=meeting.revised_at,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            title=f"{_LEADS.get(own.part, '')}{meeting.title}" if own else meeting.title,
            description="\n".join([*self._sentences(meeting, own), page]),
            location=_location(meeting, own),
            url=page,
            conference_url=meeting.conference_url,
            categories=_categories(meeting),
            standing=Standing.CANCELLED if cancelled else Standing.CONFIRMED,
            blocks=self._is_personal and not cancelled,
            organiser=self.organiser,
            alarms=self.alarms,
        )

    def _own(self, meeting: MeetingView) -> Attendance | None:
        if not self._is_personal:
            return None
        people = (*meeting.attendees, *filter(None, [meeting.deputy]), *meeting.shadows)
        return next((each for each in people if each.representative_id == self.subject.id), None)

    def _sentences(self, meeting: MeetingView, own: Attendance | None) -> Iterable[str]:
        if own is not None:
            yield _task(meeting, own)
        company = [each for each in meeting.attendees if each is not own]
        if company:
            people = "; ".join(self._called(each) for each in company)
            yield f"{'Ook aan tafel' if own else 'Aan tafel'}: {people}."
        if meeting.deputy is not None and meeting.deputy is not own:
            yield f"Vervanger: {self._called(meeting.deputy)}."
        for shadow in meeting.shadows:
            if shadow is not own:
                yield f"Loopt mee: {self._called(shadow)}."
        if own is None:
            yield from _mandates(meeting)
        # As it was published: the same revision has the same text, whatever is chosen since.
        unheard = [each.organisation.name for each in meeting.voices if each.speaker is None]
        if unheard:
            yield f"Niet gehoord: {enumeration(unheard)}."

    def _called(self, person: Attendance) -> str:
        named = self._is_personal or person.label_is_public
        return f"{person.label if named else 'afgevaardigde'} van {person.organisation.name}"


def _task(meeting: MeetingView, own: Attendance) -> str:
    spoken_for = enumeration(each.name for each in meeting.spoken_for(own.organisation.id))
    if own.part is Part.DEPUTY:
        return "U staat klaar als vervanger."
    if own.part is Part.SHADOW:
        return "U loopt mee om het vak te leren."
    return f"U spreekt namens {spoken_for}." if spoken_for else "U neemt deel."


def _mandates(meeting: MeetingView) -> Iterable[str]:
    for voice in meeting.voices:
        if voice.speaker is not None and voice.speaker != voice.organisation:
            yield f"{voice.speaker.name} spreekt ook namens {voice.organisation.name}."


def _location(meeting: MeetingView, own: Attendance | None) -> str:
    if own is not None and own.online:
        return "Online"
    return ", ".join(filter(None, [meeting.place_name, meeting.address])) or "Online"


def _categories(meeting: MeetingView) -> tuple[str, ...]:
    return tuple(filter(None, [_LEVELS[meeting.level], meeting.table_name]))


def enumeration(names: Iterable[str]) -> str:
    """Names in a Dutch sentence: "A", "A en B", "A, B en C"; empty for none."""
    *most, last = [*names] or [""]
    return f"{', '.join(most)} en {last}" if most else last
