"""Papers to an agenda item: links and files, by who writes the agenda."""

from datetime import datetime

from sqlmodel import Session, col

from scheduler.db import audits
from scheduler.db.tables import AgendaItem, Paper
from scheduler.domain.access import Actor
from scheduler.flows.agenda.items import writable_item
from scheduler.flows.requests.paper_files import PaperFile
from scheduler.flows.requests.paper_rows import new_paper
from scheduler.flows.requests.request_reading import Reading
from scheduler.flows.requests.request_texts import read_papers


def add_item_papers(
    session: Session,
    actor: Actor,
    item_id: str,
    links: str,
    file: PaperFile | None,
    *,
    at: datetime,
) -> None:
    """Let these be the item's links, one a line, and add a file that was judged.

    Raises:
        NotFound, NotAllowed: the item isn't this actor's to write.
        BadRequest: a link can't be used, or there would be too many.
    """
    row = writable_item(session, actor, item_id)
    reading = Reading(at)
    wanted = list(read_papers(links, reading))
    paper = _paper(session, row, file, reading) if file else None
    reading.refuse()
    if paper is None and wanted == row.links:
        return
    row.links = wanted
    if paper is not None:
        session.add(paper)
    session.flush()
    _note(session, actor, "add papers", row, at)


def remove_item_paper(
    session: Session, actor: Actor, item_id: str, paper_id: str, *, at: datetime
) -> None:
    """Take a file away again; nothing happens where it has gone.

    Raises:
        NotFound, NotAllowed: the item isn't this actor's to write.
    """
    row = writable_item(session, actor, item_id)
    paper = session.get(Paper, paper_id)
    if paper is None or paper.agenda_item_id != row.id:
        return
    session.delete(paper)
    session.flush()
    _note(session, actor, "remove paper", row, at)


def _paper(session: Session, row: AgendaItem, file: PaperFile, reading: Reading) -> Paper | None:
    """The file as the item's; None where it adds nothing, or is one too many, which is noted."""
    paper = new_paper(session, file, reading, beside=col(Paper.agenda_item_id) == row.id)
    if paper is not None:
        paper.agenda_item_id = row.id
    return paper


def _note(session: Session, actor: Actor, act: str, row: AgendaItem, at: datetime) -> None:
    audits.record(
        session, actor, act, noun="agenda", noun_id=row.meeting_id, at=at, detail=row.title
    )
