"""What an organisation says back to a report, and the writer's one answer to it."""

from datetime import datetime

from sqlmodel import Session, select

from scheduler.db import audits, people, reports
from scheduler.db.mail_addresses import reachable
from scheduler.db.report_views import ReactionView
from scheduler.db.tables import MailAddress, Outgoing, Reaction
from scheduler.domain.access import Actor
from scheduler.domain.errors import BadInput, NotAllowed, NotFound, NothingToDo, Sentence
from scheduler.domain.ids import new_id
from scheduler.domain.terms import MailKind, MailState, ReactionKind, Role
from scheduler.flows.report_back.tell import board_or_people

REACTION_UID = "reaction/"
"""What the outbox calls a reaction and its answer, before its identifier."""

_LONGEST = 2_000
_EMPTY = Sentence("Schrijf wat u wilt zeggen.", "Write what you want to say.")
_TOO_LONG = Sentence("Dit is te lang. Maak het korter.", "This is too long. Make it shorter.")
_ANSWERED = Sentence(
    "Hier is al op geantwoord. Eén antwoord is genoeg.",
    "This has been answered already. One answer is enough.",
)


def react(
    session: Session, actor: Actor, meeting_id: str, kind: ReactionKind, text: str, *, at: datetime
) -> str:
    """React for one's organisation; gives the reaction's identifier. The same again is one.

    Raises:
        NotAllowed: it isn't a board or a representative that reacts.
        NotFound: the report isn't theirs to read.
        BadInput: a question or objection without words, or far too many of them.
    """
    if actor.role not in {Role.BOARD, Role.REPRESENTATIVE}:
        raise NotAllowed
    told = reports.report_of(session, actor, meeting_id)
    text = _usable(text, needed=kind is not ReactionKind.THANKS)
    own = people.organisation_of(session, actor) or ""
    same = select(Reaction.id).where(
        Reaction.meeting_id == meeting_id,
        Reaction.organisation_id == own,
        Reaction.kind == kind,
        Reaction.text == text,
    )
    if known := session.exec(same).first():
        return known
    row = Reaction(
        id=new_id("re"),
        meeting_id=meeting_id,
        organisation_id=own,
        role=actor.role,
        kind=kind,
        text=text,
        said_at=at,
    )
    session.add(row)
    session.flush()
    if kind is not ReactionKind.THANKS:
        _mail(session, row.id, 0, _of_person(session, told.report.writer.id), at)
    audits.record(session, actor, "react", noun="report", noun_id=meeting_id, at=at, detail=kind)
    return row.id


def answer_reaction(
    session: Session, actor: Actor, reaction_id: str, text: str, *, at: datetime
) -> ReactionView:
    """Answer, once, as the report's writer; the same answer again changes nothing.

    Raises:
        NotFound: there is no such reaction to a report of this actor's.
        NothingToDo: it has had its answer, or asks for none.
        BadInput: an answer without words, or far too many of them.
    """
    found = reports.reaction(session, actor, reaction_id)
    told = reports.report_of(session, actor, found.meeting_id)
    if actor != Actor(Role.REPRESENTATIVE, told.report.writer.id):
        raise NotFound("reactie", reaction_id)
    text = _usable(text, needed=True)
    if found.answer == text:
        return found
    if not found.waits:
        raise NothingToDo(_ANSWERED)
    row = session.get_one(Reaction, reaction_id)
    row.answer, row.answered_by, row.answered_at = text, actor.subject, at
    session.flush()
    to = board_or_people(session, found.organisation.id, reachable(session))
    _mail(session, reaction_id, 1, to, at)
    audits.record(session, actor, "answer", noun="report", noun_id=found.meeting_id, at=at)
    return reports.reaction(session, actor, reaction_id)


def _usable(text: str, *, needed: bool) -> str:
    text = text.strip()
    if needed and not text:
        raise BadInput(_EMPTY)
    if len(text) > _LONGEST:
        raise BadInput(_TOO_LONG)
    return text


def _of_person(session: Session, person: str) -> list[MailAddress]:
    return [row for row in reachable(session) if row.representative_id == person]


def _mail(
    session: Session, reaction_id: str, sequence: int, to: list[MailAddress], at: datetime
) -> None:
    session.add_all(
        Outgoing(
            uid=f"{REACTION_UID}{reaction_id}",
            sequence=sequence,
            kind=MailKind.REACTION,
            recipient_id=address.id,
            state=MailState.WAITING,
            created_at=at,
            released_at=at,
            not_before=at,
        )
        for address in to
    )
    session.flush()
