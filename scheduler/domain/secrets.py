"""Secrets that are shown once, and secrets that can be shown again but aren't stored.

A feed's address must be shown whenever its owner asks for it, yet a stolen database must not open
a single feed. So its token isn't random but derived from a key that never enters the database;
the rows hold only the token's hash.
"""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass

_TOKEN_BYTES = 20
_GROUPS, _GROUP = 5, 4
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True, repr=False)
class SecretKey:
    """The installation's key: 32 random bytes that live beside the database, not in it.

    Attributes:
        value: the key with which everything new is made.
        earlier: keys of before, the newest first: what they made is still good.
        for_log: keys that may have been stolen: they only verify what the log was sealed with.
    """

    value: bytes
    earlier: tuple[bytes, ...] = ()
    for_log: tuple[bytes, ...] = ()

    @property
    def versions(self) -> tuple["SecretKey", ...]:
        """Each key whose work is good, by itself, the newest first."""
        return tuple(SecretKey(each) for each in (self.value, *self.earlier))

    @property
    def log_versions(self) -> tuple["SecretKey", ...]:
        """Each key that the log may have been sealed with, by itself, the newest first."""
        return (*self.versions, *(SecretKey(each) for each in self.for_log))

    def proves_request(self, request_id: str, issue: int, proof: str) -> bool:
        """Whether one of the keys made this proof; each is reckoned, so that no time tells."""
        wanted = (each.request_token(request_id, issue) for each in self.versions)
        fits = [hmac.compare_digest(each.encode(), proof.encode()) for each in wanted]
        return any(fits)

    def feed_token(self, feed_id: str, issue: int) -> str:
        """The token (160 bits, 32 lower-case letters and digits) of one issue of a feed."""
        message = f"feed/{feed_id}/{issue}".encode()
        return self._derived(message)

    def request_token(self, request_id: str, issue: int) -> str:
        """What proves that somebody may follow one request: 160 bits, of one issue of its link."""
        return self._derived(f"request/{request_id}/{issue}".encode())

    def webhook_secret(self, webhook_id: str) -> bytes:
        """What a webhook's messages are signed with: 256 bits."""
        return hmac.digest(self.value, f"webhook/{webhook_id}".encode(), "sha256")

    def origin_mark(self, address: str) -> str:
        """What tells one network address from another without saying which it is."""
        return self._derived(f"origin/{address}".encode())

    def _derived(self, message: bytes) -> str:
        digest = hmac.digest(self.value, message, "sha256")[:_TOKEN_BYTES]
        return base64.b32encode(digest).decode("ascii").lower()


def hashed(secret: str) -> str:
    """What is stored of a secret.

    One round of SHA-256 is enough: all our secrets are random with 98 bits or more, so there is no
    dictionary to try, and a CalDAV client sends its password with every request.
    """
    return hashlib.sha256(secret.encode()).hexdigest()


def new_token() -> str:
    """A random token for an address: 256 bits."""
    return secrets.token_urlsafe(32)


def new_app_password() -> str:
    """A password that can be typed over from a screen: 20 letters and digits, 98 bits."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)
