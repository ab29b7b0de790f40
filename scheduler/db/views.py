"""What questions are answered with: frozen values, already narrowed to what the actor may see."""

from dataclasses import dataclass, field
from datetime import date, datetime

from scheduler.domain.terms import ChangeKind, Character, Level, MeetingState, Mode, Part


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
    """An interested organisation; `speaker` is who speaks for it, None where nobody does."""

    organisation: Named
    speaker: Named | None
    weight: int


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
    voices: tuple[VoiceHeard, ...] = ()
    travel_minutes: int | None = None

    @property
    def empty_seats(self) -> int:
        """Seats that should be taken and aren't."""
        return max(0, self.seats_min - len(self.attendees))

    @property
    def unheard(self) -> tuple[Named, ...]:
        """Interested organisations for which nobody speaks."""
        return tuple(voice.organisation for voice in self.voices if voice.speaker is None)

    @property
    def has_gap(self) -> bool:
        """Whether a seat is empty or an organisation isn't heard, at a meeting still on."""
        on = self.state is MeetingState.PLANNED
        return on and (self.empty_seats > 0 or bool(self.unheard))

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
    """

    alarms: bool = False
    deputyships: bool = True
    unanswered: bool = True
    cancelled: bool = True


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
