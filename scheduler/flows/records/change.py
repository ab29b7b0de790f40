"""Adding, changing, ending and taking back: each one act in the log, with before and after."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from scheduler.db.tables import Audit
from scheduler.domain.access import Actor
from scheduler.domain.errors import BadInput, NotFound, Sentence
from scheduler.domain.times import local
from scheduler.flows.records.around import look_around
from scheduler.flows.records.errors import (
    AlreadyThere,
    Meanwhile,
    RecordChanged,
    UndoImpossible,
)
from scheduler.flows.records.kind import Kind, Record, Values, read_rows, write_row
from scheduler.flows.records.store import alike, read_values, record_of, texts_of, title_of
from scheduler.flows.records.writing import Change, Hand, note, write_changed, write_new

_NO_END = Sentence("Dit kan niet eindigen.", "This can't end.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A form as it was sent.

    Attributes:
        texts: by field; a field that isn't among them keeps what it was.
        was: what the form showed when it was made; None where nobody looked first.
        why: the reason, which may stay empty.
        identifier: for a new record of a kind whose identifiers others give.
    """

    texts: Mapping[str, str]
    was: Mapping[str, str] | None = None
    why: str = ""
    identifier: str = ""


def add_record(session: Session, actor: Actor, kind: Kind, typed: Typed, *, at: datetime) -> Change:
    """Add a record. The same form sent twice adds one.

    Raises:
        NotAllowed: the actor doesn't plan for all.
        BadRecord: something isn't right, each fault at its field.
        AlreadyThere: another has the same name, and differs.
    """
    actor.must_plan_for_all()
    around = look_around(session, today=local(at).date())
    values = read_values(kind, typed.texts, around)
    texts, present = texts_of(kind, values), read_rows(session, kind)
    given = typed.identifier.strip()
    for other in alike(kind, texts, present.values()):
        if other.texts == texts and given in {"", other.id}:
            return Change(identifier=other.id)
        raise AlreadyThere(other.id, title_of(kind, other.texts, around))
    hand = Hand(session=session, actor=actor, kind=kind, at=at)
    return write_new(hand, values, present, given=given, why=typed.why)


def change_record(
    session: Session, actor: Actor, kind: Kind, identifier: str, typed: Typed, *, at: datetime
) -> Change:
    """Change a record; what is as it was is no change.

    Raises:
        NotAllowed, NotFound: it isn't the actor's to change, or isn't there.
        RecordChanged: somebody else changed it since the form was made.
        BadRecord: something isn't right, each fault at its field.
        AlreadyThere: another has the same name.
    """
    now = record_of(session, actor, kind, identifier)
    hand = Hand(session=session, actor=actor, kind=kind, at=at)
    return write_changed(hand, now, _changed_values(hand, now, typed), why=typed.why)


def end_record(
    session: Session, actor: Actor, kind: Kind, identifier: str, typed: Typed, *, at: datetime
) -> Change:
    """Let a record end on a day; its history keeps it. The same errors as `change_record`."""
    if not kind.ends:
        raise BadInput(_NO_END)
    now = record_of(session, actor, kind, identifier)
    hand = Hand(session=session, actor=actor, kind=kind, at=at)
    return write_changed(hand, now, _changed_values(hand, now, typed), act="end", why=typed.why)


def remove_record(
    session: Session, actor: Actor, kind: Kind, identifier: str, *, at: datetime
) -> Change:
    """Take a record away to which nothing can refer; the log keeps what it was.

    Raises:
        NotAllowed, NotFound: it isn't the actor's to take away, or isn't there.
        BadInput: others may refer to one of this kind.
    """
    now = record_of(session, actor, kind, identifier)
    if not kind.removable:
        raise BadInput(_NO_END)
    session.delete(session.get_one(kind.table, identifier))
    session.flush()
    hand = Hand(session=session, actor=actor, kind=kind, at=at)
    return note(hand, "remove", Change(identifier=identifier, before=dict(now.texts)))


def undo_change(session: Session, actor: Actor, kind: Kind, number: int, *, at: datetime) -> Change:
    """Put back what one act changed or took away; `number` is the act's in the log.

    Raises:
        NotAllowed: the actor doesn't plan for all.
        NotFound: there is no such act.
        UndoImpossible: what it changed was changed again since.
    """
    actor.must_plan_for_all()
    act = session.get(Audit, number)
    if act is None or act.noun != kind.noun or not act.before:
        raise NotFound("wijziging", str(number))
    hand = Hand(session=session, actor=actor, kind=kind, at=at)
    now = read_rows(session, kind).get(act.noun_id)
    if act.act == "remove" and now is None:
        return _brought_back(hand, act.noun_id, act.before)
    after = act.after or {}
    if now is None or any(now.texts.get(key) != text for key, text in after.items()):
        raise UndoImpossible
    values = _changed_values(hand, now, Typed(texts=act.before))
    return write_changed(hand, now, values, act="undo")


def _brought_back(hand: Hand, identifier: str, texts: Mapping[str, str]) -> Change:
    around = look_around(hand.session, today=local(hand.at).date())
    write_row(hand.session, hand.kind, identifier, read_values(hand.kind, texts, around))
    return note(hand, "undo", Change(identifier=identifier, after=texts))


def _changed_values(hand: Hand, now: Record, typed: Typed) -> Values:
    """The record's values with what was typed on top, once nothing speaks against it."""
    _refuse_overtaken(hand.kind, now, typed)
    around = look_around(hand.session, today=local(hand.at).date())
    values = read_values(hand.kind, {**now.texts, **typed.texts}, around)
    others = (each for each in read_rows(hand.session, hand.kind).values() if each.id != now.id)
    for other in alike(hand.kind, texts_of(hand.kind, values), others):
        raise AlreadyThere(other.id, title_of(hand.kind, other.texts, around))
    return values


def _refuse_overtaken(kind: Kind, now: Record, typed: Typed) -> None:
    """Two at once: show the later one what the other did, with everything typed still there."""
    was = typed.was
    if was is None or all(now.texts[key] == text for key, text in typed.texts.items()):
        return
    meanwhile = tuple(
        Meanwhile(each.key, was[each.key], now.texts[each.key])
        for each in kind.fields
        if each.key in was and was[each.key] != now.texts[each.key]
    )
    if meanwhile:
        mine = {key: text for key, text in typed.texts.items() if text != was.get(key)}
        raise RecordChanged(meanwhile, {**now.texts, **mine}, now.texts)
