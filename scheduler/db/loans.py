"""Hours that organisations lend each other, as far as the asking actor may see them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, or_, select

from scheduler.db.tables import Loan, LoanConsent, Organisation
from scheduler.db.views import Named
from scheduler.domain.access import SYSTEM, Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.mandates import Term
from scheduler.domain.terms import LoanPace, MandateSide, Role

_DAYS_PER_YEAR, _QUARTERS = 365, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanView:
    """The giver lends the holder so many minutes a quarter or a year."""

    id: str
    giver: Named
    holder: Named
    minutes: int
    pace: LoanPace
    term: Term
    note: str

    def within(self, first_day: date, last_day: date) -> int:
        """The minutes that fall to these days (local, inclusive); 0 where it doesn't count."""
        if not self.term.ever_counts:
            return 0
        first, last = max(first_day, self.term.first_day), min(last_day, self.term.last_in_force)
        days = max(0, (last - first).days + 1)
        a_year = self.minutes * (_QUARTERS if self.pace is LoanPace.QUARTER else 1)
        return a_year * days // _DAYS_PER_YEAR

    def side_of(self, organisation_id: str | None) -> MandateSide | None:
        """Which party an organisation is."""
        sides = {self.giver.id: MandateSide.GIVER, self.holder.id: MandateSide.HOLDER}
        return sides.get(organisation_id or "")


def loans(session: Session, actor: Actor) -> tuple[LoanView, ...]:
    """All for who sees all, a board's own; none for others. By giver, holder and first day."""
    if not (actor.sees_all or actor.role is Role.BOARD):
        return ()
    query = select(Loan)
    if not actor.sees_all:
        query = query.where(
            or_(Loan.giver_id == (actor.subject or ""), Loan.holder_id == (actor.subject or ""))
        )
    rows = {row.id: row for row in session.exec(select(Organisation))}
    views = (_view(row, rows) for row in session.exec(query))
    return tuple(sorted(views, key=lambda e: (e.giver.name, e.holder.name, e.term.first_day, e.id)))


def loan(session: Session, actor: Actor, identifier: str) -> LoanView:
    """One loan; NotFound where there is none, or it isn't the actor's to see."""
    for each in loans(session, actor):
        if each.id == identifier:
            return each
    raise NotFound("lening", identifier)


def shifted(session: Session, first_day: date, last_day: date) -> Mapping[str, int]:
    """By organisation the minutes that it carries more by lending, or less by borrowing.

    What is added to one is taken from another: they add up to nothing.
    """
    found: Counter[str] = Counter()
    for each in loans(session, SYSTEM):
        minutes = each.within(first_day, last_day)
        found[each.giver.id] += minutes
        found[each.holder.id] -= minutes
    return found


def still_missing(session: Session, view: LoanView) -> Mapping[MandateSide, int]:
    """How many members of which board still have to agree, by the giver's rule as for a mandate."""
    query = select(LoanConsent.side).where(LoanConsent.loan_id == view.id)
    given = Counter(session.exec(query))
    giver = session.get_one(Organisation, view.giver.id)
    needed = {MandateSide.GIVER: giver.mandate_members, MandateSide.HOLDER: 1}
    return {side: left for side in MandateSide if (left := needed[side] - given[side]) > 0}


def _view(row: Loan, organisations: Mapping[str, Organisation]) -> LoanView:
    giver, holder = organisations[row.giver_id], organisations[row.holder_id]
    ends = [each.last_day for each in (giver, holder) if each.last_day is not None]
    return LoanView(
        id=row.id,
        giver=Named(giver.id, giver.name),
        holder=Named(holder.id, holder.name),
        minutes=row.minutes,
        pace=row.pace,
        term=Term(
            first_day=row.first_day,
            last_day=row.last_day,
            stops_on=row.stops_on,
            parties_end=min(ends, default=None),
            state=row.state,
        ),
        note=row.note,
    )
