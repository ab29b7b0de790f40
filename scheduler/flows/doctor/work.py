"""The work that goes on behind the pages: plans that wait, and the log that seals itself."""

from collections.abc import Iterator
from datetime import timedelta

from sqlmodel import col, func, select

from scheduler.db import cluster
from scheduler.db.tables import Plan
from scheduler.domain.access import SYSTEM
from scheduler.domain.errors import Sentence
from scheduler.domain.terms import PlanState
from scheduler.flows.audit_trail import verify_audits
from scheduler.flows.doctor.finding import Finding, Ground, State

_PATIENCE = timedelta(minutes=10)


def plans(ground: Ground) -> Iterator[Finding]:
    """Whether somebody works off the plans that were asked for."""
    with ground.database.session() as session:
        waiting = session.exec(
            select(func.count())
            .select_from(Plan)
            .where(
                col(Plan.state) == PlanState.QUEUED, col(Plan.created_at) < ground.at - _PATIENCE
            )
        ).one()
    if waiting:
        yield Finding(
            "plans",
            State.WRONG,
            Sentence(
                f"{waiting} roosters wachten al langer dan tien minuten. Draait `aantafel serve`?",
                f"{waiting} plans have waited for over ten minutes. Is `aantafel serve` running?",
            ),
        )


def workers(ground: Ground) -> Iterator[Finding]:
    """On PostgreSQL: whether anybody does the work behind the pages."""
    if not cluster.is_shared(ground.database.engine):
        return
    with ground.database.session() as session:
        found = cluster.standing(session)
    if found and found.workers:
        said = Sentence(
            f"{found.workers} werkers zijn bezig of staan klaar.",
            f"{found.workers} workers are busy or ready.",
        )
        yield Finding("workers", State.FINE, said)
        return
    yield Finding(
        "workers",
        State.WRONG,
        Sentence(
            "Niemand maakt roosters of verstuurt mail. Start ten minste één keer `aantafel work`.",
            "Nobody makes plans or sends mail. Start `aantafel work` at least once.",
        ),
    )


def log(ground: Ground) -> Iterator[Finding]:
    """Whether the log is as it was written."""
    with ground.database.session() as session:
        trail = verify_audits(session, SYSTEM, ground.key)
    if trail.is_whole:
        nl, en = "Het logboek is heel", "The log is whole"
        said = Sentence(f"{nl}: {trail.sealed} handelingen.", f"{en}: {trail.sealed} acts.")
        yield Finding("log", State.FINE, said)
        return
    yield Finding(
        "log",
        State.WRONG,
        Sentence(
            "Het logboek is veranderd. Zie: aantafel audit verify",
            "The log has been changed. See: aantafel audit verify",
        ),
    )
