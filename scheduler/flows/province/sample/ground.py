"""What a sample year is drawn from: the loaded province, the year and the seed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from random import Random
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from scheduler.closed_days import closed_days
from scheduler.db import people
from scheduler.db.tables import (
    Corporation,
    Municipality,
    Organisation,
    Province,
    Table,
    TableKind,
)
from scheduler.flows.province.stakes import Stakes, read_stakes
from scheduler.policy import read_policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The province's rows that matter to a sample, each in the order of its identifiers."""

    year: int
    seed: int
    province: Province
    closed: frozenset[date]
    organisations: tuple[Organisation, ...]
    municipalities: Mapping[str, Municipality]
    corporations: Mapping[str, Corporation]
    tables: tuple[tuple[Table, TableKind], ...]
    stakes: Stakes

    @property
    def zone(self) -> ZoneInfo:
        """The province's own clock."""
        return ZoneInfo(self.province.timezone)

    @property
    def first_day(self) -> date:
        """1 January."""
        return date(self.year, 1, 1)

    @property
    def last_day(self) -> date:
        """31 December."""
        return date(self.year, 12, 31)

    def interests(self, table: Table) -> dict[str, int]:
        """Who has to be heard at a table, and how heavily."""
        return self.stakes.at(
            table.level,
            municipality_id=table.municipality_id,
            corporation_id=table.corporation_id,
            organisation_id=table.organisation_id,
        )

    def stream(self, *names: object) -> Random:
        """Random numbers that depend on the year, the seed and these names alone."""
        text = "/".join(map(str, (self.year, self.seed, *names)))
        return Random(text)  # noqa: S311 - a sample isn't a secret, and must come out the same


def read_ground(session: Session, *, year: int, seed: int) -> Ground:
    """Read what a sample is drawn from; NotFound where no province has been loaded."""
    province = people.the_province(session)
    first, last = date(year, 1, 1), date(year, 12, 31)
    tables = session.exec(select(Table, TableKind).join(TableKind).order_by(Table.id))
    return Ground(
        year=year,
        seed=seed,
        province=province,
        closed=closed_days(first, last, read_policy()),
        organisations=tuple(session.exec(select(Organisation).order_by(Organisation.id))),
        municipalities={each.id: each for each in session.exec(select(Municipality))},
        corporations={each.id: each for each in session.exec(select(Corporation))},
        tables=tuple((table, kind) for table, kind in tables),
        stakes=read_stakes(session),
    )
