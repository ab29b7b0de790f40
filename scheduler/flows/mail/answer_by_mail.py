"""What an answer by mail does: a representative's goes the one road that all answers go."""

from datetime import datetime

from sqlmodel import Session

from scheduler.db.tables import MailAddress, MailReply
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound, NothingToDo
from scheduler.domain.terms import Choice, ReplyKind, ReplyState, Role, Way
from scheduler.flows.attending.answer_invitation import answer_invitation

_CHOICES = {
    ReplyKind.ACCEPTED: Choice.YES,
    ReplyKind.TENTATIVE: Choice.PERHAPS,
    ReplyKind.DECLINED: Choice.NO,
}
_LONGEST = 1_000


def answer_by_mail(
    session: Session, reply: MailReply, address: MailAddress, *, at: datetime
) -> None:
    """Let a representative's answer count, and lay the reply aside: it shows with the meeting.

    A proposal, and whatever a municipality answers, stays for the coordinator to see. An answer
    about a meeting that is over, is off or isn't this person's any more is kept as too late.
    """
    person = address.representative_id
    if person is None or reply.kind not in _CHOICES or reply.meeting_id is None:
        return
    try:
        answer_invitation(
            session,
            Actor(Role.REPRESENTATIVE, person),
            reply.meeting_id,
            _CHOICES[reply.kind],
            way=Way.REPLY,
            comment=reply.comment[:_LONGEST],
            at=at,
        )
    except (NotFound, NothingToDo):
        reply.state = ReplyState.STALE
    else:
        reply.state = ReplyState.DONE
