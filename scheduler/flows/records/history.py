"""What was done to a record: who, when, why, and what stood there before and after."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from scheduler.db import audits
from scheduler.db.audits import LogFilter
from scheduler.db.tables import Audit
from scheduler.domain.access import Actor
from scheduler.domain.errors import Sentence
from scheduler.flows.records.around import Around
from scheduler.flows.records.kind import Kind
from scheduler.flows.records.kinds import KINDS

_MOST = 50


@dataclass(frozen=True, slots=True)
class Difference:
    """One field before and after, in words; None where there was, or is, nothing to tell."""

    key: str
    label: Sentence
    before: Sentence | None
    after: Sentence | None


def history_of(session: Session, actor: Actor, kind: Kind, identifier: str) -> tuple[Audit, ...]:
    """The latest acts upon a record, the newest first."""
    wanted = LogFilter(noun=kind.noun, noun_id=identifier)
    return audits.recent(session, actor, wanted, most=_MOST)


def differences(act: Audit, around: Around) -> tuple[Difference, ...]:
    """What an act upon a record changed, field by field; nothing for any other act."""
    kind = next((each for each in KINDS if each.noun == act.noun), None)
    if kind is None or (act.before is None and act.after is None):
        return ()
    return field_differences(kind, act.before or {}, act.after or {}, around)


def field_differences(
    kind: Kind, before: Mapping[str, str], after: Mapping[str, str], around: Around
) -> tuple[Difference, ...]:
    """The fields that differ, in the order of the form."""
    return tuple(
        Difference(
            each.key,
            each.label,
            each.shape.said(before[each.key], around) if each.key in before else None,
            each.shape.said(after[each.key], around) if each.key in after else None,
        )
        for each in kind.fields
        if each.key in before or each.key in after
    )
