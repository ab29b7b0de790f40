"""What is stored but must not be readable in a stolen database: sealed with the secret key.

Each purpose has a key of its own, so that what was sealed for one can't be passed off as another.
"""

import base64
import hmac
from dataclasses import dataclass

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from scheduler.domain.errors import AanTafelError, Sentence
from scheduler.domain.secrets import SecretKey


class SealBroken(AanTafelError):
    """Something was sealed with another key, or has been changed since."""

    def __init__(self) -> None:
        """Say what it most often is."""
        super().__init__(
            Sentence(
                "Dit is met een andere sleutel versleuteld. Zet het bestand secret.key terug.",
                "This was encrypted with another key. Put the file secret.key back.",
            )
        )


@dataclass(frozen=True, slots=True)
class Seal:
    """Seals and opens for one purpose, such as "mail address"."""

    key: SecretKey
    purpose: str

    def seal(self, content: bytes) -> bytes:
        """The content encrypted and authenticated (Fernet: AES-128-CBC with HMAC-SHA-256)."""
        return self._fernets[0].encrypt(content)

    def open(self, sealed: bytes) -> bytes:
        """The content again; SealBroken where the key is another or the bytes were changed."""
        try:
            return MultiFernet(self._fernets).decrypt(sealed)
        except InvalidToken as error:
            raise SealBroken from error

    def is_newest(self, sealed: bytes) -> bool:
        """Whether it was sealed with the newest key; False too for what no key opens."""
        try:
            self._fernets[0].decrypt(sealed)
        except InvalidToken:
            return False
        return True

    def fingerprint(self, content: str) -> str:
        """The same for the same content, and nothing to whoever lacks the key: to find it by."""
        message = f"fingerprint/{self.purpose}/{content}".encode()
        return hmac.digest(self.key.value, message, "sha256").hex()

    @property
    def _fernets(self) -> list[Fernet]:
        message = f"seal/{self.purpose}".encode()
        derived = (hmac.digest(each.value, message, "sha256") for each in self.key.versions)
        return [Fernet(base64.urlsafe_b64encode(each)) for each in derived]
