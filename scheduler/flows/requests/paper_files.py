"""A file that is sent along: judged by its size, by what it is and by the virus scanner."""

import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from scheduler.clamd import Scanner, ScannerDown
from scheduler.flows.requests.paper_kinds import paper_kind
from scheduler.flows.requests.request_reading import Reading
from scheduler.logs import log

MOST_MEGABYTES = 10
MOST_BYTES = MOST_MEGABYTES * 1024 * 1024
_LONGEST_NAME = 100
_ODD = re.compile(r"[^\w .,()+-]+")


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it was sent: the name that the sender's computer gave it, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFile:
    """A file that may be kept: its name with the ending of what is in it, and its media type."""

    name: str
    media_type: str
    content: bytes

    @property
    def digest(self) -> str:
        """The SHA-256 of its bytes, in hexadecimal."""
        return sha256(self.content).hexdigest()


def read_file(sent: SentFile, scanner: Scanner | None, *, at: datetime) -> PaperFile:
    """Judge a file before anything is written, so that nobody waits for the scanner.

    Raises:
        BadRequest: it is empty, too large or of a kind that isn't let in, there is a virus in it,
            or the scanner that is set can't say.
    """
    reading, kind = Reading(at), None
    if not sent.content:
        reading.fault("file", "Het bestand is leeg.", "The file is empty.")
    elif len(sent.content) > MOST_BYTES:
        reading.fault(
            "file",
            f"Het bestand is groter dan {MOST_MEGABYTES} MB. Stuur een link.",
            f"The file is larger than {MOST_MEGABYTES} MB. Send a link.",
        )
    elif (kind := paper_kind(sent.content)) is None:
        reading.fault(
            "file",
            "Dit soort bestand kan niet. Kies een PDF, een document zonder macro's, een foto "
            "of platte tekst.",
            "This kind of file can't be sent. Choose a PDF, a document without macros, a picture "
            "or plain text.",
        )
    elif scanner is not None:
        _scan(sent.content, scanner, reading)
    reading.refuse()
    ending, media_type = kind or ("", "")
    return PaperFile(name=_name(sent.name, ending), media_type=media_type, content=sent.content)


def _scan(content: bytes, scanner: Scanner, reading: Reading) -> None:
    try:
        found = scanner.finds(content)
    except ScannerDown as down:
        log.warning("a file was refused: %s", down)
        reading.fault(
            "file",
            "Wij kunnen bestanden nu niet op virussen nakijken, en nemen er daarom geen aan. "
            "Probeer het straks nog eens, of stuur een link.",
            "We can't check files for viruses now, so we take none. Try again in a while, or send "
            "a link.",
        )
        return
    if found is not None:
        log.warning("a file with %s was refused", found)
        reading.fault(
            "file",
            f"In dit bestand zit een virus ({found}). Wij hebben het niet bewaard.",
            f"There is a virus in this file ({found}). We haven't kept it.",
        )


def _name(given: str, ending: str) -> str:
    """The file's own name without its folder, with the ending that belongs to what is in it."""
    last = given.replace("\\", "/").rpartition("/")[2]
    stem = _ODD.sub(" ", last.rpartition(".")[0] or last).strip(" .")[:_LONGEST_NAME]
    return f"{stem or 'stuk'}.{ending}"
