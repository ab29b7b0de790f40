"""The workload of a period: who does how many hours, what it asks of people, and how fair it is."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from sqlmodel import Session, select

from scheduler.db import people
from scheduler.db.loans import shifted
from scheduler.db.tables import Corporation, Dwellings, Organisation, Place, Representative
from scheduler.domain.access import Actor
from scheduler.domain.terms import Level
from scheduler.domain.times import local
from scheduler.flows.load.loads import Attended, Load, attended_within, share, summed, together
from scheduler.flows.load.office_hours import OfficeHours
from scheduler.flows.province.shut_days import shut_days
from scheduler.policy import PlanningPolicy
from solver.derive.travel import distance_km
from solver.problem import Place as Point

_EVENING = 18
_KINDS = ("meeting", "preparation", "travel", "report")


class Bearer(StrEnum):
    """Whose hours are counted."""

    ORGANISATION = "organisatie"
    REPRESENTATIVE = "afgevaardigde"
    CORPORATION = "corporatie"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One bearer's work in the period; capacity in minutes, None where it bears none itself.

    `shifted` is by how many minutes of lent hours the capacity is larger, or smaller by borrowed
    ones; they are in it.
    """

    id: str
    name: str
    load: Load
    capacity: int | None
    meetings: int
    shifted: int = 0

    @property
    def percent(self) -> int:
        """The load as a part of the capacity; 0 without one."""
        return round(100 * self.load.total / self.capacity) if self.capacity else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fairness:
    """How far the bearers are from the middle, in percentage points; 0 is perfectly even."""

    middle: int
    deviation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the period asks of people: meetings, how many in office hours or in the evening.

    Kilometres are there and back along the roads, as the province's detour estimates them.
    `province` are those who carry the tables of the province, with their hours in minutes.
    """

    meetings: int
    in_office_hours: int
    evenings: int
    kilometres: int
    province: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """A period's work, by bearer and by month (its first day)."""

    lines: tuple[Line, ...]
    fairness: Fairness | None
    asked: Asked
    months: tuple[tuple[date, Load], ...]


def workload(
    session: Session,
    actor: Actor,
    bearer: Bearer,
    days: tuple[date, date],
    policy: PlanningPolicy,
    *,
    attended: Iterable[Attended],
    region: str | None = None,
) -> Workload:
    """What is published for these days (inclusive, local), held or still to come.

    `attended` is every attendance that is published. With a region, only its organisations are
    counted, and their people.

    Raises:
        NotAllowed: the actor doesn't see all.
    """
    actor.must_see_all()
    organisations = _organisations(session, region)
    inside = attended_within(attended, *days)
    own = [each for each in inside if each.organisation_id in organisations]
    lines = _LINES[bearer](_Ground(session, own, organisations, days))
    office = OfficeHours(policy, shut_days(session, *days, policy))
    return Workload(
        lines=tuple(sorted(lines, key=_heaviest)),
        fairness=_fairness(lines),
        asked=_asked(session, own, organisations, office),
        months=tuple(sorted(_by_month(own).items())),
    )


def _heaviest(line: Line) -> tuple[int, int, str]:
    return -line.percent, -line.load.total, line.name


def _organisations(session: Session, region: str | None) -> dict[str, Organisation]:
    rows = session.exec(select(Organisation).order_by(Organisation.name))
    return {row.id: row for row in rows if region in {None, row.region_id}}


@dataclass(frozen=True, slots=True)
class _Ground:
    """What lines are made of."""

    session: Session
    attended: Collection[Attended]
    organisations: Mapping[str, Organisation]
    days: tuple[date, date]


def _of_organisations(ground: _Ground) -> list[Line]:
    loads = summed(ground.attended, lambda each: each.organisation_id)
    counts = _meetings(ground.attended, lambda each: each.organisation_id)
    lent = shifted(ground.session, *ground.days)
    return [
        Line(
            id=row.id,
            name=row.name,
            load=loads.get(row.id, Load()),
            shifted=lent.get(row.id, 0),
            capacity=max(
                1, share(row.capacity_minutes_per_year, *ground.days) + lent.get(row.id, 0)
            ),
            meetings=counts[row.id],
        )
        for row in ground.organisations.values()
    ]


def _of_representatives(ground: _Ground) -> list[Line]:
    loads = summed(ground.attended, lambda each: each.representative_id)
    counts = _meetings(ground.attended, lambda each: each.representative_id)
    return [
        Line(
            id=row.id,
            name=f"{row.label}, {ground.organisations[row.organisation_id].name}",
            load=loads.get(row.id, Load()),
            capacity=share(row.target_minutes_per_year, *ground.days),
            meetings=counts[row.id],
        )
        for row in ground.session.exec(select(Representative)).all()
        if row.organisation_id in ground.organisations
    ]


def _of_corporations(ground: _Ground) -> list[Line]:
    """A corporation's own tables count for it; all others by the tenants' dwellings."""
    shares = _Shares(ground.session)
    loads: dict[str, Counter[str]] = defaultdict(Counter)
    meetings: dict[str, set[str]] = defaultdict(set)
    for those in _alike(ground.attended):
        load = together([each.load for each in those])
        for corporation, part in shares.of(those[0]).items():
            meetings[corporation].update(each.meeting_id for each in those)
            for kind in _KINDS:
                loads[corporation][kind] += part * getattr(load, kind)
    return [
        Line(
            id=row.id,
            name=row.name,
            load=Load(**{kind: round(minutes) for kind, minutes in loads[row.id].items()}),
            capacity=None,
            meetings=len(meetings[row.id]),
        )
        for row in ground.session.exec(select(Corporation)).all()
    ]


def _alike(attended: Iterable[Attended]) -> Iterable[list[Attended]]:
    """What is shared out alike: by one organisation, in one town, or at one corporation."""
    groups: dict[tuple[str | None, ...], list[Attended]] = defaultdict(list)
    for each in attended:
        key = (each.organisation_id, each.municipality_id, each.corporation_id)
        groups[key].append(each)
    return groups.values()


class _Shares:
    """For which corporations an attendance is, and for how much of it; the parts add up to 1."""

    def __init__(self, session: Session) -> None:
        default = people.the_province(session).default_dwellings
        self._dwellings: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for row in session.exec(select(Dwellings)):
            number = default if row.number is None else row.number
            for place in (row.municipality_id, ""):
                self._dwellings[row.organisation_id, place][row.corporation_id] += max(1, number)

    def of(self, attended: Attended) -> dict[str, Fraction]:
        """The organisation's dwellings decide: there, or everywhere where it has none there."""
        if attended.corporation_id is not None:
            return {attended.corporation_id: Fraction(1)}
        there = self._dwellings.get((attended.organisation_id, attended.municipality_id or ""))
        counted = there or self._dwellings.get((attended.organisation_id, ""), Counter[str]())
        total = sum(counted.values())
        return {corporation: Fraction(n, total) for corporation, n in counted.items()}


_LINES = {
    Bearer.ORGANISATION: _of_organisations,
    Bearer.REPRESENTATIVE: _of_representatives,
    Bearer.CORPORATION: _of_corporations,
}


def _meetings(attended: Iterable[Attended], key: Callable[[Attended], str]) -> Counter[str]:
    return Counter(bearer for bearer, _ in {(key(each), each.meeting_id) for each in attended})


def _fairness(lines: Iterable[Line]) -> Fairness | None:
    """The mean distance of each bearer's share to the share of all of them together."""
    bearing = [(line.load.total, line.capacity) for line in lines if line.capacity]
    if not bearing:
        return None
    middle = 100 * sum(load for load, _ in bearing) / sum(can for _, can in bearing)
    distances = [abs(100 * load / can - middle) for load, can in bearing]
    return Fairness(middle=round(middle), deviation=round(sum(distances) / len(distances)))


def _by_month(attended: Iterable[Attended]) -> dict[date, Load]:
    months: dict[date, list[Load]] = defaultdict(list)
    for each in attended:
        months[local(each.starts_at).date().replace(day=1)].append(each.load)
    return {month: together(loads) for month, loads in months.items()}


def _asked(
    session: Session,
    attended: Iterable[Attended],
    organisations: Mapping[str, Organisation],
    office: OfficeHours,
) -> Asked:
    held = {each.meeting_id: each for each in attended}
    province = summed(
        (each for each in attended if each.level is Level.PROVINCE),
        lambda each: organisations[each.organisation_id].name,
    )
    carried = sorted(province.items(), key=lambda item: (-item[1].total, item[0]))
    return Asked(
        meetings=len(held),
        in_office_hours=sum(office.touches(each.starts_at, each.ends_at) for each in held.values()),
        evenings=sum(local(each.starts_at).hour >= _EVENING for each in held.values()),
        kilometres=_kilometres(session, attended),
        province=tuple((name, load.total) for name, load in carried),
    )


def _kilometres(session: Session, attended: Iterable[Attended]) -> int:
    detour = people.the_province(session).detour
    places = {
        row.id: Point(id=row.id, name=row.name, lat=row.lat, lon=row.lon)
        for row in session.exec(select(Place))
    }
    homes = dict(session.exec(select(Representative.id, Representative.home_id)).all())
    trips = Counter(
        (homes[each.representative_id], each.place_id)
        for each in attended
        if each.place_id is not None and not each.online
    )
    ways = (n * distance_km(places[home], places[place]) for (home, place), n in trips.items())
    return round(2 * detour * sum(ways))
