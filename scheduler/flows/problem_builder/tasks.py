"""Who doesn't go to which meeting by the task they have: a helper's topics, a trial."""

from collections.abc import Collection, Iterator, Mapping

from sqlmodel import Session, col, or_, select

from scheduler.db.tables import Representative
from scheduler.domain.errors import Sentence
from scheduler.domain.times import local
from solver.problem import Meeting

_OTHER_TOPICS = Sentence("Gaat alleen over eigen onderwerpen.", "Goes for own topics only.")
_ON_TRIAL = Sentence(
    "Is op proef. Hier is maar één plaats, dus niemand ernaast.",
    "Is on trial. There is one seat here only, so nobody beside.",
)


def barred_by_task(
    session: Session, meetings: Mapping[str, Meeting], settled: Collection[str]
) -> Mapping[tuple[str, str], Sentence]:
    """Meeting and representative, with the reason; of what is settled already nobody is barred.

    Who has topics of their own goes to no meeting without one of them. Whoever is on trial on every
    day on which a meeting could be doesn't go where there is one seat only: an experienced one goes
    beside them. Elsewhere that is looked after by their being new (rule book, `comfort`).
    """
    query = select(Representative).where(
        or_(
            col(Representative.only_topics).is_not(None),
            col(Representative.trial_last_day).is_not(None),
        )
    )
    people = session.exec(query).all()
    return {
        (name, person.id): why
        for name, meeting in meetings.items()
        if name not in settled
        for person in people
        for why in _reasons(person, meeting)
    }


def _reasons(person: Representative, meeting: Meeting) -> Iterator[Sentence]:
    if person.only_topics is not None and meeting.topics.isdisjoint(person.only_topics):
        yield _OTHER_TOPICS
    elif meeting.seats.max == 1 and _is_tried_throughout(person, meeting):
        yield _ON_TRIAL


def _is_tried_throughout(person: Representative, meeting: Meeting) -> bool:
    first, last = person.trial_first_day, person.trial_last_day
    if first is None or last is None:
        return False
    return all(first <= local(each.start).date() <= last for each in meeting.slots)
