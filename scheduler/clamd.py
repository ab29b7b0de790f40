"""Asking a virus scanner about a file: ClamAV's daemon, over its own socket (clamd(8))."""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from scheduler.domain.errors import AanTafelError, Sentence

_CHUNK = 64 * 1024
_LONGEST_REPLY = 4096
_FOUND = re.compile(r"stream: (.+) FOUND")


class ScannerDown(AanTafelError):
    """The scanner doesn't answer, or answers something else than yes or no."""

    def __init__(self, address: str, reason: str) -> None:
        """Name the scanner, and what it said."""
        super().__init__(
            Sentence(
                f"De virusscanner {address} is niet te gebruiken ({reason}).",
                f"The virus scanner {address} can't be used ({reason}).",
            )
        )
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Scanner:
    """A running clamd: a socket in the file system (`/run/clamav/clamd.ctl`) or `host:port`.

    `seconds` is how long it may take over one file.
    """

    address: str
    seconds: float

    def finds(self, content: bytes) -> str | None:
        """The name of what is wrong with a file; None where it is clean.

        Raises:
            ScannerDown: nobody knows, since the scanner can't be asked.
        """
        reply = self._ask(b"zINSTREAM\0", *_chunks(content))
        if reply == "stream: OK":
            return None
        if found := _FOUND.fullmatch(reply):
            return found[1]
        raise ScannerDown(self.address, reply or "no answer")

    def trouble(self) -> str:
        """Why it can't be used; empty where it answers."""
        try:
            reply = self._ask(b"zPING\0")
        except ScannerDown as down:
            return down.reason
        return "" if reply == "PONG" else reply or "no answer"

    def _ask(self, *parts: bytes) -> str:
        try:
            with self._connected() as connection:
                for part in parts:
                    connection.sendall(part)
                return _reply(connection)
        except (OSError, ValueError) as error:
            raise ScannerDown(self.address, str(error) or type(error).__name__) from error

    @contextmanager
    def _connected(self) -> Iterator[socket.socket]:
        if self.address.startswith("/"):
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
                connection.settimeout(self.seconds)
                connection.connect(self.address)
                yield connection
            return
        host, _, port = self.address.rpartition(":")
        with socket.create_connection((host, int(port)), timeout=self.seconds) as connection:
            yield connection


def _chunks(content: bytes) -> Iterator[bytes]:
    """Each with its length before it, in four bytes; one of length nothing ends them."""
    for start in range(0, len(content), _CHUNK):
        chunk = content[start : start + _CHUNK]
        yield len(chunk).to_bytes(4, "big") + chunk
    yield bytes(4)


def _reply(connection: socket.socket) -> str:
    """What it says, up to the zero byte or the end."""
    said = b""
    while b"\0" not in said and len(said) < _LONGEST_REPLY:
        received = connection.recv(_LONGEST_REPLY)
        if not received:
            break
        said += received
    return said.partition(b"\0")[0].decode("utf-8", "replace").strip()
