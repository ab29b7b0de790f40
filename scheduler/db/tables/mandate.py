"""Mandates: who lets whom speak for it, where, about what and how long; and taking part at all."""

from datetime import date, datetime

from sqlalchemy import JSON, Column
from sqlmodel import Field

from scheduler.db.tables.base import Row, instant, key
from scheduler.db.types import rule, words
from scheduler.domain.terms import (
    Level,
    MandateAct,
    MandatePower,
    MandateSide,
    MandateState,
    Participation,
    Role,
)


class Mandate(Row, table=True):
    """The giver lets the holder speak for it; both days are inclusive; mandates don't chain.

    `topics` and `levels` are None for all of them, [] for none. With `everywhere` the mandate
    isn't bound to municipalities; otherwise its `MandateMunicipality` rows name them. Only what is
    agreed ever counts; one that the coordinator records was agreed on paper. From `stops_on` on,
    where there is such a day, it holds no more. It may renew another, each of which is renewed
    once.
    """

    __tablename__ = "mandate"
    __table_args__ = (
        rule("parties", "giver_id <> holder_id"),
        rule("days", "first_day <= last_day"),
    )

    id: str = Field(primary_key=True)
    giver_id: str = key("organisation.id")
    holder_id: str = key("organisation.id")
    everywhere: bool
    topics: list[str] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    levels: list[str] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    first_day: date
    last_day: date
    state: MandateState = Field(default=MandateState.AGREED, sa_type=words(MandateState))
    stops_on: date | None = None
    power: MandatePower = Field(default=MandatePower.DECIDES, sa_type=words(MandatePower))
    limits: str = ""
    ask_each_time: bool = False
    note: str = ""
    renews_id: str | None = Field(
        default=None, foreign_key="mandate.id", ondelete="SET NULL", unique=True
    )
    is_sample: bool = False


class MandateMunicipality(Row, table=True):
    """One municipality in which a mandate holds."""

    __tablename__ = "mandate_municipality"

    mandate_id: str = key("mandate.id", primary=True)
    municipality_id: str = key("municipality.id", primary=True)


class MandateConsent(Row, table=True):
    """One board member's yes to a mandate as it reads; each member's counts once.

    `member_id` is the member's mail address; empty for a board that signed in without one.
    """

    __tablename__ = "mandate_consent"

    mandate_id: str = key("mandate.id", primary=True)
    side: MandateSide = Field(sa_type=words(MandateSide), primary_key=True)
    member_id: str = Field(primary_key=True)
    given_at: datetime = instant()


class MandateEvent(Row, table=True):
    """One thing that happened to a mandate, and by whom: added, and never changed again.

    `from_day` is from when it has effect, where that is a day. `function` is what the board member
    was then; the row outlives the member's address.
    """

    __tablename__ = "mandate_event"

    id: int = Field(default=None, primary_key=True)
    mandate_id: str = key("mandate.id")
    at: datetime = instant()
    act: MandateAct = Field(sa_type=words(MandateAct))
    role: Role = Field(sa_type=words(Role))
    actor_id: str | None = None
    member_id: str = ""
    function: str = ""
    from_day: date | None = None
    why: str = ""


class ParticipationChoice(Row, table=True):
    """What an organisation chose about one table, topic or level: to take part, and how.

    It holds from `first_day` to `last_day` (inclusive; None: until it is chosen anew), and is asked
    again on `ask_on`. A newer choice about the same ends it, and saying that it still holds puts
    that day off; no row is ever changed otherwise.
    """

    __tablename__ = "participation_choice"
    __table_args__ = (
        rule(
            "subject",
            "(CASE WHEN table_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN topic IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN level IS NULL THEN 0 ELSE 1 END) = 1",
        ),
        rule("days", "last_day IS NULL OR first_day <= last_day"),
    )

    id: str = Field(primary_key=True)
    organisation_id: str = key("organisation.id")
    table_id: str | None = key("consultation_table.id", default=None)
    topic: str | None = None
    level: Level | None = Field(default=None, sa_type=words(Level))
    choice: Participation = Field(sa_type=words(Participation))
    reason: str
    first_day: date
    last_day: date | None = None
    ask_on: date
    role: Role = Field(sa_type=words(Role))
    function: str = ""
    chosen_at: datetime = instant()
    is_sample: bool = False
