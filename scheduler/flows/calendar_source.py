"""The live account's data: what was published for one representative, never a copy of it."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from calendars.account import Calendar, Item, item_of
from calendars.identity import href
from scheduler.db import published
from scheduler.db.engine import Database
from scheduler.db.feeds import Subject
from scheduler.domain.terms import FeedKind
from scheduler.domain.times import EPOCH
from scheduler.flows.accounts import representative_by_password
from scheduler.flows.calendar_builder import every_entry

MEETINGS = "overleggen"
"""The one calendar of an account, as the last part of its address."""


class PublishedCalendars:
    """Answers the account's questions from the publication in force.

    A calendar's revision is the publication's number, so a program that asks what changed since
    then hears just what the publications in between changed.
    """

    def __init__(self, database: Database, base_url: str, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._base_url = base_url
        self._clock = clock

    def authenticate(self, username: str, password: str) -> str | None:
        """The representative whose app password this is, or None."""
        with self._database.session() as session:
            return representative_by_password(session, username, password, at=self._clock())

    def calendars(self, owner: str) -> Sequence[Calendar]:
        """The one calendar with the representative's meetings."""
        with self._database.session() as session:
            newest = published.newest(session)
        return [
            Calendar(
                name=MEETINGS,
                display_name="Aan Tafel",
                description="De overleggen waar u aan tafel zit of klaarstaat als vervanger.",
                revision=newest.number if newest else 0,
                revised_at=newest.published_at if newest else EPOCH,
            )
        ]

    def items(self, owner: str, calendar: str) -> Sequence[Item]:
        """Every meeting of the representative, cancelled ones included."""
        subject = Subject(FeedKind.REPRESENTATIVE, owner, "")
        with self._database.session() as session:
            entries = every_entry(session, subject, self._base_url)
        return [item_of(entry) for entry in entries]

    def changed_since(self, owner: str, calendar: str, revision: int) -> Collection[str] | None:
        """The hrefs of what changed after a publication; None for one that isn't there yet."""
        with self._database.session() as session:
            newest = published.newest(session)
            if revision > (newest.number if newest else 0):
                return None
            changed = published.changed_for(session, owner, since=revision)
        return {href(uid) for uid in changed}
