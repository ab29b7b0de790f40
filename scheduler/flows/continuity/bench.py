"""How deep a table's bench is: who came in the past two years, who came along, who knows it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from scheduler.db.published import published_meetings
from scheduler.db.tables import Expertise, Meeting, Organisation, Representative, Table
from scheduler.db.views import MeetingFilter, MeetingView, Named
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.terms import Bond, Experience, MeetingState
from scheduler.domain.times import local

LOOK_BACK = timedelta(days=2 * 365)
"""How far back having been there counts as knowing a table: so long it takes to learn the work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Regular:
    """Somebody with a past, a place ahead or the knowledge for a table.

    `been`, `shadowed` and `coming` are numbers of meetings; `knows` are the topics of the table in
    which this person is at home. `last_day` is when this person stops, where that is known.
    """

    id: str
    label: str
    organisation: Named
    bond: Bond
    experience: Experience
    last_day: date | None
    been: int
    last_been: datetime | None
    shadowed: int
    coming: int
    knows: tuple[str, ...]

    def stays(self, day: date) -> bool:
        """Whether this person still goes on a local day."""
        return self.last_day is None or self.last_day >= day


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """A table with its people on a local day; `held` meetings lie in the two years before."""

    table: Named
    day: date
    held: int
    people: tuple[Regular, ...]
    coming: tuple[MeetingView, ...]

    @property
    def been(self) -> tuple[Regular, ...]:
        """Who came, or comes: who did so most often first."""
        return tuple(each for each in self.people if each.been or each.coming)

    @property
    def learning(self) -> tuple[Regular, ...]:
        """Who only came along so far."""
        there = (each for each in self.people if not (each.been or each.coming))
        return tuple(each for each in there if each.shadowed)

    @property
    def fitting(self) -> tuple[Regular, ...]:
        """Who never was there, and is at home in what it is about."""
        return tuple(
            each
            for each in self.people
            if each.knows and not (each.been or each.coming or each.shadowed)
        )

    @property
    def depth(self) -> int:
        """How many of those who know the table from having been there still go."""
        return sum(bool(each.been) and each.stays(self.day) for each in self.people)

    @property
    def hangs_on(self) -> Regular | None:
        """The one on whom it hangs, where it hangs on one."""
        left = [each for each in self.been if each.stays(self.day)]
        return left[0] if len(left) == 1 else None


def bench_of(session: Session, actor: Actor, table_id: str, *, at: datetime) -> Bench:
    """The bench of one table, for who sees all.

    Raises:
        NotAllowed: the actor doesn't see all.
        NotFound: there is no such table.
    """
    actor.must_see_all()
    table = session.get(Table, table_id)
    if table is None:
        raise NotFound("overlegtafel", table_id)
    day = local(at).date()
    wanted = MeetingFilter(table=table_id, first_day=day - LOOK_BACK)
    on = [
        each
        for each in published_meetings(session, actor, wanted)
        if each.state is MeetingState.PLANNED
    ]
    past = [each for each in on if each.ends_at <= at]
    coming = tuple(each for each in on if each.starts_at > at)
    return Bench(
        table=Named(table.id, table.name),
        day=day,
        held=len(past),
        people=_people(session, table_id, past, coming),
        coming=coming,
    )


def _people(
    session: Session, table_id: str, past: Iterable[MeetingView], coming: Iterable[MeetingView]
) -> tuple[Regular, ...]:
    been = Counter(each.representative_id for view in past for each in view.attendees)
    last = {each.representative_id: view.ends_at for view in past for each in view.attendees}
    along = Counter(each.representative_id for view in past for each in view.shadows)
    ahead = Counter(each.representative_id for view in coming for each in view.attendees)
    knows = _knows(session, table_id)
    rows = session.exec(
        select(Representative, Organisation.name).join(
            Organisation, col(Organisation.id) == col(Representative.organisation_id)
        )
    )
    people = [
        Regular(
            id=row.id,
            label=row.label,
            organisation=Named(row.organisation_id, name),
            bond=row.bond,
            experience=row.experience,
            last_day=row.last_day,
            been=been[row.id],
            last_been=last.get(row.id),
            shadowed=along[row.id],
            coming=ahead[row.id],
            knows=tuple(sorted(knows.get(row.id, ()))),
        )
        for row, name in rows
        if row.id in {*been, *along, *ahead, *knows}
    ]
    return tuple(sorted(people, key=lambda each: (-each.been, -each.coming, each.label, each.id)))


def _knows(session: Session, table_id: str) -> dict[str, set[str]]:
    """By person the topics of this table's meetings in which the person is at home."""
    topics: set[str] = set()
    query = select(Meeting.topics, Meeting.expertise).where(Meeting.table_id == table_id)
    for about, asked in session.exec(query):
        topics.update(about, asked)
    found: dict[str, set[str]] = {}
    for row in session.exec(select(Expertise).where(col(Expertise.topic).in_(topics))):
        found.setdefault(row.representative_id, set()).add(row.topic)
    return found
