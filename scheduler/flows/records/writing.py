"""Writing one record and its act in the log; what is right and allowed has been judged before."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlmodel import Session

from scheduler.db import audits
from scheduler.domain.access import Actor
from scheduler.domain.errors import Sentence
from scheduler.domain.ids import new_id
from scheduler.domain.names import slug
from scheduler.domain.parsing import Unfit, identifier
from scheduler.flows.records.errors import BadRecord
from scheduler.flows.records.kind import FieldFault, Kind, Record, Values, write_row
from scheduler.flows.records.store import texts_of

IDENTIFIER = "kenmerk"
"""The name of the identifier in forms and files."""

_WORDS = ("nieuw", "inlezen", "uitvoer")
"""What stands in an address where an identifier could."""
_LONGEST_WHY = 500
_TAKEN = Sentence(
    "Dit kenmerk is er al. Kies een ander.", "This identifier is there already. Choose another."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """Who writes records of one kind, and when."""

    session: Session
    actor: Actor
    kind: Kind
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What came of it; `act` is the act's number in the log, None where nothing changed."""

    identifier: str
    act: int | None = None
    before: Mapping[str, str] = field(default_factory=dict)
    after: Mapping[str, str] = field(default_factory=dict)


def write_new(
    hand: Hand, values: Values, present: Mapping[str, Record], *, given: str = "", why: str = ""
) -> Change:
    """Write a record that isn't there yet.

    Args:
        hand: who writes.
        values: its values.
        present: those that are there.
        given: its identifier, for a kind whose identifiers others give.
        why: the reason, which may stay empty.

    Raises:
        BadRecord: the given identifier can't be used.
    """
    made = _identifier(hand.kind, values, present, given)
    write_row(hand.session, hand.kind, made, values)
    after = {key: text for key, text in texts_of(hand.kind, values).items() if text}
    return note(hand, "add", Change(identifier=made, after=after), why)


def write_changed(
    hand: Hand, now: Record, values: Values, *, act: str = "change", why: str = ""
) -> Change:
    """Write a record that is there; nothing where nothing differs."""
    texts = texts_of(hand.kind, values)
    keys = [key for key, text in texts.items() if text != now.texts[key]]
    if not keys:
        return Change(identifier=now.id)
    write_row(hand.session, hand.kind, now.id, values)
    change = Change(
        identifier=now.id,
        before={key: now.texts[key] for key in keys},
        after={key: texts[key] for key in keys},
    )
    return note(hand, act, change, why)


def note(hand: Hand, act: str, change: Change, why: str = "") -> Change:
    """Write the act in the log, and give the change with its number there."""
    why = why.strip()[:_LONGEST_WHY]
    hand.kind.told(hand.session, hand.actor, change.identifier, act=act, why=why, at=hand.at)
    row = audits.record(
        hand.session,
        hand.actor,
        act,
        noun=hand.kind.noun,
        noun_id=change.identifier,
        at=hand.at,
        before=change.before,
        after=change.after,
        why=why,
    )
    hand.session.flush()
    return replace(change, act=row.id)


def _identifier(kind: Kind, values: Values, present: Mapping[str, Record], given: str) -> str:
    if kind.own_identifier is not None:
        return _own_identifier(present, given)
    if kind.prefix:
        return new_id(kind.prefix)
    name = slug(str(values[kind.titled_by[0]]))
    return new_id(name) if name in {*present, *_WORDS} else name


def is_identifier(text: str) -> bool:
    """Whether others could have given a record this identifier."""
    try:
        return identifier(text) not in _WORDS
    except Unfit:
        return False


def _own_identifier(present: Mapping[str, Record], given: str) -> str:
    try:
        found = identifier(given)
    except Unfit as unfit:
        wanted = Sentence(
            f"Kenmerk: hier hoort {unfit.expected.nl}.",
            f"Identifier: expected {unfit.expected.en}.",
        )
        raise BadRecord(FieldFault(IDENTIFIER, wanted)) from unfit
    if found in present or found in _WORDS:
        raise BadRecord(FieldFault(IDENTIFIER, _TAKEN))
    return found
