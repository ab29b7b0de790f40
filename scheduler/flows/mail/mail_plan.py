"""What one recipient must still be mailed about one meeting: decided from what they had before.

The decision looks at the state that should be, not at the change that led to it, so that deciding
twice, or after something was lost, comes to the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.db.tables import Outgoing
from scheduler.domain.terms import MailKind, MailState

_GOING = {MailState.HELD, MailState.WAITING}
_OPEN = {*_GOING, MailState.FAILED}


@dataclass(frozen=True, slots=True)
class Decision:
    """A mail to add, if any, and the mails that it makes pointless."""

    add: MailKind | None
    withdraw: tuple[Outgoing, ...]


def decide(before: Sequence[Outgoing], *, invited: bool, revision: int) -> Decision:
    """What to mail to who is invited, or isn't any more, to a meeting at its newest revision.

    Args:
        before: every invitation and cancellation of this meeting for this recipient.
        invited: whether they should have it in their calendar.
        revision: the meeting's newest; higher than any before it.
    """
    return _invite(before, revision) if invited else _take_back(before, revision)


def has_invitation(before: Sequence[Outgoing]) -> bool:
    """Whether the recipient may have an invitation that nothing took back.

    An invitation in doubt counts and a cancellation in doubt doesn't: a cancellation too many does
    nothing, one too few leaves a ghost.
    """
    got = [
        row
        for row in before
        if row.state is MailState.SENT or (row.in_doubt and row.kind is MailKind.REQUEST)
    ]
    newest = max(got, key=_order, default=None)
    return newest is not None and newest.kind is MailKind.REQUEST


def may_have_arrived(row: Outgoing) -> bool:
    """Whether a server took it, or may have."""
    return row.state is MailState.SENT or row.in_doubt


def _order(row: Outgoing) -> tuple[int, bool]:
    return row.sequence, row.kind is MailKind.CANCEL


def _invite(before: Sequence[Outgoing], revision: int) -> Decision:
    there = any(row.sequence == revision and row.kind is MailKind.REQUEST for row in before)
    older = (
        row
        for row in before
        if row.state in _OPEN and (row.sequence < revision or row.kind is MailKind.CANCEL)
    )
    return Decision(None if there else MailKind.REQUEST, tuple(older))


def _take_back(before: Sequence[Outgoing], revision: int) -> Decision:
    """A cancellation that is on its way already still says what is true."""
    cancels = [row for row in before if row.kind is MailKind.CANCEL]
    going = any(row.state in _GOING or row.sequence == revision for row in cancels)
    pointless = tuple(
        row
        for row in before
        if row.state in _OPEN and (row.kind is MailKind.REQUEST or _is_overtaken(row, revision))
    )
    adds = not going and has_invitation(before)
    return Decision(MailKind.CANCEL if adds else None, pointless)


def _is_overtaken(row: Outgoing, revision: int) -> bool:
    return row.state is MailState.FAILED and row.sequence < revision
