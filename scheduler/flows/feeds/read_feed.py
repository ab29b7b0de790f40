"""Read a feed by its token: the bytes that programs subscribe to.

The same publication on the same day gives the same bytes. They are rendered once and kept; of a new
publication only the meetings that it changed are rendered again.
"""

import gzip
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from threading import Lock

from cachetools import LRUCache
from sqlmodel import Session

from calendars.ical import join_feed
from calendars.identity import etag
from scheduler.db import calendar_writes, feeds, published, reports
from scheduler.db.calendar_writes import LastWrite
from scheduler.db.input import last_chosen
from scheduler.db.report_views import AgreedState
from scheduler.db.tables import Feed
from scheduler.db.views import FeedChoices
from scheduler.domain.terms import FeedKind
from scheduler.domain.times import local, local_midnight
from scheduler.flows.calendar_builder import Publisher, calendar_entries
from scheduler.flows.feeds.fragments import Fragments
from scheduler.settings import Feeds

_GZIP_LEVEL = 6
_NEVER = LastWrite(0, None)
_MOST_BYTES = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedBody:
    """A feed's bytes, plain and packed by gzip, with what a program needs to ask again cheaply.

    `etag` is of the plain bytes, without quotes. `modified` is when they can have changed last: at
    the publication, or at the midnight that moved the window of days on.
    """

    plain: bytes
    packed: bytes
    etag: str
    modified: datetime

    @property
    def size(self) -> int:
        """How much memory it takes, about."""
        return len(self.plain) + len(self.packed)


@dataclass(frozen=True, slots=True)
class _Edition:
    """What a feed's bytes depend on, the settings aside.

    `changed_at` is when a publication, a choice of its owner or an answer changed it last, or a
    last day for input; `last_days` is when such a day was last chosen, where the owner wants them.
    """

    feed_id: str
    issue: int
    publication: int
    writes: int
    choices: FeedChoices
    agreed: AgreedState
    changed_at: datetime
    last_days: datetime | None
    day: date


def _edition(session: Session, feed: Feed, at: datetime) -> _Edition:
    newest = published.newest(session)
    number, published_at = (newest.number, newest.published_at) if newest else (0, feed.created_at)
    personal = feed.kind is FeedKind.REPRESENTATIVE
    choices = feeds.choices_of(feed)
    agreed = reports.agreed_state(session) if choices.deadlines else AgreedState()
    write = calendar_writes.last(session, feed.subject_id) if personal else _NEVER
    last_days = last_chosen(session) if choices.deadlines else None
    return _Edition(
        feed.id,
        feed.issue,
        number,
        write.number,
        choices,
        agreed,
        max(
            filter(
                None,
                [published_at, write.at, feed.chosen_at, last_days, agreed.changed_at],
            )
        ),
        last_days,
        local(at).date(),
    )


class FeedShelf:
    """The feeds that one process has rendered already, and the pieces that they are made of.

    Two processes need not share it: each renders the same bytes.
    """

    def __init__(self, window: Feeds, publisher: Publisher) -> None:
        self._window = window
        self._publisher = publisher
        self._lock = Lock()
        self._bodies: LRUCache[_Edition, FeedBody] = LRUCache(_MOST_BYTES, _size)
        self._fragments = Fragments()

    def read(self, session: Session, token: str, client: str, *, at: datetime) -> FeedBody:
        """The feed that a token opens, as it is at an instant; notes which program asked.

        Before the first publication the feed is empty.

        Raises:
            NotFound: no feed ever had this token.
            Gone: the token has been withdrawn.
        """
        feed = feeds.feed_by_token(session, token)
        feeds.note_fetch(feed, client, at=at)
        edition = _edition(session, feed, at)
        with self._lock:
            kept = self._bodies.get(edition)
        if kept is None:
            kept = self._render(session, feed, edition, at)
            with self._lock:
                # One that is larger than all the room is rendered each time.
                if kept.size <= _MOST_BYTES:
                    self._bodies[edition] = kept
        return kept

    def _render(self, session: Session, feed: Feed, edition: _Edition, at: datetime) -> FeedBody:
        subject = feeds.subject_of(session, feed)
        entries = calendar_entries(
            session, subject, self._window, self._publisher, at=at, choices=edition.choices
        )
        plain = join_feed(
            name=f"Aan Tafel: {subject.name}",
            url="",  # the feed's own address is a secret, and a file gets passed on
            refresh=timedelta(minutes=self._window.refresh_minutes),
            description=_DESCRIPTIONS[subject.kind],
            fragments=map(self._fragments.of, entries),
        )
        packed = gzip.compress(plain, _GZIP_LEVEL, mtime=0)
        modified = max(edition.changed_at, local_midnight(edition.day))
        return FeedBody(plain=plain, packed=packed, etag=etag(plain).strip('"'), modified=modified)


def _size(body: FeedBody) -> int:
    return body.size


_DESCRIPTIONS = {
    FeedKind.REPRESENTATIVE: "Uw overleggen. Bij haast krijgt u ook een mail.",
    FeedKind.ORGANISATION: "De overleggen waar deze organisatie bij zit of gehoord wordt.",
    FeedKind.MUNICIPALITY: "De overleggen met huurders in deze gemeente.",
    FeedKind.CORPORATION: "De overleggen van deze corporatie met huurders.",
    FeedKind.PROVINCE: "De provinciale overleggen met huurders.",
}
