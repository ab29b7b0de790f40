"""A file as a row, whatever it belongs to: the same bytes once, and not too many files."""

from sqlalchemy import ColumnElement
from sqlmodel import Session, select

from scheduler.db.tables import Paper
from scheduler.domain.ids import new_id
from scheduler.flows.requests.paper_files import PaperFile
from scheduler.flows.requests.request_reading import Reading

_MOST_FILES = 10


def new_paper(
    session: Session, file: PaperFile, reading: Reading, *, beside: ColumnElement[bool]
) -> Paper | None:
    """The file as a new row; None where it is there already, or is one too many, which is noted.

    `beside` are the papers of the same owner; whose the new one is, the caller still says.
    """
    held = session.exec(select(Paper.digest).where(beside)).all()
    if file.digest in held:
        return None
    if len(held) >= _MOST_FILES:
        reading.fault(
            "file",
            f"Er zijn al {_MOST_FILES} bestanden. Haal er eerst een weg.",
            f"There are {_MOST_FILES} files already. Take one away first.",
        )
        return None
    return Paper(
        id=new_id("s"),
        name=file.name,
        media_type=file.media_type,
        size=len(file.content),
        digest=file.digest,
        content=file.content,
        added_at=reading.at,
    )
