"""Who carries more than they can, and what hangs on one person alone, in the plan as it stands."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from scheduler.db.views import MeetingView, Named
from scheduler.domain.terms import MeetingState
from scheduler.flows.adjusting.standing import Standing


@dataclass(frozen=True, slots=True)
class Burden:
    """Minutes of work over the whole plan, and how many can be borne."""

    who: Named
    minutes: int
    bearable: int


def organisations_over(standing: Standing) -> tuple[Burden, ...]:
    """The organisations beyond their capacity, the farthest first."""
    with standing.asking() as position:
        loads = dict(position.tally.shared_loads)
    known = standing.question.problem.organisations
    return _over(
        Burden(Named(each.id, each.name), loads.get(each.id, 0), each.capacity_minutes)
        for each in known.values()
    )


def people_over(standing: Standing) -> tuple[Burden, ...]:
    """The representatives beyond what is fair for them, the farthest first."""
    with standing.asking() as position:
        loads = dict(position.tally.loads)
    known = standing.question.problem.representatives
    return _over(
        Burden(Named(each.id, each.name), loads.get(each.id, 0), each.target_minutes)
        for each in known.values()
    )


def hanging_on_one(standing: Standing, at: datetime) -> Mapping[str, tuple[str, ...]]:
    """By representative the tables that nobody else comes to, or stands by for, from now on.

    A table with one meeting left says nothing.
    """
    coming: dict[str, list[MeetingView]] = defaultdict(list)
    for view in standing.views:
        table = standing.tables.get(view.id)
        if table and view.starts_at > at and view.state is MeetingState.PLANNED:
            coming[table].append(view)
    alone: dict[str, list[str]] = defaultdict(list)
    for meetings in coming.values():
        people = {name for view in meetings for name in _people(view)}
        if len(people) == 1 and len(meetings) > 1:
            alone[people.pop()].append(meetings[0].table_name or meetings[0].title)
    return {person: tuple(sorted(names)) for person, names in sorted(alone.items())}


def _over(burdens: Iterable[Burden]) -> tuple[Burden, ...]:
    beyond = [each for each in burdens if each.minutes > each.bearable]
    return tuple(sorted(beyond, key=lambda each: -each.minutes / each.bearable))


def _people(view: MeetingView) -> Iterable[str]:
    for each in (*view.attendees, *([view.deputy] if view.deputy else [])):
        yield each.representative_id
