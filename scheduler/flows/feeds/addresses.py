"""Show somebody their feeds' addresses, withdraw or renew one, and choose what is in it."""

from datetime import datetime

from sqlmodel import Session

from scheduler.db import audits, feeds
from scheduler.db.feeds import Subject
from scheduler.db.tables import Feed
from scheduler.db.views import FeedChoices, FeedView
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.names import slug
from scheduler.domain.secrets import SecretKey
from scheduler.domain.terms import FeedKind


def feeds_of(
    session: Session,
    actor: Actor,
    key: SecretKey,
    base_url: str,
    *,
    at: datetime,
    part: slice = slice(None),
) -> tuple[FeedView, ...]:
    """The feeds this actor may have, each with its address; one is made at first sight.

    Args:
        session: the session.
        actor: who asks.
        key: what the addresses are derived from.
        base_url: how others reach us, without a slash at the end.
        at: the present instant, in UTC.
        part: which of them, in their steady order; the province's is the first.
    """
    subjects = feeds.subjects(session, actor)[part]
    found = feeds.feeds_of(session, key, subjects, at=at)
    return tuple(
        _view(feed, subject, key, base_url) for feed, subject in zip(found, subjects, strict=True)
    )


def count_feeds(session: Session, actor: Actor) -> int:
    """How many feeds this actor may have."""
    return len(feeds.subjects(session, actor))


def feed_of(
    session: Session,
    actor: Actor,
    key: SecretKey,
    base_url: str,
    *,
    kind: FeedKind,
    subject_id: str,
    at: datetime,
) -> FeedView:
    """One feed with its address, made at first sight; NotFound where it isn't the actor's."""
    subject = _own(session, actor, kind, subject_id)
    return _view(feeds.feed_of(session, key, subject, at=at), subject, key, base_url)


def renew_feed(
    session: Session,
    actor: Actor,
    key: SecretKey,
    base_url: str,
    *,
    kind: FeedKind,
    subject_id: str,
    at: datetime,
) -> FeedView:
    """Withdraw a feed's address and give a new one; NotFound where it isn't the actor's."""
    subject = _own(session, actor, kind, subject_id)
    feed = feeds.feed_of(session, key, subject, at=at)
    feeds.renew(session, key, feed, at=at)
    audits.record(session, actor, "renew", noun="feed", noun_id=feed.id, at=at)
    return _view(feed, subject, key, base_url)


def revoke_feed(
    session: Session,
    actor: Actor,
    key: SecretKey,
    *,
    kind: FeedKind,
    subject_id: str,
    at: datetime,
) -> None:
    """Withdraw a feed's address without giving a new one; NotFound where it isn't the actor's."""
    feed = feeds.feed_of(session, key, _own(session, actor, kind, subject_id), at=at)
    if feed.revoked_at is None:
        feeds.revoke(session, feed, at=at)
        audits.record(session, actor, "revoke", noun="feed", noun_id=feed.id, at=at)


def choose_feed(
    session: Session,
    actor: Actor,
    key: SecretKey,
    choices: FeedChoices,
    *,
    kind: FeedKind,
    subject_id: str,
    at: datetime,
) -> None:
    """Choose what is in a feed; NotFound where it isn't the actor's."""
    feed = feeds.feed_of(session, key, _own(session, actor, kind, subject_id), at=at)
    if feeds.choices_of(feed) != choices:
        feeds.choose(feed, choices, at=at)
        audits.record(session, actor, "choose", noun="feed", noun_id=feed.id, at=at)


def _own(session: Session, actor: Actor, kind: FeedKind, subject_id: str) -> Subject:
    for subject in feeds.subjects(session, actor):
        if (subject.kind, subject.id) == (kind, subject_id):
            return subject
    raise NotFound("agenda", subject_id)


def feed_url(base_url: str, key: SecretKey, feed: Feed, subject: Subject) -> str:
    """A feed's address: the secret is in the path, and it ends in a name that people can read."""
    return f"{base_url}/feeds/{key.feed_token(feed.id, feed.issue)}/{slug(subject.name)}.ics"


def _view(feed: Feed, subject: Subject, key: SecretKey, base_url: str) -> FeedView:
    return FeedView(
        id=feed.id,
        kind=feed.kind,
        subject_id=feed.subject_id,
        name=subject.name,
        url="" if feed.revoked_at else feed_url(base_url, key, feed, subject),
        last_fetched_at=feed.last_fetched_at,
        last_client=feed.last_client,
        choices=feeds.choices_of(feed),
    )
