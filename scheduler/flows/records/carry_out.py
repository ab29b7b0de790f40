"""A sheet that was sent in: kept while it is looked at, and then carried out in one act."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col, delete, select

from scheduler.db.tables import RecordImport
from scheduler.domain.access import Actor
from scheduler.domain.errors import BadInput, NotFound, Sentence
from scheduler.domain.ids import new_id
from scheduler.domain.times import local
from scheduler.flows.records.imports import Outcome, Preview, RowOutcome, preview_sheet
from scheduler.flows.records.kind import Kind, Record
from scheduler.flows.records.writing import Hand, write_changed, write_new

MOST_BYTES = 1024 * 1024
_KEPT = timedelta(days=7)
_LONGEST_NAME = 100
_NO_FILE = Sentence("Kies een CSV-bestand.", "Choose a CSV file.")
_TOO_LARGE = Sentence("Het bestand is groter dan 1 MB.", "The file is larger than 1 MB.")
_NO_TEXT = Sentence(
    "Dit is geen CSV-bestand. Bewaar het blad als CSV en kies dat bestand.",
    "This isn't a CSV file. Save the sheet as CSV and choose that file.",
)


def receive_sheet(
    session: Session, actor: Actor, kind: Kind, name: str, data: bytes, *, at: datetime
) -> str:
    """Keep a file that can be carried out, and give the identifier by which it is looked at.

    Raises:
        NotAllowed: the actor doesn't plan for all.
        BadInput: there is no file, it is too large or it is no text; BadFile: there are faults in
            it, all of them at once. Nothing of it is kept then.
    """
    actor.must_plan_for_all()
    name = name.strip()[-_LONGEST_NAME:]
    content = _text(name, data)
    preview_sheet(session, actor, kind, name, content, today=local(at).date())
    old = col(RecordImport.created_at) < at - _KEPT
    session.exec(delete(RecordImport).where(old, col(RecordImport.applied_at).is_(None)))
    row = RecordImport(
        id=new_id("in"), kind=kind.key, file_name=name, content=content, created_at=at
    )
    session.add(row)
    session.flush()
    return row.id


def _text(name: str, data: bytes) -> str:
    """The file's text: UTF-8, or what Excel writes on Windows."""
    if not name or not data:
        raise BadInput(_NO_FILE)
    if len(data) > MOST_BYTES:
        raise BadInput(_TOO_LARGE)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    if "\0" in text or "\ufffd" in text:
        raise BadInput(_NO_TEXT)
    return text


def received(session: Session, actor: Actor, kind: Kind, identifier: str) -> RecordImport:
    """A file that was sent in; NotFound where there is none."""
    actor.must_plan_for_all()
    query = select(RecordImport).where(RecordImport.id == identifier, RecordImport.kind == kind.key)
    row = session.exec(query).first()
    if row is None:
        raise NotFound("bestand", identifier)
    return row


def look_again(
    session: Session, actor: Actor, kind: Kind, row: RecordImport, *, at: datetime
) -> Preview:
    """What carrying out a file would do now; BadFile where the records no longer fit it."""
    return preview_sheet(session, actor, kind, row.file_name, row.content, today=local(at).date())


def carry_out(
    session: Session, actor: Actor, kind: Kind, identifier: str, *, at: datetime
) -> RecordImport:
    """Add and change what the file says. Whoever does it twice, or at once, does it once."""
    row = received(session, actor, kind, identifier)
    claim = (
        update(RecordImport)
        .where(col(RecordImport.id) == row.id, col(RecordImport.applied_at).is_(None))
        .values(applied_at=at)
    )
    if session.exec(claim).rowcount == 0:
        return row
    preview = look_again(session, actor, kind, row, at=at)
    hand = Hand(session=session, actor=actor, kind=kind, at=at)
    present = dict(preview.present)
    for each in preview.rows:
        _carry_out(hand, present, each)
    session.refresh(row)
    row.added = preview.count(Outcome.ADD)
    row.changed = preview.count(Outcome.CHANGE)
    row.content = ""
    session.flush()
    return row


def _carry_out(hand: Hand, present: dict[str, Record], each: RowOutcome) -> None:
    if each.outcome is Outcome.ADD:
        made = write_new(hand, each.values, present, given=each.identifier)
        present[made.identifier] = Record(id=made.identifier, texts=each.after)
    if each.outcome is Outcome.CHANGE:
        write_changed(hand, present[each.identifier], each.values)
