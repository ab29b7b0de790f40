"""Answers to invitations, as far as the asking actor may see them.

An answer holds for later revisions too, as long as the time, the place and the form of the meeting
are those that were answered to: who else comes is no reason to ask again.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, select

from scheduler.db.tables import Answer, OwnPart, PublishedMeeting
from scheduler.domain.access import Actor
from scheduler.domain.terms import Choice, Role, Way


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    """An answer that holds for the meeting as it is published now; `answered_at` is in UTC.

    `lifted`: the coordinator knows that this person may be asked all the same. `could_online`: who
    can't come could take part online. `after_no`: this answer took back a no.
    """

    representative_id: str
    meeting_id: str
    choice: Choice
    comment: str
    way: Way
    answered_at: datetime
    lifted: bool = False
    could_online: bool = False
    after_no: bool = False

    @property
    def keeps_away(self) -> bool:
        """Whether this person isn't to be planned here: they said no, and it wasn't lifted."""
        return self.choice is Choice.NO and not self.lifted


def own_answers(session: Session, actor: Actor, representative_id: str) -> dict[str, AnswerView]:
    """A representative's answers by meeting, for that person and who sees all."""
    return {
        each.meeting_id: each
        for each in _in_force(session, actor)
        if each.representative_id == representative_id
    }


def answers_to(session: Session, actor: Actor, meeting_id: str) -> dict[str, AnswerView]:
    """The answers to one meeting by representative: all of them, or the actor's own."""
    return {each.representative_id: each for each in _in_force(session, actor, [meeting_id])}


def answers_among(
    session: Session, actor: Actor, meetings: Collection[str]
) -> tuple[AnswerView, ...]:
    """The answers to these meetings: all of them, or the actor's own."""
    return tuple(_in_force(session, actor, meetings))


def all_answers(session: Session, actor: Actor) -> tuple[AnswerView, ...]:
    """Every answer that holds, by meeting and representative, for who sees all.

    Raises:
        NotAllowed: the actor doesn't see all.
    """
    actor.must_see_all()
    return tuple(_in_force(session, actor))


def declines(session: Session, actor: Actor) -> tuple[AnswerView, ...]:
    """Every no that keeps somebody out of the plan for a meeting, for who sees all.

    Raises:
        NotAllowed: the actor doesn't see all.
    """
    actor.must_see_all()
    found = _in_force(session, actor, once_said=Choice.NO)
    return tuple(each for each in found if each.keeps_away)


def taken_out(session: Session, actor: Actor) -> frozenset[tuple[str, str]]:
    """Which representative took which meeting, as it is published now, out of the own calendar."""
    query = (
        select(OwnPart)
        .join(PublishedMeeting, col(PublishedMeeting.meeting_id) == OwnPart.meeting_id)
        .where(
            col(PublishedMeeting.last_publication).is_(None),
            col(OwnPart.hidden_revision).is_not(None),
            (col(OwnPart.hidden_revision) >= PublishedMeeting.revision) | col(OwnPart.opted_out),
        )
    )
    return frozenset(
        (row.representative_id, row.meeting_id)
        for row in session.exec(query)
        if _may_see(actor, row.representative_id)
    )


def _may_see(actor: Actor, representative_id: str) -> bool:
    own = actor.role is Role.REPRESENTATIVE and actor.subject == representative_id
    return own or actor.sees_all


def _in_force(
    session: Session,
    actor: Actor,
    meetings: Collection[str] | None = None,
    once_said: Choice | None = None,
) -> Iterator[AnswerView]:
    """Each pair's newest answer, where it still holds; only of who ever said a word, where asked.

    Few ever say no, and all others needn't be read to know who does.
    """
    then, now = aliased(PublishedMeeting), aliased(PublishedMeeting)
    query = (
        select(Answer, _same_question(then, now))
        .join(
            then,
            and_(col(then.meeting_id) == Answer.meeting_id, col(then.revision) == Answer.revision),
        )
        .join(now, col(now.meeting_id) == Answer.meeting_id)
        .where(col(now.last_publication).is_(None))
        .order_by(Answer.meeting_id, Answer.representative_id, col(Answer.revision))
    )
    if meetings is not None:
        query = query.where(col(Answer.meeting_id).in_(meetings))
    if once_said is not None:
        query = query.where(_once_said(once_said))
    if not actor.sees_all:
        query = query.where(Answer.representative_id == _own_id(actor))
    newest: dict[tuple[str, str], AnswerView] = {}
    for row, holds in session.exec(query):
        newest.pop((row.representative_id, row.meeting_id), None)
        if holds:
            newest[row.representative_id, row.meeting_id] = _view(row)
    yield from newest.values()


def _once_said(choice: Choice) -> ColumnElement[bool]:
    other = aliased(Answer)
    return exists().where(
        col(other.meeting_id) == Answer.meeting_id,
        col(other.representative_id) == Answer.representative_id,
        col(other.choice) == choice,
    )


def _own_id(actor: Actor) -> str | None:
    return actor.subject if actor.role is Role.REPRESENTATIVE else None


def _same_question(
    then: type[PublishedMeeting], now: type[PublishedMeeting]
) -> ColumnElement[bool]:
    names = ("starts_at", "ends_at", "place_id", "mode", "state")
    return and_(*(getattr(then, name).is_not_distinct_from(getattr(now, name)) for name in names))


def _view(row: Answer) -> AnswerView:
    return AnswerView(
        representative_id=row.representative_id,
        meeting_id=row.meeting_id,
        choice=row.choice,
        comment=row.comment,
        way=row.way,
        answered_at=row.answered_at,
        lifted=row.lifted_at is not None,
        could_online=row.could_online,
        after_no=row.after_no,
    )
