"""What organisations want said at a meeting: the question to them, and their answers."""

from datetime import date, datetime

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field

from scheduler.db.tables.base import Row, instant, key, optional_instant
from scheduler.db.types import rule, words
from scheduler.domain.terms import Importance, Stance


class InputQuestion(Row, table=True):
    """The question for input about one meeting.

    `last_day` (local, inclusive) stands in the place of the table's own; None where that holds.
    `asked_at` is when the question was mailed, `changed_at` when its last day was chosen.
    """

    __tablename__ = "input_question"

    meeting_id: str = key("meeting.id", primary=True)
    last_day: date | None = None
    asked_at: datetime | None = optional_instant()
    changed_at: datetime | None = optional_instant()


class InputVersion(Row, table=True):
    """What an organisation wants said at a meeting, as it was confirmed at one time.

    The highest `number` counts, from 1; the earlier ones stay. `given_by` says in words who of the
    organisation confirmed it. `late` says that it came after the last day. With `abstains` the
    organisation says that it deliberately takes no part here; then there are no positions.
    """

    __tablename__ = "input_version"
    __table_args__ = (
        UniqueConstraint("meeting_id", "organisation_id", "number"),
        rule("number", "number >= 1"),
    )

    id: str = Field(primary_key=True)
    meeting_id: str = key("meeting.id")
    organisation_id: str = key("organisation.id")
    number: int
    given_at: datetime = instant()
    given_by: str
    late: bool
    abstains: bool = False


class InputPosition(Row, table=True):
    """What one version says of one agenda item.

    `condition` is there where the stance is "for, if". `reason`, `message` (what must be said) and
    `source` (a tenants' panel or committee) are in the organisation's own words.
    """

    __tablename__ = "input_position"
    __table_args__ = (
        rule("position", "stance IN ('for', 'for_if', 'against', 'abstain')"),
        rule("condition", "(stance = 'for_if') = (condition <> '')"),
    )

    version_id: str = key("input_version.id", primary=True)
    item_id: str = key("agenda_item.id", primary=True)
    stance: Stance = Field(sa_type=words(Stance))
    condition: str = ""
    reason: str = ""
    message: str = ""
    source: str = ""
    importance: Importance = Field(sa_type=words(Importance))


class InputDraft(Row, table=True):
    """What one member of an organisation has typed and not confirmed; all its members see it.

    `author` is a mail address's or representative's identifier, or `board` for who signed in for
    the board as such. `typed` are the form's fields as they were typed.
    """

    __tablename__ = "input_draft"

    meeting_id: str = key("meeting.id", primary=True)
    organisation_id: str = key("organisation.id", primary=True)
    author: str = Field(primary_key=True)
    author_name: str
    typed: dict[str, str] = Field(sa_column=Column(JSON, nullable=False))
    saved_at: datetime = instant()
