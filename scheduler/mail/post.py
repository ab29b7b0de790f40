"""A way for mail to go, and what can come of it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Verdict(StrEnum):
    """What came of an attempt.

    SENT: somebody took responsibility for it. REFUSED: never this mail. LATER: not now, and it
    was plainly not taken. UNREACHABLE: likewise, and no other mail will go either. IN_DOUBT: it
    may have been taken; only sending the same once more makes sure.
    """

    SENT = "sent"
    REFUSED = "refused"
    LATER = "later"
    UNREACHABLE = "unreachable"
    IN_DOUBT = "in_doubt"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A verdict, with a reason that holds no address: a reply code, or a word of ours."""

    verdict: Verdict
    reason: str = ""


StillOurs = Callable[[], bool]
"""Asked at the last moment whether this process is still the one to send it."""


def always() -> bool:
    """The answer of who has nobody beside them."""
    return True


class Post(Protocol):
    """Takes mail away."""

    def send(
        self,
        message: bytes,
        *,
        message_id: str,
        sender: str,
        recipient: str,
        still_ours: StillOurs = always,
    ) -> Outcome:
        """Try to send one message; never raises for what a server or network does."""
