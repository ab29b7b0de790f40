"""Mandates: who lets whom speak for it, where, about what and how long."""

from datetime import date

from sqlalchemy import JSON, Column
from sqlmodel import Field

from scheduler.db.tables.base import Row, key
from scheduler.db.types import rule


class Mandate(Row, table=True):
    """The giver lets the holder speak for it; both days are inclusive; mandates don't chain.

    `topics` and `levels` are None for all of them, [] for none. With `everywhere` the mandate
    isn't bound to municipalities; otherwise its `MandateMunicipality` rows name them.
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
    is_sample: bool = False


class MandateMunicipality(Row, table=True):
    """One municipality in which a mandate holds."""

    __tablename__ = "mandate_municipality"

    mandate_id: str = key("mandate.id", primary=True)
    municipality_id: str = key("municipality.id", primary=True)
