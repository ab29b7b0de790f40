"""Addresses that mail can go to."""

import re

from scheduler.domain.errors import BadInput, Sentence

_LONGEST = 254
_PLAIN = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+", re.IGNORECASE)


def usable_address(typed: str) -> str:
    """The address as typed, without blanks around it.

    Raises:
        BadInput: it is no plain mail address (RFC 5321, section 4.1.2, without quoted forms).
    """
    address = typed.strip()
    if len(address) > _LONGEST or not _PLAIN.fullmatch(address):
        raise BadInput(
            Sentence(
                "Dit is geen mailadres. Typ het zoals naam@voorbeeld.nl.",
                "This isn't a mail address. Type it like name@example.org.",
            )
        )
    return address
