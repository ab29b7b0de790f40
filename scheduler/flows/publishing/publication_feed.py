"""The feed of publications: its secret address, and what each publication changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from scheduler.db import audits, feeds, people, published
from scheduler.db.feeds import Subject
from scheduler.db.views import ChangedMeeting
from scheduler.domain.access import SYSTEM, Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.secrets import SecretKey
from scheduler.domain.terms import FeedKind

_SUBJECT = Subject(FeedKind.PUBLICATIONS, "publications", "Publicaties")
_MOST = 30
"""How many publications a feed holds; a reader keeps what it has read before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedAddress:
    """The feed for its owners; the address is empty while it is withdrawn."""

    url: str
    last_fetched_at: datetime | None
    last_client: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One publication, and the meetings that it changed; without a single person's name."""

    number: int
    published_at: datetime
    meetings: tuple[ChangedMeeting, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationFeed:
    """What a reader gets: the newest first. `key` is the feed's own name, which never changes."""

    key: str
    province: str
    made_at: datetime
    publications: tuple[Told, ...]

    @property
    def updated_at(self) -> datetime:
        """When the newest came; the feed's own making before the first."""
        return self.publications[0].published_at if self.publications else self.made_at


def feed_address(
    session: Session, actor: Actor, key: SecretKey, base_url: str, *, at: datetime
) -> FeedAddress:
    """The feed's address, for who plans for all; it is made at first sight."""
    actor.must_plan_for_all()
    feed = feeds.feed_of(session, key, _SUBJECT, at=at)
    token = key.feed_token(feed.id, feed.issue)
    return FeedAddress(
        url="" if feed.revoked_at else f"{base_url}/publicaties/{token}/aan-tafel.atom",
        last_fetched_at=feed.last_fetched_at,
        last_client=feed.last_client,
    )


def renew_address(session: Session, actor: Actor, key: SecretKey, *, at: datetime) -> None:
    """Withdraw the feed's address and give a new one; NotAllowed for who doesn't plan for all."""
    actor.must_plan_for_all()
    feed = feeds.feed_of(session, key, _SUBJECT, at=at)
    feeds.renew(session, key, feed, at=at)
    audits.record(session, actor, "renew", noun="feed", noun_id=feed.id, at=at)


def read_publications(
    session: Session, token: str, client: str, *, at: datetime
) -> PublicationFeed:
    """What the feed with this token holds; notes which program asked.

    Raises:
        NotFound: no feed of publications ever had this token.
        Gone: the token has been withdrawn.
    """
    feed = feeds.feed_by_token(session, token)
    if feed.kind is not FeedKind.PUBLICATIONS:
        raise NotFound("agenda")
    feeds.note_fetch(feed, client, at=at)
    return PublicationFeed(
        key=feed.id,
        province=people.province_name(session),
        made_at=feed.created_at,
        publications=tuple(_told(session)),
    )


def _told(session: Session) -> Iterator[Told]:
    for row in published.publications(session, SYSTEM, most=_MOST):
        yield Told(
            number=row.number,
            published_at=row.published_at,
            meetings=published.publication_changes(session, SYSTEM, row.number),
        )
