"""Working off the messages to subscribers; no transaction is open while one is asked."""

import random
from collections.abc import Callable

from scheduler.domain.access import SYSTEM
from scheduler.domain.secrets import SecretKey
from scheduler.flows.outside import Means
from scheduler.flows.software.deliver_webhooks import (
    claim_delivery,
    is_claimed,
    note_delivery,
    send_message,
)
from scheduler.jobs.rounds import Round, ShouldStop
from scheduler.logs import log

_SECONDS = 5
"""How soon a subscriber hears of something."""


def deliver_due_webhooks(
    means: Means,
    key: SecretKey,
    *,
    should_stop: ShouldStop = lambda: False,
    chance: Callable[[], float] = random.random,
) -> int:
    """Send everything that is due, one by one; gives how many were taken."""
    taken = 0
    while not should_stop():
        with means.database.session() as session:
            message = claim_delivery(session, SYSTEM, key, at=means.clock())
        if message is None:
            break
        with means.database.session() as session:
            if not is_claimed(session, SYSTEM, message, at=means.clock()):
                continue  # we were paused, and another has sent it
        outcome = send_message(means.guard, message)
        taken += outcome.is_taken
        with means.database.session() as session:
            note_delivery(session, SYSTEM, message, outcome, at=means.clock(), chance=chance)
        if not outcome.is_taken:
            log.warning("webhook message %s: %s", message.id, outcome.reason)
    return taken


def webhook_round(means: Means, key: SecretKey) -> Round:
    """What the clock does about webhooks."""

    def work(should_stop: ShouldStop) -> None:
        deliver_due_webhooks(means, key, should_stop=should_stop)

    return Round("webhooks", _SECONDS, work)
