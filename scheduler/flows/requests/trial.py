"""One meeting that is only tried: the province as the planner sees it, with nothing else in it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

from sqlmodel import Session

from scheduler.domain.terms import Mode
from scheduler.domain.times import AMSTERDAM, local
from scheduler.flows.problem_builder import office_hours, people, province
from scheduler.flows.requests.duties import Duties, read_duties
from scheduler.flows.requests.requesting import Asker, place_of
from scheduler.policy import PlanningPolicy
from solver.derive import Derived
from solver.problem import Horizon, Level, Meeting, Policy, Problem, Representative, Seats, Span
from solver.problem import Mode as ProblemMode

_THIS = "this"
_MONTH = timedelta(days=31)
"""Limits count whole weeks and months, so a month around the times is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnout:
    """How many of those concerned can come, and whether it takes their office hours."""

    can: int
    of: int
    in_office_hours: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One asker's meeting, to be tried at one time after another.

    `place` None: nobody knows where, so that only online can be tried.
    """

    asker: Asker
    place: str | None
    organisations: tuple[str, ...]
    duties: Duties
    problem: Problem

    @classmethod
    def of(
        cls,
        session: Session,
        asker: Asker,
        organisations: Sequence[str],
        spans: Sequence[Span],
        *,
        policy: PlanningPolicy,
        at: datetime,
    ) -> Self:
        """Read once what the tries need; `spans` are the times around which it is looked."""
        days = sorted(local(span.start).date() for span in spans)
        horizon = Horizon(days[0] - _MONTH, days[-1] + _MONTH)
        duties = read_duties(session, horizon, office_hours(session, horizon, policy))
        return cls(
            asker=asker,
            place=place_of(session, asker),
            organisations=tuple(organisations),
            duties=duties,
            problem=_problem(session, horizon, duties, policy, at),
        )

    def turnout(self, span: Span, mode: Mode) -> Turnout:
        """Who could come then, counted."""
        derived = Derived(replace(self.problem, meetings={_THIS: self._meeting(span, mode)}))
        standing = derived.standing(_THIS, 0)
        concerned = [name for org in sorted(standing) for name in derived.people.get(org, ())]
        return Turnout(
            can=sum(self._can(derived, name, span) for name in concerned),
            of=len(concerned),
            in_office_hours=derived.slot(_THIS, 0).office_minutes > 0,
        )

    def _can(self, derived: Derived, name: str, span: Span) -> bool:
        limits = self.problem.representatives[name].limits
        is_free = next(derived.unavailable(_THIS, 0, name), None) is None
        return is_free and self.duties.leave_room(name, limits, span)

    def _meeting(self, span: Span, mode: Mode) -> Meeting:
        return Meeting(
            id=_THIS,
            title="",
            series=None,
            level=Level(self.asker.level),
            municipality=self.asker.municipality_id,
            topics=frozenset(),
            mode=ProblemMode(mode if self.place is not None else Mode.ONLINE),
            place=self.place,
            slots=(span,),
            weight=1,
            seats=Seats(1, 1),
            expertise=frozenset(),
            preparation_minutes=0,
            report_minutes=0,
            deputy=False,
            interested=dict.fromkeys(self.organisations, 1),
        )


def _problem(
    session: Session, horizon: Horizon, duties: Duties, policy: PlanningPolicy, at: datetime
) -> Problem:
    everybody = people.representatives(session, horizon)
    return Problem(
        name="trial",
        timezone=AMSTERDAM,
        horizon=horizon,
        as_of=at,
        office_hours=duties.office_hours,
        regions=province.regions(session),
        places=province.places(session),
        travel=province.travel(session),
        organisations=people.organisations(session, horizon),
        representatives={name: _busy(person, duties) for name, person in everybody.items()},
        mandates=people.mandates(session),
        meetings={},
        policy=Policy(
            tiers=(),
            max_mandates_per_attendee=policy.max_mandates_per_attendee,
            hybrid_online_beyond_minutes=policy.hybrid_online_beyond_minutes,
        ),
    )


def _busy(person: Representative, duties: Duties) -> Representative:
    return replace(person, busy=(*person.busy, *duties.of(person.id)))
