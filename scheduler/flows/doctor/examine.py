"""The examination: one look after another, so that all that is wrong is said at once."""

from collections.abc import Callable, Iterator

from scheduler.flows.doctor import machine, ways, work
from scheduler.flows.doctor.finding import Finding, Ground

Look = Callable[[Ground], Iterator[Finding]]

_LOOKS: tuple[Look, ...] = (
    machine.database,
    machine.room,
    machine.folder,
    machine.time,
    ways.pages,
    ways.mail_out,
    ways.mail_in,
    ways.outbox,
    ways.scanner,
    ways.calendars,
    work.workers,
    work.plans,
    work.log,
)
_QUICK: tuple[Look, ...] = (
    machine.room,
    machine.time,
    ways.outbox,
    ways.calendars,
    work.workers,
    work.plans,
)
"""What asks no other machine, and takes no longer as the years go by."""


def examine(ground: Ground) -> tuple[Finding, ...]:
    """Everything that was looked at; nothing is changed by looking.

    Mail servers are asked whether they take us, within thirty seconds each; no mail is sent and
    none is marked as read.
    """
    return tuple(finding for look in _LOOKS for finding in look(ground))


def look_quickly(ground: Ground) -> tuple[Finding, ...]:
    """What can be looked at while somebody waits for a page."""
    return tuple(finding for look in _QUICK for finding in look(ground))
