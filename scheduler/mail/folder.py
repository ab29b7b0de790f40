"""Mail as files in a folder: for trying out, and for installations without a mail server."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from scheduler.mail.post import Outcome, StillOurs, Verdict, always

_UNSAFE = re.compile(r"[^A-Za-z0-9.-]")


@dataclass(frozen=True, slots=True)
class FolderPost:
    """Writes each message once: its name comes from its Message-ID, so a repetition is the same."""

    folder: Path

    def send(
        self,
        message: bytes,
        *,
        message_id: str,
        sender: str,
        recipient: str,
        still_ours: StillOurs = always,
    ) -> Outcome:
        """Write the message as `.eml`, whole or not at all; only its owner may read it."""
        if not still_ours():
            return Outcome(Verdict.LATER, "overtaken")
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._write(self.path(message_id), message)
        except OSError:
            return Outcome(Verdict.UNREACHABLE, "folder")
        return Outcome(Verdict.SENT, "folder")

    def path(self, message_id: str) -> Path:
        """Where a message is, or will be."""
        name = _UNSAFE.sub("-", message_id.strip("<>").partition("@")[0])
        return self.folder / f"{name}.eml"

    def _write(self, path: Path, message: bytes) -> None:
        aside = path.with_suffix(f".{os.getpid()}")
        aside.touch(mode=0o600)
        with aside.open("wb") as file:
            file.write(message)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
