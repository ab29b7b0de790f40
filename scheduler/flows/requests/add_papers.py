"""Papers to a request: links and files, by its asker or who plans for all."""

import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlmodel import Session, col, func, select

from scheduler.db import audits, published
from scheduler.db.tables import MeetingRequest, Paper
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.ids import new_id
from scheduler.domain.requests import Step, StepNotPossible, may
from scheduler.domain.terms import EventKind
from scheduler.flows.mail.tell_bodies import tell_of_request
from scheduler.flows.requests.paper_kinds import paper_kind
from scheduler.flows.requests.request_reading import Reading
from scheduler.flows.requests.request_texts import read_papers
from scheduler.flows.requests.requesting import Asker, request_of

MOST_MEGABYTES = 10
_MOST_BYTES = MOST_MEGABYTES * 1024 * 1024
_MOST_FILES, _LONGEST_NAME = 10, 100
_ODD = re.compile(r"[^\w .,()+-]+")


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it was sent: the name that the sender's computer gave it, and its bytes."""

    name: str
    content: bytes


def add_papers(
    session: Session,
    actor: Actor,
    request_id: str,
    links: str = "",
    file: SentFile | None = None,
    *,
    at: datetime,
) -> None:
    """Add links, one a line, and a file. What is there already isn't added again.

    Raises:
        NotFound: the request isn't there, or isn't the actor's.
        StepNotPossible: it has been declined or withdrawn.
        BadRequest: a link or the file can't be used, or there would be too many.
    """
    row = _open_request(session, actor, request_id)
    reading = Reading(at)
    papers = read_papers("\n".join([*row.papers, links]), reading)
    paper = _paper(session, row, file, reading) if file and file.content else None
    if not links.strip() and (file is None or not file.content):
        reading.fault("papers", "Kies een bestand of vul een link in.", "Choose a file or a link.")
    reading.refuse()
    if paper is None and papers == tuple(row.papers):
        return
    row.papers, row.changed_at = list(papers), at
    if paper is not None:
        session.add(paper)
    audits.record(session, actor, "add papers", noun="request", noun_id=row.id, at=at)
    tell_of_request(session, row, EventKind.REQUEST_CHANGED, at=at)


def remove_paper(
    session: Session, actor: Actor, request_id: str, paper_id: str, *, at: datetime
) -> None:
    """Take a file away again; nothing happens where it has gone.

    Raises:
        NotFound: the request isn't there, or isn't the actor's.
        StepNotPossible: it has been declined or withdrawn.
    """
    row = _open_request(session, actor, request_id)
    paper = session.get(Paper, paper_id)
    if paper is None or paper.request_id != row.id:
        return
    session.delete(paper)
    row.changed_at = at
    audits.record(session, actor, "remove paper", noun="request", noun_id=row.id, at=at)
    tell_of_request(session, row, EventKind.REQUEST_CHANGED, at=at)


def paper_of(session: Session, actor: Actor, request_id: str, paper_id: str) -> Paper:
    """A file of a request that is the actor's; NotFound where it isn't there."""
    row = request_of(session, actor, request_id)
    paper = session.get(Paper, paper_id)
    if paper is None or paper.request_id != row.id:
        raise NotFound("stuk", paper_id)
    return paper


def paper_for(session: Session, actor: Actor, paper_id: str) -> Paper:
    """A file, for whoever may see its request, or the meeting that came of it.

    Raises:
        NotFound: it isn't there, or isn't this actor's to read.
    """
    paper = session.get(Paper, paper_id)
    row = session.get(MeetingRequest, paper.request_id) if paper else None
    if paper is None or row is None:
        raise NotFound("stuk", paper_id)
    if not (actor.sees_all or actor == Asker.of(row).body):
        try:
            published.published_meeting(session, actor, row.meeting_id or "")
        except NotFound:
            raise NotFound("stuk", paper_id) from None
    return paper


def _open_request(session: Session, actor: Actor, request_id: str) -> MeetingRequest:
    row = request_of(session, actor, request_id)
    if not may(row.state, Step.MOVE):
        raise StepNotPossible(row.state)
    return row


def _paper(session: Session, row: MeetingRequest, file: SentFile, reading: Reading) -> Paper | None:
    """The file as a row; None where it is there already, or can't be used, which is noted."""
    kind, digest = paper_kind(file.content), sha256(file.content).hexdigest()
    held = select(func.count()).where(Paper.request_id == row.id)
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
        return _row(row.id, file, kind, digest, reading.at)
    return None


def _row(
    request_id: str, file: SentFile, kind: tuple[str, str], digest: str, at: datetime
) -> Paper:
    ending, media_type = kind
    return Paper(
        id=new_id("s"),
        request_id=request_id,
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
