"""Ask for a plan that starts from the publication in force, and may change only a part of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, select

from scheduler.db import audits, published
from scheduler.db.tables import Meeting, Organisation, Plan, Representative, Slot, Table
from scheduler.domain.access import Actor
from scheduler.domain.errors import BadInput, NothingToDo, Sentence
from scheduler.domain.terms import MeetingState, PlanMode, PlanState
from scheduler.domain.times import local
from scheduler.flows.facts_read import facts_in_force

_BACKWARDS = Sentence(
    "Het einde van de periode ligt vóór het begin. Kies een later einde.",
    "The period ends before it begins. Choose a later end.",
)
_OVER = Sentence(
    "Deze periode is al voorbij. Kies een einde vanaf vandaag.",
    "This period is over already. Choose an end from today on.",
)
_UNKNOWN = Sentence(
    "Een tafel, organisatie of afgevaardigde die u koos, bestaat niet meer. Kies opnieuw.",
    "A table, organisation or representative that you chose is gone. Please choose again.",
)
_LIMIT = Sentence(
    "Kies een rekentijd van 1 tot 3600 seconden.", "Choose 1 to 3600 seconds to reckon."
)
_UNPUBLISHED = Sentence(
    "Er is nog niets gepubliceerd om van uit te gaan.",
    "Nothing has been published yet to start from.",
)
_EMPTY = Sentence(
    "In deze periode staat niets op het rooster dat mag veranderen.",
    "In this period nothing on the plan may change.",
)
_MOST_SECONDS = 3600
_ASKED = (
    "mode",
    "baseline_number",
    "free_first_day",
    "free_last_day",
    "free_tables",
    "free_organisations",
    "absent",
    "time_limit_seconds",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebalance:
    """What is asked: how to plan again, over which days (inclusive, local), what may move.

    None is all; the `absent` drop out for these days.
    """

    mode: PlanMode
    first_day: date
    last_day: date
    tables: frozenset[str] | None = None
    organisations: frozenset[str] | None = None
    absent: frozenset[str] = frozenset()
    time_limit_seconds: float = 60.0
    seed: int = 1
    workers: int = 2


def queue_rebalance(session: Session, actor: Actor, wish: Rebalance, *, at: datetime) -> int:
    """Put it in the queue and give the plan's number; the same wish twice is one plan.

    Raises:
        BadInput: the wish can't be understood; all faults at once.
        NothingToDo: nothing is published, or nothing in these days may change.
    """
    actor.must_plan_for_all()
    faults = list(_faults(session, wish, at))
    if faults:
        raise BadInput(*faults)
    newest = published.newest(session)
    if newest is None:
        raise NothingToDo(_UNPUBLISHED)
    if not _touches(session, wish, at):
        raise NothingToDo(_EMPTY)
    before = session.get_one(Plan, newest.plan_id)
    plan = _row(wish, before, newest.number, at)
    waiting = _alike(session, plan)
    if waiting is not None:
        return waiting
    session.add(plan)
    session.flush()
    audits.record(
        session, actor, "queue", noun="plan", noun_id=str(plan.id), at=at, detail=wish.mode
    )
    return plan.id


def _faults(session: Session, wish: Rebalance, at: datetime) -> Iterable[Sentence]:
    if wish.last_day < wish.first_day:
        yield _BACKWARDS
    elif wish.last_day < local(at).date():
        yield _OVER
    if not 1 <= wish.time_limit_seconds <= _MOST_SECONDS:
        yield _LIMIT
    chosen = (
        (Table, wish.tables),
        (Organisation, wish.organisations),
        (Representative, wish.absent),
    )
    if any(session.get(kind, each) is None for kind, names in chosen for each in names or ()):
        yield _UNKNOWN


def _touches(session: Session, wish: Rebalance, at: datetime) -> bool:
    """Whether a meeting to come is on in these days. Which table it is at is the builder's."""
    published_at = (facts.starts_at for facts in facts_in_force(session).values())
    # A year that was set ready has meetings that no publication knows yet.
    planned = select(Slot.starts_at).join(Meeting).where(Meeting.state == MeetingState.PLANNED)
    return any(
        wish.first_day <= local(starts_at).date() <= wish.last_day and starts_at > at
        for starts_at in (*published_at, *session.exec(planned))
    )


def _row(wish: Rebalance, before: Plan, number: int, at: datetime) -> Plan:
    return Plan(
        first_day=min(before.first_day, wish.first_day),
        last_day=max(before.last_day, wish.last_day),
        as_of=at.replace(second=0, microsecond=0),  # planning counts minutes
        state=PlanState.QUEUED,
        created_at=at,
        seed=wish.seed,
        workers=wish.workers,
        time_limit_seconds=wish.time_limit_seconds,
        mode=wish.mode,
        baseline_number=number,
        free_first_day=wish.first_day,
        free_last_day=wish.last_day,
        free_tables=_list(wish.tables),
        free_organisations=_list(wish.organisations),
        absent=_list(wish.absent) or None,
    )


def _list(names: frozenset[str] | None) -> list[str] | None:
    return None if names is None else sorted(names)


def _alike(session: Session, wanted: Plan) -> int | None:
    """A plan in the queue that was asked the same: a form that was sent twice."""
    for row in session.exec(select(Plan).where(Plan.state == PlanState.QUEUED)):
        if all(getattr(row, name) == getattr(wanted, name) for name in _ASKED):
            return row.id
    return None
