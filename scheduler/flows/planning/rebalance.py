"""Ask for up to three plans that start from the publication in force, and may change a part."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from scheduler.db import audits, published
from scheduler.db.tables import Meeting, Organisation, Plan, Representative, Slot, Table
from scheduler.domain.access import Actor
from scheduler.domain.errors import BadInput, NothingToDo, Sentence
from scheduler.domain.terms import MeetingState, PlanKind, PlanMode, PlanState
from scheduler.domain.times import local
from scheduler.flows.publishing.facts_read import facts_in_force

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
BESIDE: Mapping[PlanMode, tuple[PlanKind, ...]] = {
    PlanMode.REPAIR: (PlanKind.FAIREST, PlanKind.LEAST_TRAVEL),
    PlanMode.REBALANCE: (PlanKind.FEWEST_CHANGES, PlanKind.LEAST_TRAVEL),
    PlanMode.REPLAN: (PlanKind.FAIREST, PlanKind.LEAST_TRAVEL),
}
"""What stands beside the plan of a mode: the kinds that it isn't the best of already."""

_WORKING = (PlanState.QUEUED, PlanState.SOLVING)
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

    None is all; the `absent` drop out for these days. The seconds are for all plans together.
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
    """Put it in the queue, and give the number of the plan that leads the others.

    The same wish is worked on once, however often and by however many it is sent.

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
    if not _queued(session, plan):
        return session.exec(_alike(plan)).one()
    _queue_beside(session, plan, wish.mode)
    audits.record(
        session, actor, "queue", noun="plan", noun_id=str(plan.id), at=at, detail=wish.mode
    )
    return plan.id


def _queued(session: Session, plan: Plan) -> bool:
    """Whether it stands in the queue now. The database itself refuses the same wish twice."""
    try:
        with session.begin_nested():
            session.add(plan)
    except IntegrityError:
        return False
    return True


def _queue_beside(session: Session, lead: Plan, mode: PlanMode) -> None:
    asked = lead.model_dump(exclude={"id", "wish", "kind", "lead_id"})
    session.add_all(Plan(**asked, kind=kind, lead_id=lead.id) for kind in BESIDE[mode])
    session.flush()


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
    plan = Plan(
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
    plan.wish = _told_apart(plan)
    return plan


def _list(names: frozenset[str] | None) -> list[str] | None:
    return None if names is None else sorted(names)


def _told_apart(plan: Plan) -> str:
    """What is asked, in so many signs."""
    asked = [getattr(plan, name) for name in _ASKED]
    return sha256(json.dumps(asked, default=str).encode()).hexdigest()


def _alike(wanted: Plan) -> SelectOfScalar[int]:
    """The plan that is being made for the same wish: a form that was sent twice."""
    return select(Plan.id).where(Plan.wish == wanted.wish, col(Plan.state).in_(_WORKING))
