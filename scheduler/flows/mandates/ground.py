"""What the register is laid over: who has tenants where, who can go, what meetings are about."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from scheduler.db import mandates as known
from scheduler.db import people
from scheduler.db.mandates import MandateView
from scheduler.db.participation import Choices, all_choices
from scheduler.db.tables import Dwellings, Meeting, Organisation, Representative, Slot
from scheduler.db.views import Named
from scheduler.domain.access import SYSTEM
from scheduler.domain.terms import Level, MeetingState
from scheduler.domain.times import local


@dataclass(frozen=True, slots=True, order=True)
class Column:
    """A municipality's tables, or with None the province's."""

    municipality: str | None
    name: str

    @property
    def level(self) -> Level:
        """Whose meetings these are."""
        return Level.PROVINCE if self.municipality is None else Level.MUNICIPALITY


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A meeting with its local day: the first of those on which it could be."""

    id: str
    day: date
    topics: frozenset[str]
    table: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Everything that who-speaks-for-whom depends on, read once.

    Attributes:
        organisations: those that haven't ended before the day, by name.
        columns: the municipalities by name, and last the province.
        homes: the municipalities in which an organisation has tenants.
        last_days: until when somebody of an organisation can go; absent where nobody can.
        agreed: the mandates that both agreed to.
        choices: what was chosen about taking part.
        meetings: the planned meetings by column.
    """

    organisations: tuple[Named, ...]
    columns: tuple[Column, ...]
    homes: Mapping[str, frozenset[str]]
    last_days: Mapping[str, date]
    agreed: tuple[MandateView, ...]
    choices: Choices
    meetings: Mapping[Column, tuple[Dated, ...]]

    def is_concerned(self, organisation: str, column: Column) -> bool:
        """Whether an organisation has to be heard there: with tenants, or at the province."""
        return column.municipality is None or column.municipality in self.homes.get(
            organisation, frozenset()
        )

    def can_go(self, organisation: str, day: date) -> bool:
        """Whether it has somebody who can go on a day."""
        last = self.last_days.get(organisation)
        return last is not None and day <= last


def read_ground(session: Session, *, today: date) -> Ground:
    """Read it; what an organisation's people can do is looked at from `today` on."""
    towns = people.municipalities(session)
    province = people.province_name(session)
    columns = (*(Column(each.id, each.name) for each in towns), Column(None, province))
    rows = session.exec(select(Organisation).order_by(Organisation.name)).all()
    return Ground(
        organisations=tuple(
            Named(row.id, row.name) for row in rows if row.last_day is None or row.last_day >= today
        ),
        columns=columns,
        homes=_homes(session),
        last_days=_last_days(session, {row.id: row.last_day or date.max for row in rows}),
        agreed=tuple(each for each in known.mandates(session, SYSTEM) if each.term.ever_counts),
        choices=all_choices(session),
        meetings=_meetings(session, columns),
    )


def _homes(session: Session) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    query = select(Dwellings.organisation_id, Dwellings.municipality_id)
    for organisation, town in session.exec(query):
        found[organisation].add(town)
    return {name: frozenset(towns) for name, towns in found.items()}


def _last_days(session: Session, ends: Mapping[str, date]) -> Mapping[str, date]:
    found: dict[str, date] = {}
    query = select(Representative.organisation_id, col(Representative.last_day))
    for organisation, last_day in session.exec(query):
        last = min(last_day or date.max, ends[organisation])
        found[organisation] = max(found.get(organisation, date.min), last)
    return found


def _meetings(session: Session, columns: tuple[Column, ...]) -> Mapping[Column, tuple[Dated, ...]]:
    by_place = {(each.level, each.municipality): each for each in columns}
    first: dict[str, date] = {}
    for identifier, starts_at in session.exec(
        select(Slot.meeting_id, Slot.starts_at).order_by(col(Slot.starts_at))
    ):
        first.setdefault(identifier, local(starts_at).date())
    found: dict[Column, list[Dated]] = defaultdict(list)
    planned = select(Meeting).where(Meeting.state == MeetingState.PLANNED).order_by(Meeting.id)
    for row in session.exec(planned):
        town = row.municipality_id if row.level is Level.MUNICIPALITY else None
        column = by_place.get((row.level, town))
        if column is not None and row.id in first:
            topics = frozenset(row.topics)
            found[column].append(
                Dated(id=row.id, day=first[row.id], topics=topics, table=row.table_id)
            )
    return {column: tuple(those) for column, those in found.items()}
