"""The whole problem of one plan, and the way back from its slots to the rows'."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sqlmodel import Session

from scheduler.db import tables
from scheduler.domain.errors import Sentence
from scheduler.domain.times import AMSTERDAM, local
from scheduler.flows.problem_builder import meetings, people, province
from scheduler.flows.problem_builder.alone import speaking_alone
from scheduler.flows.problem_builder.along import coming_along, joined
from scheduler.flows.problem_builder.kept import Kept, what_stays
from scheduler.flows.problem_builder.rosters import present_roster
from scheduler.flows.province.shut_days import shut_days
from scheduler.flows.publishing.facts_read import facts_in_force
from scheduler.policy import PlanningPolicy
from solver import Mode, with_mode
from solver.alternatives import Kind, of_kind
from solver.format import validated
from solver.problem import (
    Horizon,
    OfficeHours,
    PlannedMeeting,
    Policy,
    Problem,
    Representative,
    Tier,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What the solver is asked, and how its answer is to be read.

    `slot_positions` names, per meeting, the position in the rows of each slot of the problem: slots
    that lie in the past aren't offered. `held` are the meetings that were held already, or must
    stay as they are published, and who comes along to learn; they count as load, and the answer on
    them isn't news. `present` is what the publication in force says of all of them. `declined` is
    who said no to which meeting (meeting, representative): bans in the problem, that come from
    answers. `barred` is who doesn't go to which meeting by their task, with the reason: bans too.
    """

    problem: Problem
    slot_positions: Mapping[str, tuple[int, ...]]
    held: frozenset[str]
    present: Mapping[str, PlannedMeeting]
    declined: frozenset[tuple[str, str]] = frozenset()
    barred: Mapping[tuple[str, str], Sentence] = field(default_factory=dict)


def build_problem(session: Session, plan: tables.Plan, policy: PlanningPolicy) -> Question:
    """Read everything that a plan depends on, as of the plan's own instant.

    Raises:
        BadDocument: the rows ask for what the rule book refuses, such as two pins in one place.
    """
    horizon = Horizon(plan.first_day, plan.last_day)
    facts = facts_in_force(session)
    kept = what_stays(session, plan, facts)
    gathered = meetings.gather(session, horizon, plan.as_of, kept)
    reading = _Reading(session, horizon, policy)
    rows = _problem(reading, plan, gathered, kept)
    problem, along = joined(rows, coming_along(session, horizon))
    settled = {each.meeting.id: each.planned for each in along}
    present = {**present_roster(facts, gathered), **settled}
    return Question(
        problem=validated(_in_its_mode(plan, present, problem)),
        slot_positions={**gathered.slot_positions, **dict.fromkeys(settled, (0,))},
        held=gathered.held_meetings | settled.keys(),
        present=present,
        declined=gathered.declined,
        barred=gathered.barred,
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is read, of which days and under which policy."""

    session: Session
    horizon: Horizon
    policy: PlanningPolicy


def _problem(
    reading: _Reading, plan: tables.Plan, gathered: meetings.Gathered, kept: Kept
) -> Problem:
    """What the rows say, without who comes along and without what a mode adds."""
    session, horizon, policy = reading.session, reading.horizon, reading.policy
    wanted, mandates = speaking_alone(
        gathered.meetings, people.mandates(session), gathered.alone, AMSTERDAM
    )
    return Problem(
        name=f"plan-{plan.id}",
        timezone=AMSTERDAM,
        horizon=horizon,
        as_of=plan.as_of,
        office_hours=office_hours(session, horizon, policy),
        regions=province.regions(session),
        places=province.places(session),
        travel=province.travel(session),
        organisations=people.organisations(session, horizon),
        representatives=_standing_by(
            people.representatives(session, horizon, today=local(plan.as_of).date()), kept
        ),
        mandates=mandates,
        meetings=wanted,
        policy=_policy(policy),
        pins=gathered.pins,
        bans=gathered.bans,
    )


def _in_its_mode(
    plan: tables.Plan, present: Mapping[str, PlannedMeeting], problem: Problem
) -> Problem:
    if plan.mode is None:
        return problem
    baseline = {name: planned for name, planned in present.items() if planned.attendees}
    if plan.kind is not None:
        return of_kind(problem, Kind(plan.kind), baseline)
    return with_mode(problem, Mode(plan.mode), baseline)


def _standing_by(people: Mapping[str, Representative], kept: Kept) -> dict[str, Representative]:
    """Who stands by at a meeting that stays as it is can't be elsewhere then."""
    return {
        name: replace(person, busy=(*person.busy, *kept.standby.get(name, ())))
        for name, person in people.items()
    }


def office_hours(session: Session, horizon: Horizon, policy: PlanningPolicy) -> OfficeHours:
    """The hours of the office over the horizon, without its closed days."""
    return OfficeHours(
        weekdays=policy.office_weekdays,
        start=policy.office_start.hour * 60 + policy.office_start.minute,
        end=policy.office_end.hour * 60 + policy.office_end.minute,
        closed_days=shut_days(session, horizon.first_day, horizon.last_day, policy),
    )


def _policy(policy: PlanningPolicy) -> Policy:
    return Policy(
        tiers=tuple(Tier(name) for name in policy.tiers),
        max_mandates_per_attendee=policy.max_mandates_per_attendee,
        hybrid_online_beyond_minutes=policy.hybrid_online_beyond_minutes,
    )
