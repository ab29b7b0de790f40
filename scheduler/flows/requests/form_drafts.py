"""The form to ask, kept while it is filled in: nothing is lost when somebody is called away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select
from sqlmodel.sql.expression import SelectOfScalar

from scheduler.db.tables import FormDraft
from scheduler.domain.access import Actor

_KEPT = timedelta(days=30)
_MOST, _LARGEST = 10, 20_000
"""How many drafts a body has at most, and how many letters one holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A form that was begun; `typed` are its fields as they were typed."""

    form_key: str
    title: str
    typed: Mapping[str, Sequence[str]]
    saved_at: datetime


def keep_draft(
    session: Session,
    actor: Actor,
    form_key: str,
    typed: Mapping[str, Sequence[str]],
    *,
    at: datetime,
) -> bool:
    """Keep a form as it stands, in the place of its earlier state; gives whether it was kept.

    One that is far too large isn't, nor somebody else's. Of a body the newest ten are kept, for
    30 days.
    """
    row = session.get(FormDraft, form_key)
    too_large = sum(len(text) for texts in typed.values() for text in texts) > _LARGEST
    if too_large or (row is not None and not _is_own(row, actor)):
        return False
    if row is None:
        row = FormDraft(
            form_key=form_key, role=actor.role, subject_id=actor.subject, typed={}, saved_at=at
        )
        session.add(row)
    row.typed = {name: list(texts) for name, texts in typed.items()}
    row.saved_at = at
    session.flush()
    _forget_old(session, actor, at)
    return True


def drafts_of(session: Session, actor: Actor) -> tuple[Draft, ...]:
    """What this actor began and didn't send, the newest first."""
    return tuple(_draft(row) for row in session.exec(_own(actor)))


def draft_of(session: Session, actor: Actor, form_key: str) -> Draft | None:
    """One form that was begun; None where there is none, or it is somebody else's."""
    row = session.get(FormDraft, form_key)
    return _draft(row) if row is not None and _is_own(row, actor) else None


def drop_draft(session: Session, actor: Actor, form_key: str) -> None:
    """Throw a form away that was begun, or has been sent; nothing happens where there is none."""
    row = session.get(FormDraft, form_key)
    if row is not None and _is_own(row, actor):
        session.delete(row)
        session.flush()


def _own(actor: Actor) -> SelectOfScalar[FormDraft]:
    return (
        select(FormDraft)
        .where(
            FormDraft.role == actor.role,
            col(FormDraft.subject_id).is_not_distinct_from(actor.subject),
        )
        .order_by(col(FormDraft.saved_at).desc(), FormDraft.form_key)
    )


def _is_own(row: FormDraft, actor: Actor) -> bool:
    return (row.role, row.subject_id) == (actor.role, actor.subject)


def _forget_old(session: Session, actor: Actor, at: datetime) -> None:
    session.exec(delete(FormDraft).where(col(FormDraft.saved_at) < at - _KEPT))
    for row in session.exec(_own(actor)).all()[_MOST:]:
        session.delete(row)
    session.flush()


def _draft(row: FormDraft) -> Draft:
    return Draft(
        form_key=row.form_key,
        title=next(iter(row.typed.get("title", ())), ""),
        typed=row.typed,
        saved_at=row.saved_at,
    )
