"""Put a made-up year into the loaded province, and take it out again."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlmodel import Session, col, select

from scheduler.db import audits
from scheduler.db.tables import Meeting, Row
from scheduler.domain.access import Actor
from scheduler.domain.times import local
from scheduler.flows.province.sample.ground import read_ground
from scheduler.flows.province.sample.mandates import (
    SampleMandate,
    draw_mandates,
    with_history,
)
from scheduler.flows.province.sample.meetings import SampleMeeting, draw_meetings
from scheduler.flows.province.sample.past import draw_past
from scheduler.flows.province.sample.people import SamplePerson, draw_people
from scheduler.flows.province.sample.removal import SampleCounts, remove_rows


def add_sample_year(
    session: Session,
    actor: Actor,
    *,
    year: int,
    seed: int,
    at: datetime,
    since: date | None = None,
) -> SampleCounts:
    """Make up representatives, mandates and meetings for a year; all are marked as sample.

    The same province, year and seed give the same rows. Where this very sample is there already it
    stays as it is, with what has been done with it since. A sample of another year or seed is
    taken out first, as `remove_sample` does.

    Args:
        session: the session; the caller commits.
        actor: who asks for it; must plan for all.
        year: the calendar year in which all meetings fall.
        seed: what everything is drawn from.
        at: the instant, for the log.
        since: where it lies before the year, a few meetings fall between this day and today, so
            that there is something to look back upon; mandates of the whole year hold from it on.

    Returns:
        What the sample consists of, whether it was added now or before.

    Raises:
        NotAllowed: the actor doesn't plan for all.
        NotFound: no province has been loaded.
    """
    actor.must_plan_for_all()
    ground = read_ground(session, year=year, seed=seed)
    drawn = draw_mandates(ground, since=since)
    people, meetings = draw_people(ground), draw_meetings(ground)
    if since is not None:
        meetings = [*draw_past(ground, drawn, since, local(at).date()), *meetings]
    mandates = [with_history(each, at) for each in drawn]
    counts = SampleCounts(
        representatives=len(people), mandates=len(mandates), meetings=len(meetings)
    )
    if _is_there(session, meetings):
        return counts
    remove_rows(session)
    _add(session, people, mandates, meetings)
    _note(session, actor, "add", f"{year}, seed {seed}: {counts}", at)
    return counts


def remove_sample(session: Session, actor: Actor, *, at: datetime) -> SampleCounts:
    """Take out everything that is marked as sample, and all that was made of it.

    See `remove_rows` for what that is. What isn't sample stays.

    Raises:
        NotAllowed: the actor doesn't plan for all.
    """
    actor.must_plan_for_all()
    counts = remove_rows(session)
    if counts != SampleCounts():
        _note(session, actor, "remove", str(counts), at)
    return counts


def _is_there(session: Session, drawn: Iterable[SampleMeeting]) -> bool:
    """The UIDs tell one sample from another: they are made of year, seed and table."""
    present = session.exec(select(Meeting.uid).where(col(Meeting.is_sample)))
    return not {each.meeting.uid for each in drawn}.isdisjoint(present)


def _add(
    session: Session,
    people: Iterable[SamplePerson],
    mandates: Iterable[SampleMandate],
    meetings: Iterable[SampleMeeting],
) -> None:
    """Add rows after those that they refer to."""
    batches: list[list[Row]] = [[], []]
    for person in people:
        batches[0].append(person.representative)
        batches[1].extend(person.details)
    for promise in mandates:
        batches[0].append(promise.mandate)
        batches[1].extend((*promise.municipalities, *promise.events))
    for each in meetings:
        batches[0].append(each.meeting)
        batches[1].extend((*each.slots, *each.interests))
    for rows in batches:
        session.add_all(rows)
        session.flush()


def _note(session: Session, actor: Actor, act: str, detail: str, at: datetime) -> None:
    audits.record(session, actor, act, noun="sample", noun_id="sample", at=at, detail=detail)
