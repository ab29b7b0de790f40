"""What a newcomer starts with: as much as the others on average, neither nothing nor a backlog.

A fair share that counts from nought would give somebody new everything that comes; colleagues who
were at it longer would stand idle.
"""

from datetime import date

from sqlalchemy import or_
from sqlmodel import Session, col, select

from scheduler.db.tables import Representative
from scheduler.domain.access import Actor

_HOUR = 60


def usual_target(session: Session, actor: Actor, *, today: date) -> int | None:
    """The average agreed minutes a year of everybody who still goes, in whole hours; None of none.

    Raises:
        NotAllowed: the actor doesn't see all.
    """
    actor.must_see_all()
    stays = or_(col(Representative.last_day).is_(None), col(Representative.last_day) >= today)
    targets = session.exec(select(Representative.target_minutes_per_year).where(stays)).all()
    if not targets:
        return None
    return max(1, round(sum(targets) / len(targets) / _HOUR)) * _HOUR
