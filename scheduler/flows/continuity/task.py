"""How long and for what somebody goes: a helper's days and topics, a trial and who accompanies."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from scheduler.db import people
from scheduler.db.tables import Representative
from scheduler.domain.access import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Days are local and inclusive; None where there is no such day.

    `topics` None is about anything; `companion` is the label of who accompanies in the trial.
    """

    first_day: date | None
    last_day: date | None
    topics: tuple[str, ...] | None
    trial_first_day: date | None
    trial_last_day: date | None
    companion: str

    def is_on_trial(self, day: date) -> bool:
        """Whether the trial isn't over on a local day."""
        return self.trial_last_day is not None and day <= self.trial_last_day


def task_of(session: Session, actor: Actor, representative_id: str) -> Task:
    """The task of one representative; NotFound where it isn't the actor's to see."""
    people.representative(session, actor, representative_id)
    row = session.get_one(Representative, representative_id)
    beside = session.get(Representative, row.companion_id) if row.companion_id else None
    return Task(
        first_day=row.first_day,
        last_day=row.last_day,
        topics=None if row.only_topics is None else tuple(row.only_topics),
        trial_first_day=row.trial_first_day,
        trial_last_day=row.trial_last_day,
        companion=beside.label if beside else "",
    )
