"""Who has to be heard where, and how heavily: counted in dwellings."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session, select

from scheduler.db import people
from scheduler.db.tables import Dwellings, Organisation
from scheduler.domain.terms import Level


@dataclass(frozen=True, slots=True)
class Stake:
    """An organisation's tenants of one corporation in one municipality; dwellings at least 1."""

    organisation_id: str
    corporation_id: str
    municipality_id: str
    dwellings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stakes:
    """All stakes of all organisations, read at once."""

    organisations: tuple[str, ...]
    stakes: tuple[Stake, ...]

    def at(
        self,
        level: Level,
        *,
        municipality_id: str | None = None,
        corporation_id: str | None = None,
        organisation_id: str | None = None,
    ) -> dict[str, int]:
        """The interested organisations and their weights, by identifier.

        At a municipality these are the organisations with tenants there; at a corporation those
        with tenants of it, or only the one that is named; at the province all of them.
        """
        if level is Level.MUNICIPALITY:
            return _summed(each for each in self.stakes if each.municipality_id == municipality_id)
        if level is Level.PROVINCE:
            return dict.fromkeys(self.organisations, 1) | _summed(self.stakes)
        return _summed(
            each
            for each in self.stakes
            if each.corporation_id == corporation_id
            and organisation_id in {None, each.organisation_id}
        )

    def of(self, organisation_id: str) -> dict[str, int]:
        """An organisation's dwellings by municipality."""
        found: dict[str, int] = {}
        for each in self.stakes:
            if each.organisation_id == organisation_id:
                found[each.municipality_id] = found.get(each.municipality_id, 0) + each.dwellings
        return found


def read_stakes(session: Session) -> Stakes:
    """Read the stakes; an unknown number counts as the province's default, and none as one."""
    default = people.the_province(session).default_dwellings
    rows = session.exec(
        select(Dwellings).order_by(
            Dwellings.organisation_id, Dwellings.corporation_id, Dwellings.municipality_id
        )
    )
    return Stakes(
        organisations=tuple(session.exec(select(Organisation.id).order_by(Organisation.id))),
        stakes=tuple(
            Stake(
                row.organisation_id,
                row.corporation_id,
                row.municipality_id,
                max(1, default if row.number is None else row.number),
            )
            for row in rows
        ),
    )


def _summed(stakes: Iterable[Stake]) -> dict[str, int]:
    weights: dict[str, int] = {}
    for each in stakes:
        weights[each.organisation_id] = weights.get(each.organisation_id, 0) + each.dwellings
    return weights
