"""What questions are answered with: frozen values, already narrowed to what the actor may see."""

from dataclasses import dataclass, field
from datetime import date, datetime

from scheduler.domain.terms import (
    ChangeKind,
    Character,
    ImportOutcome,
    Level,
    MeetingState,
    Mode,
    Part,
    ProposalState,
    RequestState,
)


@dataclass(frozen=True, slots=True)
class Named:
    """Something by its identifier and its name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """Somebody who comes, or stands by.

    `label` is how this actor may know the person: a colleague's label, or only the function
    ("Afgevaardigde") for those outside who haven't been given it. `label_is_public` says whether
    the person agreed to be named in what others share.
    """

    representative_id: str
    label: str
    label_is_public: bool
    organisation: Named
    part: Part
    online: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceHeard:
    """An interested organisation; `speaker` is who speaks for it, None where nobody does.

    `leaves_alone` says that nobody needs to: it has chosen to take no part there.
    """

    organisation: Named
    speaker: Named | None
    weight: int
    leaves_alone: bool = False

    @property
    def is_missed(self) -> bool:
        """Whether somebody should speak for it and nobody does."""
        return self.speaker is None and not self.leaves_alone


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingView:
    """A published meeting with its people. Instants are in UTC, ends exclusive.

    `uid`, `revision` and `revised_at` are its name and state for calendars. `travel_minutes` is one
    way from the asking representative's home, where that is who asks.
    """

    id: str
    uid: str
    revision: int
    revised_at: datetime
    title: str
    table_name: str | None
    level: Level
    character: Character
    municipality: Named | None
    corporation: Named | None
    mode: Mode
    place_name: str | None
    address: str | None
    conference_url: str | None
    starts_at: datetime
    ends_at: datetime
    seats_min: int
    seats_max: int
    deputy_wanted: bool
    state: MeetingState
    attendees: tuple[Attendance, ...] = ()
    deputy: Attendance | None = None
    shadows: tuple[Attendance, ...] = ()
    voices: tuple[VoiceHeard, ...] = ()
    travel_minutes: int | None = None

    @property
    def empty_seats(self) -> int:
        """Seats that should be taken and aren't."""
        return max(0, self.seats_min - len(self.attendees))

    @property
    def unheard(self) -> tuple[Named, ...]:
        """Interested organisations for which nobody speaks, but for who leaves it alone."""
        return tuple(voice.organisation for voice in self.voices if voice.is_missed)

    @property
    def left_alone(self) -> tuple[Named, ...]:
        """Who has chosen to take no part since it was published."""
        return tuple(voice.organisation for voice in self.voices if voice.leaves_alone)

    @property
    def has_gap(self) -> bool:
        """Whether a seat is empty or an organisation isn't heard, at a meeting still on."""
        on = self.state is MeetingState.PLANNED
        # Asked of every meeting of every year by a page: nothing is made that isn't shown.
        return on and (
            len(self.attendees) < self.seats_min or any(voice.is_missed for voice in self.voices)
        )

    @property
    def lacks_deputy(self) -> bool:
        """Whether a deputy is wanted and nobody stands by."""
        return self.deputy_wanted and self.deputy is None

    def spoken_for(self, organisation_id: str) -> tuple[Named, ...]:
        """Those for whom this organisation speaks here, itself included."""
        return tuple(
            voice.organisation
            for voice in self.voices
            if voice.speaker is not None and voice.speaker.id == organisation_id
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItemView:
    """One point of a meeting's agenda: what it is about, and what the tenants are asked.

    `links` are the addresses of its papers, `files` were added to it.
    """

    id: str
    title: str
    summary: str
    question: str
    links: tuple[str, ...] = ()
    files: tuple["PaperView", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFilter:
    """Which published meetings are wanted; None asks for all. Days are local and inclusive."""

    first_day: date | None = None
    last_day: date | None = None
    municipality: str | None = None
    region: str | None = None
    organisation: str | None = None
    representative: str | None = None
    table: str | None = None
    level: Level | None = None
    gaps_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationView:
    """A publication, and how many meetings it changed in which way."""

    number: int
    published_at: datetime
    first_day: date
    last_day: date
    changes: dict[ChangeKind, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedMeeting:
    """A meeting that a publication changed, as that publication says it; instants in UTC."""

    meeting_id: str
    title: str
    starts_at: datetime
    ends_at: datetime
    kinds: tuple[ChangeKind, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RepresentativeView:
    """A representative as this person and the coordinator see it; minutes over a whole year."""

    id: str
    label: str
    organisation: Named
    home_name: str
    target_minutes_per_year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DwellingsView:
    """Dwellings of an organisation's tenants in a municipality; `number` None is unknown."""

    organisation: Named
    corporation: Named
    municipality: Named
    number: int | None
    planned_as: int
    year: str
    source: str
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedChoices:
    """What a feed's owner wants to see in it.

    Attributes:
        alarms: reminders; programs have their own, so there are none unless asked for.
        deputyships: meetings at which one only stands by.
        unanswered: meetings to which one hasn't said yes.
        cancelled: what was called off, for a while; otherwise it just goes.
        deadlines: the last days for input and report-back, and those of the law.
    """

    alarms: bool = False
    deputyships: bool = True
    unanswered: bool = True
    cancelled: bool = True
    deadlines: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedView:
    """A feed as its owner sees it; without address while that is withdrawn."""

    id: str
    kind: str
    subject_id: str
    name: str
    url: str
    last_fetched_at: datetime | None
    last_client: str
    choices: FeedChoices = FeedChoices()

    @property
    def is_open(self) -> bool:
        """Whether anybody can read it."""
        return bool(self.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeView:
    """A possible time; without instants only the local day is known. Ends exclusive, in UTC."""

    day: date
    starts_at: datetime | None
    ends_at: datetime | None
    end_is_assumed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperView:
    """A file that was sent along; `size` in bytes."""

    id: str
    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalView:
    """Other times that were proposed to the asker, and what came of it."""

    id: int
    state: ProposalState
    note: str
    answer: str
    made_at: datetime
    times: tuple[TimeView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestView:
    """A request for tenants at the table.

    `asker` is the municipality or corporation, None for the province. `papers` are addresses,
    `files` were sent along. `proposal` is the newest, open or answered. `changed_at` is when
    anything last happened to it, and `reference` the asker's own name for it.
    `notice_days` and `notice_clock` are there where the notice is too short for that legal clock.
    `needs_look` says that a calendar now says something else than what was planned, `is_dropped`
    that it has dropped it.
    """

    id: str
    level: Level
    asker: Named | None
    title: str
    table_name: str | None
    character: Character
    mode: Mode
    place: str
    question: str
    papers: tuple[str, ...]
    organisations: tuple[Named, ...] | None
    contact: str
    answer_until: date | None
    state: RequestState
    reason: str
    notice_days: int | None
    notice_clock: str | None
    is_imported: bool
    import_id: int | None
    needs_look: bool
    is_dropped: bool
    meeting_id: str | None
    created_at: datetime
    changed_at: datetime
    moved_at: datetime | None
    times: tuple[TimeView, ...]
    table_id: str | None = None
    conference_url: str | None = None
    reference: str = ""
    files: tuple[PaperView, ...] = ()
    proposal: ProposalView | None = None

    @property
    def waits(self) -> bool:
        """Whether the coordinator has to answer it, or to look at what its calendar says now."""
        return self.needs_look or self.state is RequestState.RECEIVED

    @property
    def untimed(self) -> tuple[int, ...]:
        """Positions of the times of which only the day is known."""
        return tuple(n for n, time in enumerate(self.times) if time.starts_at is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportLineView:
    """One line of an import: what happened to a date, or what was wrong with an entry."""

    entry: str
    outcome: ImportOutcome | None
    request_id: str | None
    fault: str
    found: str
    kept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportView:
    """One reading of a calendar: where from, whose, when, and what came of it."""

    id: int
    at: datetime
    source: str
    name: str
    asker: Named | None
    outside: int
    unchanged: int
    lines: tuple[ImportLineView, ...]

    def count(self, outcome: ImportOutcome) -> int:
        """How many dates had this outcome; unchanged ones have no line."""
        if outcome is ImportOutcome.UNCHANGED:
            return self.unchanged
        return sum(line.outcome is outcome for line in self.lines)

    @property
    def faults(self) -> tuple[ImportLineView, ...]:
        """The lines that name what was wrong."""
        return tuple(line for line in self.lines if line.fault)
