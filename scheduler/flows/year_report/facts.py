"""What a year report is made of: frozen, and without any words of its own."""

from dataclasses import dataclass
from datetime import date

from scheduler.db.input import PositionView
from scheduler.db.report_views import ActionView, Told
from scheduler.db.views import MeetingView, Named
from scheduler.domain.terms import Carried, Outcome, Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkLine:
    """What somebody carried: meetings, and minutes of work by kind; travel is there and back."""

    name: str
    meetings: int
    meeting: int
    preparation: int
    travel: int
    report: int

    @property
    def total(self) -> int:
        """All of it, in minutes."""
        return self.meeting + self.preparation + self.travel + self.report


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanLine:
    """Minutes that one organisation lent another in the year."""

    giver: str
    holder: str
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenLine:
    """How often one organisation spoke for another, and by which mandates.

    `carried` is at how many of the meetings a mandate held: one that was withdrawn doesn't count
    after its end, though nobody came in the holder's place.
    """

    organisation: str
    speaker: str
    meetings: int
    carried: int
    mandates: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateLine:
    """A mandate that was in force in the year; both days are inclusive, None names all."""

    id: str
    giver: str
    holder: str
    municipalities: tuple[str, ...] | None
    topics: tuple[str, ...] | None
    levels: tuple[str, ...] | None
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionLine:
    """What was thought of one agenda item, and what came of it.

    In an organisation's own report `own` is its position, and `carried` what became of its voice
    where another spoke for it. In the province's `counts` says how many took which stance.
    `outcome` is None where nobody has told of the item.
    """

    meeting: MeetingView
    title: str
    own: PositionView | None
    counts: tuple[tuple[Stance, int], ...]
    outcome: Outcome | None
    carried: Carried | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedLine:
    """Something that was agreed, and where."""

    meeting: MeetingView
    action: ActionView


@dataclass(frozen=True, slots=True, kw_only=True)
class YearFacts:
    """The year of an organisation, or of the province where `organisation` is None.

    Attributes:
        year: the calendar year.
        province: the province's name.
        organisation: whose year it is.
        as_of: the local day on which it was made; what lies later is still to come.
        meetings: those that are on and that concern it, by their start.
        work: who carried what: the organisation's own people, or all organisations.
        spoken: who spoke for whom, without those who spoke for themselves.
        loans: the hours that were lent, by giver and holder.
        unheard: how many times an organisation that should have been heard wasn't.
        positions: what was thought of each agenda item beforehand, by meeting and place on it.
        told: what was told of the meetings, by their start.
        late: how many of those came too late.
        untold: meetings that were held of which nobody has told.
        agreed: what was agreed, by its day.
        mandates: those in force in the year.
        corporations: the hours by corporation, as a basis for sharing costs.
    """

    year: int
    province: str
    organisation: Named | None
    as_of: date
    meetings: tuple[MeetingView, ...]
    work: tuple[WorkLine, ...]
    spoken: tuple[SpokenLine, ...]
    loans: tuple[LoanLine, ...]
    unheard: int
    positions: tuple[PositionLine, ...]
    told: tuple[Told, ...]
    late: int
    untold: tuple[MeetingView, ...]
    agreed: tuple[AgreedLine, ...]
    mandates: tuple[MandateLine, ...]
    corporations: tuple[WorkLine, ...]
