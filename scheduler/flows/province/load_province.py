"""Bring the rows in line with what a province's folder says."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from scheduler.db import audits
from scheduler.db.tables import Organisation, Province
from scheduler.domain.access import Actor
from scheduler.domain.errors import BadInput, Sentence
from scheduler.flows.province.province_rows import wanted_rows
from scheduler.flows.province.upkeep import Counts, bring_in_line
from scheduler.provinces import ProvinceFacts


def load_province(session: Session, actor: Actor, facts: ProvinceFacts, *, at: datetime) -> Counts:
    """Write a province's facts as rows; loading the same facts again changes nothing.

    A changed fact changes its row, but an assumed capacity never replaces a given one. Dwellings
    and travel times that the facts no longer name are removed. Whatever else they no longer name
    stays: meetings, mandates and people may hang on it.

    Args:
        session: the session; the caller commits.
        actor: who loads; must plan for all.
        facts: what `read_province` read.
        at: the instant of loading, for the log.

    Raises:
        NotAllowed: the actor doesn't plan for all.
        BadInput: another province has been loaded here.
    """
    actor.must_plan_for_all()
    _refuse_another(session, facts.province.id)
    wanted = wanted_rows(facts, _capacities_given(session))
    counts = sum((bring_in_line(session, each) for each in wanted), Counts())
    if counts.changed:
        audits.record(
            session,
            actor,
            "load",
            noun="province",
            noun_id=facts.province.id,
            at=at,
            detail=f"{counts.added} added, {counts.updated} updated, {counts.removed} removed",
        )
    return counts


def _capacities_given(session: Session) -> Sequence[str]:
    return session.exec(
        select(Organisation.id).where(col(Organisation.capacity_is_sample).is_(False))
    ).all()


def _refuse_another(session: Session, identifier: str) -> None:
    present = session.exec(select(Province).where(Province.id != identifier)).first()
    if present is not None:
        raise BadInput(
            Sentence(
                f"In deze database staat al een andere provincie: {present.name}.",
                f"This database holds another province already: {present.name}.",
            )
        )
