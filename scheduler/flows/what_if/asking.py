"""Suppose something: ask it, stop it, keep or drop its answer, and ask it anew on today's facts.

Nothing that is planned or published changes by any of it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from scheduler.db import audits, published, tables
from scheduler.db.tables import Organisation, Place, Plan, Representative
from scheduler.domain.access import Actor
from scheduler.domain.errors import BadInput, NotFound, NothingToDo, Sentence
from scheduler.domain.terms import PlanMode, SuppositionState
from scheduler.domain.times import local
from scheduler.flows.what_if.suppositions import Supposition, as_json, from_json, kind_of

_WEEK_HOURS = 7 * 24
_LEAST_SECONDS, _MOST_SECONDS = 2, 3600
WORKING = (SuppositionState.QUEUED, SuppositionState.SOLVING)
_LIMIT = Sentence(
    "Kies een rekentijd van 2 tot 3600 seconden.", "Choose 2 to 3600 seconds to reckon."
)
_UNKNOWN = Sentence(
    "Wat u koos, bestaat niet meer. Kies opnieuw.", "What you chose is gone. Please choose again."
)
_SAME = Sentence("Kies twee verschillende organisaties.", "Choose two different organisations.")
_HOURS = Sentence(
    "Vul meer dan 0 en hooguit 168 uur in.", "Give more than 0 and at most 168 hours."
)
_UNPUBLISHED = Sentence(
    "Er is nog niets gepubliceerd om van uit te gaan.",
    "Nothing has been published yet to start from.",
)
_OVER = Sentence(
    "Wat gepubliceerd is, is voorbij. Er valt niets te veronderstellen.",
    "What was published is over. There is nothing to suppose.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is supposed, how freely the plan may follow it, and how long to reckon in all."""

    supposition: Supposition
    mode: PlanMode
    time_limit_seconds: float = 60.0
    seed: int = 1
    workers: int = 2


def suppose(
    session: Session,
    actor: Actor,
    asked: Question,
    *,
    at: datetime,
    again_of: int | None = None,
) -> int:
    """Put a supposition in the queue and give its number; the same one is worked on once.

    Raises:
        NotAllowed: the actor doesn't plan for all.
        BadInput: what it names isn't there, or the seconds are none.
        NothingToDo: nothing is published to come.
    """
    actor.must_plan_for_all()
    _refuse_faults(session, asked)
    row = _row(session, actor, asked, at)
    row.again_of = again_of
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return session.exec(
            select(tables.Supposition.id).where(
                tables.Supposition.wish == row.wish, col(tables.Supposition.state).in_(WORKING)
            )
        ).one()
    _note(session, actor, "suppose", row.id, at)
    return row.id


def _row(session: Session, actor: Actor, asked: Question, at: datetime) -> tables.Supposition:
    newest = published.newest(session)
    if newest is None:
        raise NothingToDo(_UNPUBLISHED)
    before = session.get_one(Plan, newest.plan_id)
    if before.last_day < local(at).date():
        raise NothingToDo(_OVER)
    given = as_json(asked.supposition)
    kind = kind_of(asked.supposition)
    return tables.Supposition(
        kind=kind,
        given=given,
        mode=asked.mode,
        state=SuppositionState.QUEUED,
        as_of=at.replace(second=0, microsecond=0),  # planning counts minutes
        first_day=before.first_day,
        last_day=before.last_day,
        baseline_number=newest.number,
        seed=asked.seed,
        workers=asked.workers,
        time_limit_seconds=asked.time_limit_seconds,
        wish=_told_apart(kind, given, asked.mode, newest.number),
        asked_at=at,
        asked_role=actor.role,
        asked_by=actor.subject,
    )


def _told_apart(*asked: object) -> str:
    return sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


_NAMED: Mapping[str, type[tables.Row]] = {
    "representative": Representative,
    "organisation": Organisation,
    "giver": Organisation,
    "holder": Organisation,
    "home": Place,
    "municipality": tables.Municipality,
}


def _refuse_faults(session: Session, asked: Question) -> None:
    given = as_json(asked.supposition)
    faults = []
    if any(session.get(_NAMED[name], given[name]) is None for name in _NAMED.keys() & given.keys()):
        faults.append(_UNKNOWN)
    if "giver" in given and given["giver"] == given["holder"]:
        faults.append(_SAME)
    if not 0 < given.get("hours_a_week", 1) <= _WEEK_HOURS:
        faults.append(_HOURS)
    if not _LEAST_SECONDS <= asked.time_limit_seconds <= _MOST_SECONDS:
        faults.append(_LIMIT)
    if faults:
        raise BadInput(*faults)


def suppose_again(session: Session, actor: Actor, number: int, *, at: datetime) -> int:
    """The same supposition on the facts of now; gives the number of the new one.

    Raises:
        NotFound: there is no such supposition.
        BadInput: what it names is gone.
    """
    row = _existing(session, actor, number)
    asked = Question(
        supposition=from_json(row.kind, row.given),
        mode=row.mode,
        time_limit_seconds=row.time_limit_seconds,
        seed=row.seed,
        workers=row.workers,
    )
    return suppose(session, actor, asked, at=at, again_of=number)


def keep(session: Session, actor: Actor, number: int, *, at: datetime) -> None:
    """Keep an answer, with who kept it and when; kept twice, it is kept once.

    Raises:
        NotFound: there is no such supposition, or it has no answer.
    """
    row = _existing(session, actor, number)
    if row.state is SuppositionState.KEPT:
        return
    kept = {"kept_at": at, "kept_role": actor.role, "kept_by": actor.subject}
    if not _turned(session, number, (SuppositionState.ANSWERED,), SuppositionState.KEPT, **kept):
        raise NotFound("aanname", str(number))
    _note(session, actor, "keep", number, at)


def drop(session: Session, actor: Actor, number: int, *, at: datetime) -> None:
    """Drop a supposition, whatever its state; one that is worked on stops.

    Raises:
        NotFound: there is no such supposition.
    """
    _existing(session, actor, number)
    living = tuple(each for each in SuppositionState if each is not SuppositionState.DROPPED)
    if _turned(session, number, living, SuppositionState.DROPPED):
        _note(session, actor, "drop", number, at)


def ask_stop(session: Session, actor: Actor, number: int, *, at: datetime) -> None:
    """Be content with the best so far.

    Raises:
        NotFound: there is no such supposition.
    """
    row = _existing(session, actor, number)
    if row.state in WORKING and not row.stop_asked:
        row.stop_asked = True
        _note(session, actor, "stop", number, at)


def _existing(session: Session, actor: Actor, number: int) -> tables.Supposition:
    actor.must_plan_for_all()
    row = session.get(tables.Supposition, number)
    if row is None or row.state is SuppositionState.DROPPED:
        raise NotFound("aanname", str(number))
    return row


def _turned(
    session: Session,
    number: int,
    states: tuple[SuppositionState, ...],
    to: SuppositionState,
    **values: object,
) -> bool:
    mine = (col(tables.Supposition.id) == number, col(tables.Supposition.state).in_(states))
    found = session.exec(update(tables.Supposition).where(*mine).values(state=to, **values))
    return found.rowcount == 1


def _note(session: Session, actor: Actor, act: str, number: int, at: datetime) -> None:
    audits.record(session, actor, act, noun="supposition", noun_id=str(number), at=at)
