"""Who can be asked: organisations, their representatives, and whose voice they may carry."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlmodel import Session, col, select

from scheduler.db import mandates as known
from scheduler.db import tables
from scheduler.db.loans import shifted
from scheduler.domain.access import SYSTEM
from scheduler.domain.terms import Bond
from scheduler.domain.times import local_midnight
from solver.problem import (
    Experience,
    Horizon,
    Level,
    Limits,
    Mandate,
    Organisation,
    Representative,
    Span,
    Window,
)

AS = {Bond.VOLUNTEER: "werk-als-vrijwilliger", Bond.PROFESSIONAL: "werk-als-beroepskracht"}
"""What somebody brings by being a volunteer or a professional, as an expertise.

A table that wants both asks for both: the rule book has no other word for it.
"""

_DAYS_PER_YEAR = 365
_MIDNIGHT = 24 * 60
_DAY = timedelta(days=1)


def organisations(session: Session, horizon: Horizon) -> dict[str, Organisation]:
    """The organisations, with what they can carry over the horizon, lent hours counted for both."""
    lent = shifted(session, horizon.first_day, horizon.last_day)
    rows = session.exec(select(tables.Organisation).order_by(tables.Organisation.id))
    return {
        row.id: Organisation(
            id=row.id,
            name=row.name,
            region=row.region_id,
            capacity_minutes=max(
                1, _share(row.capacity_minutes_per_year, horizon) + lent.get(row.id, 0)
            ),
        )
        for row in rows
    }


def _share(minutes_per_year: int, horizon: Horizon) -> int:
    """The part of a year's minutes that falls to the horizon; at least one."""
    days = (horizon.last_day - horizon.first_day).days + 1
    return max(1, minutes_per_year * days // _DAYS_PER_YEAR)


def representatives(
    session: Session, horizon: Horizon, *, today: date | None = None
) -> dict[str, Representative]:
    """Everybody who can be asked, with the limits they set.

    Whose trial isn't over on the local day `today` (the horizon's first by default) is new, however
    much they know from elsewhere: experience has no days in the rule book.
    """
    today = today or horizon.first_day
    avoids = _wishes(session, prefers=False)
    pairs = select(tables.Table.id).where(col(tables.Table.pair_wanted))
    around = _Around(
        alike=session.exec(pairs).first() is None,
        expertise=_expertise(session),
        windows=_windows(session),
        busy=_busy(session),
        prefers=_preferred(session, avoids),
        avoids=avoids,
        last_days=last_days(session),
    )
    rows = session.exec(select(tables.Representative).order_by(tables.Representative.id))
    return {row.id: _representative(row, around, horizon, today) for row in rows}


@dataclass(frozen=True, slots=True)
class _Around:
    """What hangs on the representatives, by their identifier.

    `alike`: no table asks for a volunteer and a professional together.
    """

    alike: bool
    expertise: Mapping[str, Collection[str]]
    windows: Mapping[str, tuple[Window, ...]]
    busy: Mapping[str, tuple[Span, ...]]
    prefers: Mapping[str, Collection[str]]
    avoids: Mapping[str, Collection[str]]
    last_days: Mapping[str, date]

    def brings(self, row: tables.Representative) -> frozenset[str]:
        """What somebody's bond brings, where a table asks for it."""
        return frozenset() if self.alike else frozenset({AS[row.bond]})


def _representative(
    row: tables.Representative, around: _Around, horizon: Horizon, today: date
) -> Representative:
    last_day = _first(row.last_day, around.last_days.get(row.organisation_id))
    return Representative(
        id=row.id,
        organisation=row.organisation_id,
        name=row.label,
        home=row.home_id,
        experience=Experience.NEW if _is_tried(row, today) else Experience(row.experience),
        expertise=frozenset(around.expertise.get(row.id, ())) | around.brings(row),
        paid_job=row.paid_job,
        online=row.online,
        target_minutes=_share(row.target_minutes_per_year, horizon),
        limits=_limits(row),
        availability=None if row.always_available else around.windows.get(row.id, ()),
        busy=(
            *around.busy.get(row.id, ()),
            *_before_the_first_day(row.first_day, horizon),
            *_after_the_last_day(last_day, horizon),
        ),
        prefers=frozenset(around.prefers.get(row.id, ())),
        avoids=frozenset(around.avoids.get(row.id, ())),
    )


def last_days(session: Session) -> dict[str, date]:
    """The last day of each organisation that ends."""
    query = select(tables.Organisation.id, col(tables.Organisation.last_day))
    return {name: day for name, day in session.exec(query) if day is not None}


def _first(*days: date | None) -> date | None:
    """The earliest of these days; None where there is none."""
    return min((day for day in days if day is not None), default=None)


def _limits(row: tables.Representative) -> Limits:
    return Limits(
        minutes_per_week=row.max_minutes_per_week,
        meetings_per_week=row.max_meetings_per_week,
        meetings_per_month=row.max_meetings_per_month,
        office_hours_meetings_per_week=row.max_office_hours_meetings_per_week,
        office_hours_meetings_per_month=row.max_office_hours_meetings_per_month,
        travel_minutes=row.max_travel_minutes,
    )


def _is_tried(row: tables.Representative, today: date) -> bool:
    return row.trial_last_day is not None and today <= row.trial_last_day


def _before_the_first_day(first_day: date | None, horizon: Horizon) -> tuple[Span, ...]:
    """Who hasn't begun is taken until the day itself."""
    if first_day is None or first_day <= horizon.first_day:
        return ()
    begins = min(first_day, horizon.last_day + _DAY)
    return (Span(local_midnight(horizon.first_day), local_midnight(begins)),)


def _after_the_last_day(last_day: date | None, horizon: Horizon) -> tuple[Span, ...]:
    """Who stops is taken from the day after on: the rule book has no word for stopping."""
    if last_day is None or last_day >= horizon.last_day:
        return ()
    gone = max(last_day + _DAY, horizon.first_day)
    return (Span(local_midnight(gone), local_midnight(horizon.last_day + _DAY)),)


def _expertise(session: Session) -> Mapping[str, Collection[str]]:
    topics: dict[str, set[str]] = defaultdict(set)
    for row in session.exec(select(tables.Expertise)):
        topics[row.representative_id].add(row.topic)
    return topics


def _windows(session: Session) -> dict[str, tuple[Window, ...]]:
    """Each person's weekly windows; the days that share their hours stand in one."""
    days: dict[tuple[str, int, int], set[int]] = defaultdict(set)
    for row in session.exec(select(tables.Availability)):
        end = _MIDNIGHT if row.ends_at_midnight else _minute(row.ends)
        days[row.representative_id, _minute(row.starts), end].add(row.weekday)
    windows: dict[str, tuple[Window, ...]] = defaultdict(tuple)
    for (person, start, end), weekdays in sorted(days.items()):
        windows[person] += (Window(weekdays=frozenset(weekdays), start=start, end=end),)
    return windows


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _busy(session: Session) -> dict[str, tuple[Span, ...]]:
    """Everybody's taken time; planning reckons in whole minutes, so a started one is taken."""
    spans: dict[str, set[tuple[datetime, datetime]]] = defaultdict(set)
    # Columns, not rows: making objects of thousands of spans costs most.
    busy = select(tables.Busy.representative_id, tables.Busy.starts_at, tables.Busy.ends_at)
    for person, start, end in session.exec(busy):
        spans[person].add((start.replace(second=0, microsecond=0), _whole_minute_after(end)))
    for away in session.exec(select(tables.Absence)):
        after = local_midnight(away.last_day + _DAY)
        spans[away.representative_id].add((local_midnight(away.first_day), after))
    return {
        person: tuple(Span(start, end) for start, end in sorted(those))
        for person, those in spans.items()
    }


def _whole_minute_after(instant: datetime) -> datetime:
    whole = instant.replace(second=0, microsecond=0)
    return whole if whole == instant else whole + timedelta(minutes=1)


def _wishes(session: Session, *, prefers: bool) -> Mapping[str, Collection[str]]:
    wishes: dict[str, set[str]] = defaultdict(set)
    query = select(tables.TableWish).where(col(tables.TableWish.prefers).is_(prefers))
    for row in session.exec(query):
        wishes[row.representative_id].add(row.table_id)
    return wishes


def _preferred(
    session: Session, avoids: Mapping[str, Collection[str]]
) -> Mapping[str, Collection[str]]:
    """The tables somebody named, and those about a topic they like and didn't refuse."""
    wishes = {person: set(named) for person, named in _wishes(session, prefers=True).items()}
    about = _tables_by_topic(session)
    for row in session.exec(select(tables.TopicWish)):
        liked = about.get(row.topic, set()) - set(avoids.get(row.representative_id, ()))
        wishes.setdefault(row.representative_id, set()).update(liked)
    return wishes


def _tables_by_topic(session: Session) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    query = select(tables.Meeting.table_id, tables.Meeting.topics).where(
        col(tables.Meeting.table_id).is_not(None)
    )
    for table, topics in session.exec(query):
        for topic in topics:
            found[topic].add(table or "")
    return found


def mandates(session: Session) -> tuple[Mandate, ...]:
    """Who may speak for whom, where, about what and how long: what both agreed to, and no more."""
    agreed = (each for each in known.mandates(session, SYSTEM) if each.term.ever_counts)
    return tuple(_mandate(each) for each in sorted(agreed, key=lambda each: each.id))


def _mandate(view: known.MandateView) -> Mandate:
    levels, scope = view.scope.levels, view.scope
    return Mandate(
        id=view.id,
        giver=view.giver.id,
        holder=view.holder.id,
        municipalities=scope.municipalities,
        topics=scope.topics,
        levels=None if levels is None else frozenset(Level(word) for word in levels),
        first_day=view.term.first_day,
        # Neither party speaks, or is spoken for, after its own end.
        last_day=view.term.last_in_force,
    )
