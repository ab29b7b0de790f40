"""Hours that one organisation lends another, as both agreed."""

from datetime import date, datetime

from sqlmodel import Field

from scheduler.db.tables.base import Row, instant, key
from scheduler.db.types import rule, words
from scheduler.domain.terms import LoanPace, MandateSide, MandateState


class Loan(Row, table=True):
    """The giver's people take work over from the holder's: so many minutes a quarter or a year.

    Both days are inclusive. Only what is agreed counts; what the coordinator records was agreed on
    paper. From `stops_on` on, where there is such a day, it holds no more.
    """

    __tablename__ = "loan"
    __table_args__ = (
        rule("parties", "giver_id <> holder_id"),
        rule("days", "first_day <= last_day"),
        rule("minutes", "minutes > 0"),
    )

    id: str = Field(primary_key=True)
    giver_id: str = key("organisation.id")
    holder_id: str = key("organisation.id")
    minutes: int
    pace: LoanPace = Field(default=LoanPace.YEAR, sa_type=words(LoanPace))
    first_day: date
    last_day: date
    state: MandateState = Field(default=MandateState.AGREED, sa_type=words(MandateState))
    stops_on: date | None = None
    note: str = ""
    is_sample: bool = False


class LoanConsent(Row, table=True):
    """One board member's yes to a loan as it reads; each member's counts once.

    `member_id` is the member's mail address; empty for a board that signed in without one.
    """

    __tablename__ = "loan_consent"

    loan_id: str = key("loan.id", primary=True)
    side: MandateSide = Field(sa_type=words(MandateSide), primary_key=True)
    member_id: str = Field(primary_key=True)
    given_at: datetime = instant()
