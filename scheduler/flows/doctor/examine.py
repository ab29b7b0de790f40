"""The examination: one look after another, so that all that is wrong is said at once."""

from collections.abc import Callable, Iterator

from scheduler.flows.doctor import machine, ways, work
from scheduler.flows.doctor.finding import Finding, Ground

_LOOKS: tuple[Callable[[Ground], Iterator[Finding]], ...] = (
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
    work.plans,
    work.log,
)


def examine(ground: Ground) -> tuple[Finding, ...]:
    """Everything that was looked at; nothing is changed by looking.

    Mail servers are asked whether they take us, within thirty seconds each; no mail is sent and
    none is marked as read.
    """
    return tuple(finding for look in _LOOKS for finding in look(ground))
