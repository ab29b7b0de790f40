"""Plans in figures that people know, so that several can stand side by side."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, select

from scheduler.db.tables import Expertise, Meeting, Organisation, Region, Representative
from scheduler.domain.terms import Level, MeetingState, Part
from scheduler.flows.load.loads import Attended, Load, attended_in, paper_work, share, summed
from scheduler.flows.load.office_hours import OfficeHours
from scheduler.flows.province.shut_days import shut_days
from scheduler.flows.publishing.facts import Facts
from scheduler.policy import PlanningPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One plan over the days that are compared. Minutes; travel is there and back.

    Attributes:
        empty_seats: seats below the least that a meeting asks for.
        unheard: interested organisations for whom nobody speaks, over all meetings.
        without_expert: meetings that ask for an expertise which nobody brings.
        without_deputy: meetings that ask for a deputy and have none.
        missing_regions: regions not at a table of the province that has room for them.
        travel_minutes: of all attendees together.
        working_time: how often somebody with a paid job sits there in office hours.
        work_minutes: all work of all attendees together, travel included.
    """

    empty_seats: int
    unheard: int
    without_expert: int
    without_deputy: int
    missing_regions: int
    travel_minutes: int
    working_time: int
    work_minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Somebody's load in each plan, in per cent of what can be carried in these days."""

    name: str
    loads: tuple[int, ...]


class Weigher:
    """Reads once what figures are made of; the days are local and inclusive."""

    def __init__(
        self, session: Session, first_day: date, last_day: date, policy: PlanningPolicy
    ) -> None:
        """Read for these days."""
        self._days = (first_day, last_day)
        self._paper = paper_work(session)
        self._people = {row.id: row for row in session.exec(select(Representative)).all()}
        self._organisations = {row.id: row for row in session.exec(select(Organisation)).all()}
        self._regions = len(session.exec(select(Region.id)).all())
        self._knows = set(session.exec(select(Expertise.representative_id, Expertise.topic)).all())
        asked = session.exec(select(Meeting.id, Meeting.expertise)).all()
        self._asked = {meeting: tuple(topics) for meeting, topics in asked if topics}
        self._office = OfficeHours(policy, shut_days(session, first_day, last_day, policy))

    def attended(self, facts: Iterable[Facts]) -> tuple[Attended, ...]:
        """Everybody at these meetings with their work; what one plan's loads are made of."""
        return attended_in(facts, self._paper)

    def figures(self, facts: Collection[Facts], attended: Collection[Attended]) -> Figures:
        """What one plan comes to; `attended` is of these very facts."""
        return Figures(
            empty_seats=sum(map(empty, facts)),
            unheard=sum(len(unheard(each)) for each in facts),
            without_expert=sum(map(self.lacks_expert, facts)),
            without_deputy=sum(map(lacks_deputy, facts)),
            missing_regions=sum(map(self._missing_regions, facts)),
            travel_minutes=sum(each.load.travel for each in attended),
            working_time=sum(map(self._costs_work, attended)),
            work_minutes=sum(each.load.total for each in attended),
        )

    def lacks_expert(self, facts: Facts) -> bool:
        """Whether nobody brings an expertise that the meeting asks for."""
        asked = self._asked.get(facts.meeting_id, ())
        return any(
            all((who, topic) not in self._knows for who in attending(facts)) for topic in asked
        )

    def _missing_regions(self, facts: Facts) -> int:
        if facts.level is not Level.PROVINCE:
            return 0
        present = {
            self._organisations[each.organisation_id].region_id
            for each in facts.people
            if each.part is Part.ATTENDEE
        }
        return max(0, min(self._regions, facts.seats_min) - len(present))

    def _costs_work(self, attended: Attended) -> bool:
        paid = self._people[attended.representative_id].paid_job
        return paid and self._office.touches(attended.starts_at, attended.ends_at)

    def organisations(self, plans: Sequence[Iterable[Attended]]) -> dict[str, Bars]:
        """Each organisation's load in each of these plans, by identifier."""
        capacities = {
            row.id: (row.name, row.capacity_minutes_per_year)
            for row in self._organisations.values()
        }
        return self._bars(
            capacities, [summed(each, lambda one: one.organisation_id) for each in plans]
        )

    def representatives(self, plans: Sequence[Iterable[Attended]]) -> dict[str, Bars]:
        """Each representative's load in each of these plans, by identifier."""
        targets = {
            row.id: (row.label, row.target_minutes_per_year) for row in self._people.values()
        }
        return self._bars(
            targets, [summed(each, lambda one: one.representative_id) for each in plans]
        )

    def _bars(
        self, bearable: Mapping[str, tuple[str, int]], loads: Sequence[Mapping[str, Load]]
    ) -> dict[str, Bars]:
        return {
            key: Bars(
                name=name,
                loads=tuple(
                    round(100 * each.get(key, Load()).total / share(yearly, *self._days))
                    for each in loads
                ),
            )
            for key, (name, yearly) in bearable.items()
        }


def heaviest_first(bars: Iterable[Bars]) -> tuple[Bars, ...]:
    """Who carries most in the first of the plans comes first."""
    return tuple(sorted(bars, key=lambda each: (-each.loads[0], each.name)))


def attending(facts: Facts) -> frozenset[str]:
    """Who attends, not who stands by."""
    return frozenset(each.representative_id for each in facts.people if each.part is Part.ATTENDEE)


def empty(facts: Facts) -> int:
    """Seats below the least that the meeting asks for."""
    return max(0, facts.seats_min - len(attending(facts)))


def unheard(facts: Facts) -> frozenset[str]:
    """The interested organisations for whom nobody speaks."""
    return frozenset(each.organisation_id for each in facts.voices if each.speaker_id is None)


def lacks_deputy(facts: Facts) -> bool:
    """Whether nobody stands by where somebody should."""
    return facts.deputy_wanted and all(each.part is not Part.DEPUTY for each in facts.people)


def travelled(facts: Facts) -> int:
    """Minutes there and back of all attendees together."""
    return sum(2 * each.travel_minutes for each in facts.people if each.part is Part.ATTENDEE)


def gaps(facts: Iterable[Facts]) -> frozenset[str]:
    """The municipalities with an empty seat or an unheard organisation."""
    return frozenset(
        each.municipality_id
        for each in facts
        if each.municipality_id and (empty(each) or unheard(each))
    )


def is_on(facts: Facts) -> bool:
    """Whether the meeting goes on."""
    return facts.state is MeetingState.PLANNED
