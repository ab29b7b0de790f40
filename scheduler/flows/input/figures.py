"""How many dwellings an organisation speaks for at a meeting, and how far that can be relied on."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, true
from sqlmodel import Session, col, select

from scheduler.db.published import published_meeting
from scheduler.db.tables import Dwellings, Municipality
from scheduler.db.views import MeetingView
from scheduler.domain.access import Actor
from scheduler.domain.terms import Confidence, Level
from scheduler.domain.voting import Stake

_EXACT = {Confidence.SOURCED, Confidence.SOURCED_OLD}
_ABOUT = "about "
"""How a source's year is written where it isn't known exactly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """An organisation's dwellings at one meeting.

    Attributes:
        number: of the places where it is known; None where it is known nowhere.
        unknown: the municipalities of which the number isn't known.
        years: of which years the numbers are, in order; as their sources write them.
        sources: where they come from.
        is_estimate: whether any of them is less than a number that somebody published.
    """

    number: int | None = None
    unknown: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    is_estimate: bool = False

    def stake(self, organisation_id: str) -> Stake:
        """The same, to be counted."""
        # Nothing on record is as little known as a place without a number.
        places = len(self.unknown) or (self.number is None)
        return Stake(
            organisation=organisation_id, dwellings=self.number or 0, places_unknown=places
        )


UNKNOWN = Figure()
"""Nothing is on record."""


def figures_at(session: Session, actor: Actor, meeting: MeetingView) -> dict[str, Figure]:
    """The figures of the organisations that have dwellings where a meeting is about.

    Raises:
        NotFound: the meeting isn't this actor's to see.
    """
    published_meeting(session, actor, meeting.id)
    query = (
        select(Dwellings, Municipality.name)
        .join(Municipality, col(Municipality.id) == col(Dwellings.municipality_id))
        .where(_where(meeting))
        .order_by(col(Dwellings.id))
    )
    by_organisation: dict[str, list[tuple[Dwellings, str]]] = defaultdict(list)
    for row, town in session.exec(query):
        by_organisation[row.organisation_id].append((row, town))
    return {name: _figure(rows) for name, rows in by_organisation.items()}


def _where(meeting: MeetingView) -> ColumnElement[bool]:
    if meeting.level is Level.MUNICIPALITY and meeting.municipality:
        return col(Dwellings.municipality_id) == meeting.municipality.id
    if meeting.level is Level.CORPORATION and meeting.corporation:
        return col(Dwellings.corporation_id) == meeting.corporation.id
    return true()


def _figure(rows: Iterable[tuple[Dwellings, str]]) -> Figure:
    all_rows = list(rows)
    known = [(row, row.number) for row, _ in all_rows if row.number is not None]
    return Figure(
        number=sum(number for _, number in known) if known else None,
        unknown=tuple(dict.fromkeys(town for row, town in all_rows if row.number is None)),
        years=tuple(sorted({row.year.removeprefix(_ABOUT) for row, _ in known if row.year})),
        sources=tuple(dict.fromkeys(row.source for row, _ in known if row.source)),
        is_estimate=any(_is_estimate(row) for row, _ in known),
    )


def _is_estimate(row: Dwellings) -> bool:
    return row.confidence not in _EXACT or row.year.startswith(_ABOUT)
