"""What somebody was given already and can't do by what they say now."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from scheduler.db import drafts, people
from scheduler.db.views import MeetingView
from scheduler.domain.access import SYSTEM, Actor
from scheduler.domain.errors import Sentence
from scheduler.flows.adjusting import Shelf


@dataclass(frozen=True, slots=True)
class Conflict:
    """A fact of the rule book about one person; without a meeting it is about several together."""

    meeting: MeetingView | None
    sentence: Sentence


def conflicts_of(
    session: Session, actor: Actor, shelf: Shelf, representative_id: str, *, at: datetime
) -> tuple[Conflict, ...]:
    """Every rule that the published plan breaks with this person, in meetings still to come.

    Raises:
        NotFound: it isn't the actor's to see.
    """
    people.representative(session, actor, representative_id)
    published = replace(drafts.working_draft(session), plan_id=None)
    standing = shelf.standing(session, SYSTEM, at=at, draft=published)
    if standing is None:
        return ()
    found = []
    for broken in standing.violations:
        if broken.known.representative != representative_id or standing.comes_from_a_no(broken):
            continue
        view = standing.view(broken.meeting) if broken.meeting else None
        if view is None or view.starts_at > at:
            found.append(Conflict(view, broken.sentence))
    return tuple(found)
