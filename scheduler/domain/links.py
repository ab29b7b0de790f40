"""Links in a mail that prove themselves: made for one purpose and one person, and nothing else."""

import base64
import hmac
from dataclasses import dataclass
from enum import StrEnum

from scheduler.domain.errors import SpentLink
from scheduler.domain.secrets import SecretKey

_PROOF_BYTES = 16


class Purpose(StrEnum):
    """What a link is for; one made for something else opens nothing."""

    ANSWER = "answer"
    STAND_IN = "stand-in"
    MAIL_OFF = "mail-off"
    INPUT = "input"
    MANDATE = "mandate"
    PARTICIPATION = "participation"
    LOAN = "loan"
    VOTE = "vote"
    REPORT = "report"
    READ_REPORT = "read-report"
    DIGEST_OFF = "digest-off"


@dataclass(frozen=True, slots=True, repr=False)
class Links:
    """Makes and reads tokens for addresses.

    A token is the names it is about, and a proof (HMAC-SHA-256, 128 bits) that we wrote them. It
    needs no row, so it can be in a mail that is written out long before it is sent; how long it
    works is decided by what it is about.
    """

    key: SecretKey

    def token(self, purpose: Purpose, *names: str) -> str:
        """The token for these names, which hold no line ends."""
        written = _text(base64.urlsafe_b64encode("\n".join(names).encode()))
        return f"{written}.{_proof(self.key, purpose, written)}"

    def read(self, purpose: Purpose, token: str) -> tuple[str, ...]:
        """The names in a token.

        Raises:
            SpentLink: we never made it, or made it for another purpose.
        """
        written, _, proof = token.partition(".")
        wanted = [_proof(each, purpose, written) for each in self.key.versions]
        if not any(hmac.compare_digest(each.encode(), proof.encode()) for each in wanted):
            raise SpentLink
        padded = written + "=" * (-len(written) % 4)
        return tuple(base64.urlsafe_b64decode(padded).decode().split("\n"))


def _proof(key: SecretKey, purpose: Purpose, written: str) -> str:
    message = f"link/{purpose}/{written}".encode()
    digest = hmac.digest(key.value, message, "sha256")[:_PROOF_BYTES]
    return _text(base64.urlsafe_b64encode(digest))


def _text(encoded: bytes) -> str:
    return encoded.decode("ascii").rstrip("=")
