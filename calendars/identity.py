"""The names that calendars know things by. All are functions of stored facts, fixed for ever."""

from hashlib import sha256

_MOST_DIGITS = 18

FORM = 1
"""Raise this with any change in how entries are written, so that accounts fetch them anew."""


def href(uid: str, target: str = "") -> str:
    """The name of an entry's resource in a collection, such as `plan-0f3c….ics`.

    It depends on nothing but the UID and the account it is written to: servers accept one UID
    under two names, so the name alone keeps a retried write from making a second event.
    `target` is empty in our own account.
    """
    return f"plan-{_digest(uid, target)[:32]}.ics"


def etag(content: bytes) -> str:
    """The strong entity tag of these bytes, with its quotes (RFC 9110, section 8.8.3)."""
    return f'"{sha256(content).hexdigest()[:32]}"'


def sync_token(owner: str, calendar: str, epoch: str, revision: int) -> str:
    """What a client hands back to hear of changes since this revision (RFC 6578, section 4).

    A token of another owner, calendar, epoch or way of writing doesn't look like ours.
    """
    return f"urn:x-aantafel:sync:{_digest(owner, calendar, epoch, str(FORM))[:16]}:{revision}"


def revision_of(token: str, owner: str, calendar: str, epoch: str) -> int | None:
    """The revision that a token of this calendar stands for; None for any other token."""
    digits = token.rpartition(":")[2]
    if not (digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS):
        return None
    revision = int(digits)
    return revision if token == sync_token(owner, calendar, epoch, revision) else None


def _digest(*parts: str) -> str:
    return sha256("|".join(parts).encode()).hexdigest()
