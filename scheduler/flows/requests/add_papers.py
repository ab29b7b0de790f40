"""Papers to a request: links and files, by its asker or who plans for all."""

from datetime import datetime

from sqlmodel import Session, col, select

from scheduler.db import audits, published
from scheduler.db.tables import AgendaItem, MeetingRequest, Paper
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.requests import Step, StepNotPossible, may
from scheduler.domain.terms import EventKind
from scheduler.flows.mail.tell_bodies import tell_of_request
from scheduler.flows.requests.paper_files import PaperFile
from scheduler.flows.requests.paper_rows import new_paper
from scheduler.flows.requests.request_reading import Reading
from scheduler.flows.requests.request_texts import read_papers
from scheduler.flows.requests.requesting import Asker, request_of


def add_papers(
    session: Session,
    actor: Actor,
    request_id: str,
    links: str = "",
    file: PaperFile | None = None,
    *,
    at: datetime,
) -> str | None:
    """Add links, one a line, and a file that was judged. What is there already isn't added again.

    Gives the identifier of the file, added now or before; None without one.

    Raises:
        NotFound: the request isn't there, or isn't the actor's.
        StepNotPossible: it has been declined or withdrawn.
        BadRequest: a link can't be used, or there would be too many.
    """
    row = _open_request(session, actor, request_id)
    reading = Reading(at)
    papers = read_papers("\n".join([*row.papers, links]), reading)
    paper = _paper(session, row, file, reading) if file else None
    if not links.strip() and file is None:
        reading.fault("papers", "Kies een bestand of vul een link in.", "Choose a file or a link.")
    reading.refuse()
    held = _held(session, row, file) if file else None
    if paper is None and papers == tuple(row.papers):
        return held
    row.papers, row.changed_at = list(papers), at
    if paper is not None:
        session.add(paper)
    audits.record(session, actor, "add papers", noun="request", noun_id=row.id, at=at)
    tell_of_request(session, row, EventKind.REQUEST_CHANGED, at=at)
    return paper.id if paper else held


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
    """A file, for whoever may see its request, or the meeting that it is about.

    Raises:
        NotFound: it isn't there, or isn't this actor's to read.
    """
    paper = session.get(Paper, paper_id)
    if paper is None:
        raise NotFound("stuk", paper_id)
    row = session.get(MeetingRequest, paper.request_id) if paper.request_id else None
    if not (row is not None and (actor.sees_all or actor == Asker.of(row).body)):
        _must_see(session, actor, paper, row)
    return paper


def _must_see(session: Session, actor: Actor, paper: Paper, row: MeetingRequest | None) -> None:
    item = session.get(AgendaItem, paper.agenda_item_id) if paper.agenda_item_id else None
    meeting_id = item.meeting_id if item else row.meeting_id if row else None
    try:
        published.published_meeting(session, actor, meeting_id or "")
    except NotFound:
        raise NotFound("stuk", paper.id) from None


def _open_request(session: Session, actor: Actor, request_id: str) -> MeetingRequest:
    row = request_of(session, actor, request_id)
    if not may(row.state, Step.MOVE):
        raise StepNotPossible(row.state)
    return row


def _held(session: Session, row: MeetingRequest, file: PaperFile) -> str | None:
    """The identifier of the same bytes, where the request has them already."""
    query = select(Paper.id).where(Paper.request_id == row.id, col(Paper.digest) == file.digest)
    return session.exec(query).first()


def _paper(
    session: Session, row: MeetingRequest, file: PaperFile, reading: Reading
) -> Paper | None:
    """The file as the request's; None where it adds nothing, or is one too many, which is noted."""
    paper = new_paper(session, file, reading, beside=col(Paper.request_id) == row.id)
    if paper is not None:
        paper.request_id = row.id
    return paper
