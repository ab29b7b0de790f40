"""Mandates, their history, and who takes part: as far as the asking actor may see them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, false, or_, true
from sqlmodel import Session, col, exists, select

from scheduler.db import people
from scheduler.db.tables import (
    Mandate,
    MandateConsent,
    MandateEvent,
    MandateMunicipality,
    Municipality,
    Organisation,
)
from scheduler.db.views import Named
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.mandates import Scope, Term
from scheduler.domain.terms import (
    Level,
    MandateAct,
    MandatePower,
    MandateSide,
    MandateStanding,
    MandateState,
    Role,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateView:
    """A mandate as its reader may see it; what isn't theirs to read is empty.

    `municipalities` None is everywhere; they are sorted by name.
    """

    id: str
    giver: Named
    holder: Named
    municipalities: tuple[Named, ...] | None
    topics: tuple[str, ...] | None
    levels: tuple[Level, ...] | None
    term: Term
    power: MandatePower
    limits: str
    ask_each_time: bool
    note: str
    renews_id: str | None
    is_sample: bool

    @property
    def scope(self) -> Scope:
        """Where and about what."""
        towns = self.municipalities
        return Scope(
            municipalities=None if towns is None else frozenset(each.id for each in towns),
            topics=None if self.topics is None else frozenset(self.topics),
            levels=None if self.levels is None else frozenset(self.levels),
        )

    def standing(self, day: date) -> MandateStanding:
        """How it stands on a local day."""
        return self.term.standing(day)

    def side_of(self, organisation_id: str | None) -> MandateSide | None:
        """Which party an organisation is."""
        sides = {self.giver.id: MandateSide.GIVER, self.holder.id: MandateSide.HOLDER}
        return sides.get(organisation_id or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """One line of a mandate's history; the organisation is that of who acted, where they have one.

    `role` and `function` say who; `from_day` from when it has effect.
    """

    at: datetime
    act: MandateAct
    role: Role
    organisation: Named | None
    function: str
    from_day: date | None
    why: str


def mandates(session: Session, actor: Actor) -> tuple[MandateView, ...]:
    """The mandates that an actor may see, by giver, holder and first day.

    All for who sees all; those that it gives or holds for a board and its representatives;
    for a body the agreed ones that reach its own table, without limits and notes.
    """
    towns = _towns(session)
    query = select(Mandate).where(_may_see(session, actor))
    names = {row.id: Named(row.id, row.name) for row in session.exec(select(Organisation))}
    ends = {row.id: row.last_day for row in session.exec(select(Organisation))}
    views = [_view(row, names, ends, towns) for row in session.exec(query)]
    if actor.asks:
        views = [_for_a_body(each) for each in views]
    return tuple(
        sorted(views, key=lambda each: (each.giver.name, each.holder.name, _first(each), each.id))
    )


def mandate(session: Session, actor: Actor, identifier: str) -> MandateView:
    """One mandate; NotFound where there is none, or it isn't the actor's to see."""
    for each in mandates(session, actor):
        if each.id == identifier:
            return each
    raise NotFound("mandaat", identifier)


def in_force(session: Session, actor: Actor, day: date) -> tuple[MandateView, ...]:
    """Those of them that count on a local day."""
    return tuple(each for each in mandates(session, actor) if each.term.holds_on(day))


def history(session: Session, actor: Actor, identifier: str) -> tuple[EventView, ...]:
    """What happened to a mandate, the first thing first; for its parties and who sees all.

    Raises:
        NotFound: it isn't the actor's to read.
    """
    if actor.asks:
        raise NotFound("mandaat", identifier)
    mandate(session, actor, identifier)
    names = {row.id: Named(row.id, row.name) for row in session.exec(select(Organisation))}
    query = (
        select(MandateEvent)
        .where(MandateEvent.mandate_id == identifier)
        .order_by(col(MandateEvent.at), col(MandateEvent.id))
    )
    return tuple(
        EventView(
            at=row.at,
            act=row.act,
            role=row.role,
            organisation=names.get(row.actor_id or ""),
            function=row.function,
            from_day=row.from_day,
            why=row.why,
        )
        for row in session.exec(query)
    )


def consents(session: Session, identifier: str) -> Mapping[MandateSide, frozenset[str]]:
    """Which board members agreed to a mandate as it reads, by side."""
    found: dict[MandateSide, set[str]] = defaultdict(set)
    query = select(MandateConsent).where(MandateConsent.mandate_id == identifier)
    for row in session.exec(query):
        found[row.side].add(row.member_id)
    return {side: frozenset(found[side]) for side in MandateSide}


def members_needed(session: Session, view: MandateView) -> Mapping[MandateSide, int]:
    """How many members of each board must agree; the giver's own rule, and one of the holder."""
    giver = session.get_one(Organisation, view.giver.id)
    return {MandateSide.GIVER: giver.mandate_members, MandateSide.HOLDER: 1}


def _first(view: MandateView) -> date:
    return view.term.first_day


def _towns(session: Session) -> Mapping[str, tuple[Named, ...]]:
    found: dict[str, tuple[Named, ...]] = defaultdict(tuple)
    query = (
        select(MandateMunicipality.mandate_id, Municipality.id, Municipality.name)
        .join(Municipality, col(Municipality.id) == col(MandateMunicipality.municipality_id))
        .order_by(Municipality.name)
    )
    for identifier, code, name in session.exec(query):
        found[identifier] += (Named(code, name),)
    return found


def _view(
    row: Mandate,
    names: Mapping[str, Named],
    ends: Mapping[str, date | None],
    towns: Mapping[str, tuple[Named, ...]],
) -> MandateView:
    return MandateView(
        id=row.id,
        giver=names[row.giver_id],
        holder=names[row.holder_id],
        municipalities=None if row.everywhere else towns.get(row.id, ()),
        topics=None if row.topics is None else tuple(row.topics),
        levels=None if row.levels is None else tuple(Level(word) for word in row.levels),
        term=Term(
            first_day=row.first_day,
            last_day=row.last_day,
            stops_on=row.stops_on,
            parties_end=_earliest(ends[row.giver_id], ends[row.holder_id]),
            state=row.state,
        ),
        power=row.power,
        limits=row.limits,
        ask_each_time=row.ask_each_time,
        note=row.note,
        renews_id=row.renews_id,
        is_sample=row.is_sample,
    )


def _earliest(*days: date | None) -> date | None:
    return min(filter(None, days), default=None)


def _for_a_body(view: MandateView) -> MandateView:
    """What is between the two parties stays between them."""
    return replace(view, limits="", note="", ask_each_time=False, renews_id=None)


def _may_see(session: Session, actor: Actor) -> ColumnElement[bool]:
    if actor.sees_all:
        return true()
    if actor.asks:
        return _at_the_table_of(session, actor)
    own = people.organisation_of(session, actor)
    if own is None:
        return false()
    return or_(col(Mandate.giver_id) == own, col(Mandate.holder_id) == own)


def _at_the_table_of(session: Session, actor: Actor) -> ColumnElement[bool]:
    """The agreed ones whose scope reaches a body's own table."""
    level = Level(actor.role.value)
    named = exists().where(
        col(MandateMunicipality.mandate_id) == col(Mandate.id),
        col(MandateMunicipality.municipality_id) == actor.subject,
    )
    # At the province's table no municipality is named; a corporation's may lie in any.
    there = {
        Level.MUNICIPALITY: or_(col(Mandate.everywhere), named),
        Level.PROVINCE: col(Mandate.everywhere),
        Level.CORPORATION: true(),
    }[level]
    agreed = col(Mandate.state) == MandateState.AGREED
    reaching = [
        row.id
        for row in session.exec(select(Mandate).where(agreed, there))
        if row.levels is None or level.value in row.levels
    ]
    return col(Mandate.id).in_(reaching)
