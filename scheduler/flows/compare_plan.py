"""The present plan and a draft beside each other, in figures that people know."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, select

from scheduler.db import plans
from scheduler.db.plans import PlanView
from scheduler.db.tables import Expertise, Meeting, Organisation, Representative
from scheduler.domain.access import Actor
from scheduler.domain.terms import MeetingState, Part
from scheduler.domain.times import local
from scheduler.flows.draft_changes import called_off
from scheduler.flows.facts import Facts
from scheduler.flows.facts_read import facts_in_force, planned_facts
from scheduler.flows.loads import Attended, Load, attended_in, paper_work, share, summed
from scheduler.flows.meeting_changes import ChangeList, MeetingChange, change_list
from scheduler.flows.office_hours import OfficeHours
from scheduler.flows.shut_days import shut_days
from scheduler.policy import PlanningPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One plan over the days that are compared; minutes of travel are there and back."""

    empty_seats: int
    unheard: int
    without_expert: int
    without_deputy: int
    travel_minutes: int
    working_time: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Somebody's load before and after, in per cent of what can be carried in these days."""

    name: str
    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What one change does: empty seats, unheard organisations, deputies and travel, as it adds."""

    empty_seats: int
    unheard: int
    without_deputy: int
    travel_minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Present and draft over the plan's days, and each change with its effect, by meeting."""

    before: Figures
    after: Figures
    organisations: tuple[Bar, ...]
    representatives: tuple[Bar, ...]
    changes: ChangeList
    effects: Mapping[str, Effect]
    gaps_before: frozenset[str]
    gaps_after: frozenset[str]


def compare(session: Session, actor: Actor, plan_id: int, policy: PlanningPolicy) -> Comparison:
    """Lay a draft beside the publication in force; NotFound where there is no such plan."""
    plan = plans.plan(session, actor, plan_id)
    published = facts_in_force(session)
    drafted = [*planned_facts(session, plan_id), *called_off(session, published)]
    after = {**published, **{facts.meeting_id: facts for facts in drafted}}
    old, new = _within(published.values(), plan), _within(after.values(), plan)
    changes = change_list(session, published, drafted)
    weigher = _Weigher(session, plan.first_day, plan.last_day, policy)
    return Comparison(
        before=weigher.figures(old),
        after=weigher.figures(new),
        organisations=weigher.organisations(old, new),
        representatives=weigher.representatives(old, new),
        changes=changes,
        effects={change.after.meeting_id: _effect(change) for change in changes.changes},
        gaps_before=_gaps(old),
        gaps_after=_gaps(new),
    )


def _within(facts: Iterable[Facts], plan: PlanView) -> list[Facts]:
    return [
        each
        for each in facts
        if each.state is MeetingState.PLANNED
        and plan.first_day <= local(each.starts_at).date() <= plan.last_day
    ]


class _Weigher:
    """Reads once what figures are made of."""

    def __init__(
        self, session: Session, first_day: date, last_day: date, policy: PlanningPolicy
    ) -> None:
        self._session = session
        self._days = (first_day, last_day)
        self._paper = paper_work(session)
        self._people = {row.id: row for row in session.exec(select(Representative)).all()}
        self._knows = set(session.exec(select(Expertise.representative_id, Expertise.topic)).all())
        asked = session.exec(select(Meeting.id, Meeting.expertise)).all()
        self._asked = {meeting: tuple(topics) for meeting, topics in asked if topics}
        self._office = OfficeHours(policy, shut_days(session, first_day, last_day, policy))

    def figures(self, facts: Collection[Facts]) -> Figures:
        attended = attended_in(facts, self._paper)
        return Figures(
            empty_seats=sum(map(_empty, facts)),
            unheard=sum(map(_unheard, facts)),
            without_expert=sum(map(self._lacks_expert, facts)),
            without_deputy=sum(map(_lacks_deputy, facts)),
            travel_minutes=sum(each.load.travel for each in attended),
            working_time=sum(map(self._costs_work, attended)),
        )

    def _lacks_expert(self, facts: Facts) -> bool:
        asked = self._asked.get(facts.meeting_id, ())
        return any(
            all((who, topic) not in self._knows for who in _attending(facts)) for topic in asked
        )

    def _costs_work(self, attended: Attended) -> bool:
        paid = self._people[attended.representative_id].paid_job
        return paid and self._office.touches(attended.starts_at, attended.ends_at)

    def organisations(self, old: Iterable[Facts], new: Iterable[Facts]) -> tuple[Bar, ...]:
        rows = self._session.exec(select(Organisation)).all()
        before = summed(attended_in(old, self._paper), lambda each: each.organisation_id)
        after = summed(attended_in(new, self._paper), lambda each: each.organisation_id)
        capacities = {row.id: (row.name, row.capacity_minutes_per_year) for row in rows}
        return self._bars(capacities, before, after)

    def representatives(self, old: Iterable[Facts], new: Iterable[Facts]) -> tuple[Bar, ...]:
        before = summed(attended_in(old, self._paper), lambda each: each.representative_id)
        after = summed(attended_in(new, self._paper), lambda each: each.representative_id)
        targets = {
            row.id: (row.label, row.target_minutes_per_year) for row in self._people.values()
        }
        return self._bars(targets, before, after)

    def _bars(
        self,
        bearable: Mapping[str, tuple[str, int]],
        before: Mapping[str, Load],
        after: Mapping[str, Load],
    ) -> tuple[Bar, ...]:
        bars = []
        for key, (name, yearly) in bearable.items():
            can = share(yearly, *self._days)
            old, new = (side[key].total if key in side else 0 for side in (before, after))
            bars.append(Bar(name=name, before=round(100 * old / can), after=round(100 * new / can)))
        return tuple(sorted(bars, key=lambda bar: (-bar.before, bar.name)))


def _attending(facts: Facts) -> list[str]:
    return [each.representative_id for each in facts.people if each.part is Part.ATTENDEE]


def _empty(facts: Facts) -> int:
    return max(0, facts.seats_min - len(_attending(facts)))


def _unheard(facts: Facts) -> int:
    return sum(voice.speaker_id is None for voice in facts.voices)


def _lacks_deputy(facts: Facts) -> bool:
    return facts.deputy_wanted and all(each.part is not Part.DEPUTY for each in facts.people)


def _gaps(facts: Iterable[Facts]) -> frozenset[str]:
    """The municipalities with an empty seat or an unheard organisation."""
    return frozenset(
        each.municipality_id
        for each in facts
        if each.municipality_id and (_empty(each) or _unheard(each))
    )


def _effect(change: MeetingChange) -> Effect:
    old = [change.before] if change.before and _is_on(change.before) else []
    new = [change.after] if _is_on(change.after) else []
    return Effect(
        empty_seats=sum(map(_empty, new)) - sum(map(_empty, old)),
        unheard=sum(map(_unheard, new)) - sum(map(_unheard, old)),
        without_deputy=sum(map(_lacks_deputy, new)) - sum(map(_lacks_deputy, old)),
        travel_minutes=sum(map(_travel, new)) - sum(map(_travel, old)),
    )


def _is_on(facts: Facts) -> bool:
    return facts.state is MeetingState.PLANNED


def _travel(facts: Facts) -> int:
    return sum(2 * each.travel_minutes for each in facts.people if each.part is Part.ATTENDEE)
