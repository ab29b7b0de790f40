"""The present plan and what is proposed beside each other, in figures that people know."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from scheduler.db import plans
from scheduler.db.plans import PlanView
from scheduler.domain.access import Actor
from scheduler.domain.times import local
from scheduler.flows.planning.figures import (
    Bars,
    Figures,
    Weigher,
    empty,
    gaps,
    heaviest_first,
    is_on,
    lacks_deputy,
    travelled,
    unheard,
)
from scheduler.flows.planning.reasons import Loads, Reason, reason
from scheduler.flows.publishing.draft_changes import called_off
from scheduler.flows.publishing.facts import Facts
from scheduler.flows.publishing.facts_read import facts_in_force, planned_facts
from scheduler.flows.publishing.meeting_changes import ChangeList, MeetingChange, change_list
from scheduler.policy import PlanningPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What one change adds: empty seats, unheard organisations, and so on; travel in minutes."""

    empty_seats: int
    unheard: int
    without_expert: int
    without_deputy: int
    travel_minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One plan: its figures, and the municipalities where a seat stays empty or a voice unheard."""

    figures: Figures
    gaps: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal(Side):
    """A plan that could take the present one's place: each change with why and what it does.

    `effects` and `reasons` are by meeting. `same_as` is an earlier plan that says just the same: a
    plan's number, or 0 for the present one.
    """

    plan: PlanView
    changes: ChangeList
    effects: Mapping[str, Effect]
    reasons: Mapping[str, Reason]
    same_as: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The present plan and the proposals over the same days (local, inclusive).

    The loads in `organisations` and `representatives` are of the present plan, and then of each
    proposal in turn.
    """

    present: Side
    proposals: tuple[Proposal, ...]
    organisations: tuple[Bars, ...]
    representatives: tuple[Bars, ...]


def compare(
    session: Session,
    actor: Actor,
    plan_ids: Sequence[int],
    policy: PlanningPolicy,
    *,
    published: Mapping[str, Facts] | None = None,
) -> Comparison:
    """Lay plans beside the publication in force, over the days of the first.

    Args:
        session: the session.
        actor: who asks.
        plan_ids: the plans, at least one.
        policy: what holds for every plan.
        published: what the publication in force says, where it was read before.

    Raises:
        NotAllowed: the actor doesn't plan for all.
        NotFound: one of them isn't there.
    """
    views = [plans.plan(session, actor, each) for each in plan_ids]
    days = (views[0].first_day, views[0].last_day)
    if published is None:
        published = facts_in_force(session)
    off = called_off(session, published)
    drafted = [[*planned_facts(session, each), *off] for each in plan_ids]
    after = [{**published, **{one.meeting_id: one for one in each}} for each in drafted]
    sides = [_within(each.values(), *days) for each in (published, *after)]
    weigher = Weigher(session, *days, policy)
    attended = [weigher.attended(each) for each in sides]
    organisations, people = weigher.organisations(attended), weigher.representatives(attended)
    weighed = [
        Side(figures=weigher.figures(facts, there), gaps=gaps(facts))
        for facts, there in zip(sides, attended, strict=True)
    ]
    changes = [change_list(session, published, each) for each in drafted]
    return Comparison(
        present=weighed[0],
        proposals=tuple(
            _proposal(
                view,
                weighed[index + 1],
                _Changed(changes[index], weigher),
                Loads(organisations, people, index + 1),
                _same_as(index, views, changes),
            )
            for index, view in enumerate(views)
        ),
        organisations=heaviest_first(organisations.values()),
        representatives=heaviest_first(people.values()),
    )


def _within(facts: Iterable[Facts], first_day: date, last_day: date) -> list[Facts]:
    return [
        each
        for each in facts
        if is_on(each) and first_day <= local(each.starts_at).date() <= last_day
    ]


@dataclass(frozen=True, slots=True)
class _Changed:
    """The changes of one plan, and who knows what they do."""

    list: ChangeList
    weigher: Weigher


def _proposal(
    view: PlanView, side: Side, changed: _Changed, loads: Loads, same_as: int | None
) -> Proposal:
    changes = changed.list
    return Proposal(
        figures=side.figures,
        gaps=side.gaps,
        plan=view,
        changes=changes,
        effects={each.after.meeting_id: _effect(each, changed.weigher) for each in changes.changes},
        reasons={
            each.after.meeting_id: reason(each, view.absent, loads) for each in changes.changes
        },
        same_as=same_as,
    )


def _same_as(index: int, views: Sequence[PlanView], changes: Sequence[ChangeList]) -> int | None:
    """Where the very same changes stand already; none at all is the present plan."""
    if not changes[index].changes:
        return 0
    said = [{each.after for each in one.changes} for one in changes[: index + 1]]
    earlier = (view.id for view, one in zip(views, said[:-1], strict=False) if one == said[-1])
    return next(earlier, None)


def _effect(change: MeetingChange, weigher: Weigher) -> Effect:
    old = [change.before] if change.before and is_on(change.before) else []
    new = [change.after] if is_on(change.after) else []
    return Effect(
        empty_seats=sum(map(empty, new)) - sum(map(empty, old)),
        unheard=sum(len(unheard(each)) for each in new) - sum(len(unheard(each)) for each in old),
        without_expert=sum(map(weigher.lacks_expert, new)) - sum(map(weigher.lacks_expert, old)),
        without_deputy=sum(map(lacks_deputy, new)) - sum(map(lacks_deputy, old)),
        travel_minutes=sum(map(travelled, new)) - sum(map(travelled, old)),
    )
