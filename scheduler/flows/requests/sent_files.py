"""Files that somebody sends along: read for what they are, and made into rows."""

import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlmodel import Session, col, func, select

from scheduler.db.tables import Paper
from scheduler.domain.ids import new_id
from scheduler.flows.requests.paper_kinds import paper_kind
from scheduler.flows.requests.request_reading import Reading

MOST_MEGABYTES = 10
_MOST_BYTES = MOST_MEGABYTES * 1024 * 1024
_MOST_FILES, _LONGEST_NAME = 10, 100
_ODD = re.compile(r"[^\w .,()+-]+")


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it was sent: the name that the sender's computer gave it, and its bytes."""

    name: str
    content: bytes


def new_paper(
    session: Session,
    file: SentFile,
    reading: Reading,
    *,
    request_id: str | None = None,
    agenda_item_id: str | None = None,
) -> Paper | None:
    """The file as a row of a request or an agenda item.

    None where it is there already, or can't be used, which is noted.
    """
    kind, digest = paper_kind(file.content), sha256(file.content).hexdigest()
    held = select(func.count()).where(
        Paper.request_id == request_id, Paper.agenda_item_id == agenda_item_id
    )
    if len(file.content) > _MOST_BYTES:
        reading.fault(
            "file",
            f"Het bestand is groter dan {MOST_MEGABYTES} MB. Stuur een link.",
            f"The file is larger than {MOST_MEGABYTES} MB. Send a link.",
        )
    elif kind is None:
        reading.fault(
            "file",
            "Dit soort bestand kan niet. Kies een PDF, een document zonder macro's, een foto "
            "of platte tekst.",
            "This kind of file can't be sent. Choose a PDF, a document without macros, a picture "
            "or plain text.",
        )
    elif session.exec(held.where(col(Paper.digest) == digest)).one():
        return None
    elif session.exec(held).one() >= _MOST_FILES:
        reading.fault(
            "file",
            f"Er zijn al {_MOST_FILES} bestanden. Haal er eerst een weg.",
            f"There are {_MOST_FILES} files already. Take one away first.",
        )
    else:
        row = _row(file, kind, digest, reading.at)
        row.request_id, row.agenda_item_id = request_id, agenda_item_id
        return row
    return None


def _row(file: SentFile, kind: tuple[str, str], digest: str, at: datetime) -> Paper:
    ending, media_type = kind
    return Paper(
        id=new_id("s"),
        name=_name(file.name, ending),
        media_type=media_type,
        size=len(file.content),
        digest=digest,
        content=file.content,
        added_at=at,
    )


def _name(given: str, ending: str) -> str:
    """The file's own name without its folder, with the ending that belongs to what is in it."""
    last = given.replace("\\", "/").rpartition("/")[2]
    stem = _ODD.sub(" ", last.rpartition(".")[0] or last).strip(" .")[:_LONGEST_NAME]
    return f"{stem or 'stuk'}.{ending}"
