"""Identifiers: short, readable, and the same in row, planning problem and address."""

import secrets
import uuid

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_LENGTH = 10

UID_DOMAIN = "aantafel.invalid"
"""What a calendar UID ends in; `.invalid` is nobody's (RFC 2606, section 2)."""


def new_id(prefix: str) -> str:
    """A new identifier such as `m-4x2k9c1hq7`: 50 random bits, without letters that look alike."""
    return f"{prefix}-{''.join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))}"


def new_uid(domain: str = UID_DOMAIN) -> str:
    """A calendar UID, made once per meeting and stored for ever (RFC 7986, section 5.3)."""
    return f"{uuid.uuid4()}@{domain}"
