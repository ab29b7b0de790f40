"""What a new plan may not touch: outside its days, its tables and its organisations."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from sqlmodel import Session, select

from scheduler.db import tables
from scheduler.domain.terms import MeetingState, Part
from scheduler.domain.times import local
from scheduler.flows.problem_builder.held import Held
from scheduler.flows.publishing.facts import Facts, Presence
from solver.problem import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What stays as it is published.

    `held` meetings keep their time and attendees, `left_out` ones nobody attends. `standby` is the
    time of those who stand by at held ones, the way there and back included. At the meetings that
    may change, `there` and `away` (meeting, representative) say who stays and who stays away.
    """

    held: Mapping[str, Held] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
    standby: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    there: frozenset[tuple[str, str]] = frozenset()
    away: frozenset[tuple[str, str]] = frozenset()


NOTHING_KEPT = Kept()


def what_stays(session: Session, plan: tables.Plan, published: Mapping[str, Facts]) -> Kept:
    """Lay a plan's scope over what is published; a plan without a mode may change everything."""
    if plan.mode is None:
        return NOTHING_KEPT
    rows = session.exec(
        select(tables.Meeting).where(tables.Meeting.state == MeetingState.PLANNED)
    ).all()
    scope = _Scope(plan, published)
    fixed = [row.id for row in rows if not scope.is_free(row)]
    known = [published[name] for name in fixed if name in published]
    attended = [facts for facts in known if _attendees(facts) and _is_on(facts)]
    held = {
        facts.meeting_id: Held(facts.starts_at, facts.ends_at, _attendees(facts))
        for facts in attended
    }
    free = [row.id for row in rows if scope.is_free(row)]
    return Kept(
        held=held,
        left_out=frozenset(fixed) - frozenset(held),
        standby=_standby(attended),
        there=frozenset(_there(scope, free)),
        away=frozenset(_away(session, scope, free)),
    )


class _Scope:
    """Which meetings and which people a plan may move."""

    def __init__(self, plan: tables.Plan, published: Mapping[str, Facts]) -> None:
        self._plan = plan
        self._published = published
        self._absent = frozenset(plan.absent or ())

    def is_free(self, row: tables.Meeting) -> bool:
        """In the days, and at a table that may move or with somebody who drops out.

        A meeting that was never published has no day yet: it is planned along, as is its right.
        """
        facts = self._published.get(row.id)
        if facts is None:
            return self._plan.free_tables is None or row.table_id in self._plan.free_tables
        if not self._in_days(facts) or facts.starts_at <= self._plan.as_of:
            return False
        hit = any(each.representative_id in self._absent for each in facts.people)
        return hit or self._plan.free_tables is None or row.table_id in self._plan.free_tables

    def may_move(self, organisation: str, representative: str) -> bool:
        """Whether somebody may be sent elsewhere, or asked for more."""
        free = self._plan.free_organisations
        return representative in self._absent or free is None or organisation in free

    def is_absent(self, representative: str) -> bool:
        """Whether somebody drops out."""
        return representative in self._absent

    def people(self, meeting: str) -> Iterable[Presence]:
        """Who is at a meeting now, or stands by."""
        facts = self._published.get(meeting)
        return facts.people if facts else ()

    def _in_days(self, facts: Facts) -> bool:
        day = local(facts.starts_at).date()
        first = self._plan.free_first_day or self._plan.first_day
        return first <= day <= (self._plan.free_last_day or self._plan.last_day)


def _is_on(facts: Facts) -> bool:
    return facts.state is MeetingState.PLANNED


def _attendees(facts: Facts) -> tuple[str, ...]:
    attending = (each for each in facts.people if each.part is Part.ATTENDEE)
    return tuple(sorted(each.representative_id for each in attending))


def _standby(attended: Iterable[Facts]) -> dict[str, tuple[Span, ...]]:
    spans: dict[str, tuple[Span, ...]] = defaultdict(tuple)
    for facts in attended:
        for each in facts.people:
            if each.part is Part.DEPUTY:
                way = timedelta(minutes=each.travel_minutes)
                spans[each.representative_id] += (Span(facts.starts_at - way, facts.ends_at + way),)
    return spans


def _there(scope: _Scope, free: Iterable[str]) -> Iterable[tuple[str, str]]:
    for meeting in free:
        for each in scope.people(meeting):
            if each.part is Part.ATTENDEE and not scope.may_move(
                each.organisation_id, each.representative_id
            ):
                yield meeting, each.representative_id


def _away(session: Session, scope: _Scope, free: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Who drops out, and who may not move and isn't there; a deputy may always step in."""
    rows = session.exec(
        select(tables.Representative.id, tables.Representative.organisation_id)
    ).all()
    for meeting in free:
        present = {each.representative_id for each in scope.people(meeting)}
        for person, organisation in rows:
            stays = not scope.may_move(organisation, person) and person not in present
            if scope.is_absent(person) or stays:
                yield meeting, person
