"""Feeds and their tokens. Only the hash of a token is stored; a withdrawn one is remembered."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from scheduler.db.tables import Corporation, Feed, FeedToken, Municipality, Organisation, Province
from scheduler.db.tables import Representative as Person
from scheduler.db.views import FeedChoices
from scheduler.domain.access import Actor
from scheduler.domain.errors import Gone, NotFound
from scheduler.domain.ids import new_id
from scheduler.domain.secrets import SecretKey, hashed
from scheduler.domain.terms import FeedKind, Role

_NOTE_EVERY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose meetings a feed holds: its kind, the identifier and the name it is known by."""

    kind: FeedKind
    id: str
    name: str


def subjects(session: Session, actor: Actor) -> tuple[Subject, ...]:
    """Everything that this actor may have a feed of, in a steady order: the province first."""
    return tuple(subject for subject in _all(session) if _may_have(actor, subject))


def _all(session: Session) -> list[Subject]:
    people = select(Person.id, Person.label).order_by(Person.id)
    organisations = select(Organisation.id, Organisation.name).order_by(Organisation.id)
    municipalities = select(Municipality.id, Municipality.name).order_by(Municipality.id)
    corporations = select(Corporation.id, Corporation.name).order_by(Corporation.id)
    provinces = select(Province.id, Province.name).order_by(Province.id)
    queries = {
        FeedKind.PROVINCE: provinces,
        FeedKind.MUNICIPALITY: municipalities,
        FeedKind.CORPORATION: corporations,
        FeedKind.ORGANISATION: organisations,
        FeedKind.REPRESENTATIVE: people,
    }
    return [
        Subject(kind, name, known_as)
        for kind, query in queries.items()
        for name, known_as in session.exec(query)
    ]


_OWN = {
    Role.REPRESENTATIVE: FeedKind.REPRESENTATIVE,
    Role.BOARD: FeedKind.ORGANISATION,
    Role.MUNICIPALITY: FeedKind.MUNICIPALITY,
    Role.CORPORATION: FeedKind.CORPORATION,
}


def _may_have(actor: Actor, subject: Subject) -> bool:
    if actor.plans_for_all:
        return True
    if actor.role is Role.PROVINCE:
        return subject.kind is FeedKind.PROVINCE
    return _OWN.get(actor.role) is subject.kind and actor.subject == subject.id


def feed_of(session: Session, key: SecretKey, subject: Subject, *, at: datetime) -> Feed:
    """The subject's feed, made where there is none yet."""
    return _found(session, subject) or _made(session, key, subject, at)


def feeds_of(
    session: Session, key: SecretKey, subjects: Sequence[Subject], *, at: datetime
) -> tuple[Feed, ...]:
    """The feeds of these, in their order, each made where there is none yet."""
    query = select(Feed).where(
        col(Feed.kind).in_({each.kind for each in subjects}),
        col(Feed.subject_id).in_({each.id for each in subjects}),
    )
    known = {(feed.kind, feed.subject_id): feed for feed in session.exec(query)}
    return tuple(
        known.get((each.kind, each.id)) or feed_of(session, key, each, at=at) for each in subjects
    )


def _found(session: Session, subject: Subject) -> Feed | None:
    query = select(Feed).where(Feed.kind == subject.kind, Feed.subject_id == subject.id)
    return session.exec(query).first()


def _made(session: Session, key: SecretKey, subject: Subject, at: datetime) -> Feed:
    """A new feed; where somebody else made it in the meantime, that one."""
    feed = Feed(id=new_id("f"), kind=subject.kind, subject_id=subject.id, created_at=at)
    try:
        with session.begin_nested():
            session.add(feed)
    except IntegrityError:
        found = _found(session, subject)
        if found is None:
            raise
        return found
    _remember(session, key, feed)
    return feed


def renew(session: Session, key: SecretKey, feed: Feed, *, at: datetime) -> None:
    """Withdraw a feed's address and give it a new one; the old address answers "gone"."""
    revoke(session, feed, at=at)
    feed.issue += 1
    feed.revoked_at = None
    _remember(session, key, feed)


def revoke(session: Session, feed: Feed, *, at: datetime) -> None:
    """Withdraw a feed's address; without a new one nobody can read it."""
    query = select(FeedToken).where(
        FeedToken.feed_id == feed.id, col(FeedToken.revoked_at).is_(None)
    )
    for token in session.exec(query):
        token.revoked_at = at
    feed.revoked_at = at
    feed.last_fetched_at, feed.last_client = None, ""


def choices_of(feed: Feed) -> FeedChoices:
    """What its owner wants to see in it."""
    return FeedChoices(**{each.name: getattr(feed, each.name) for each in fields(FeedChoices)})


def choose(feed: Feed, choices: FeedChoices, *, at: datetime) -> None:
    """Remember what its owner wants to see in it."""
    for name, value in asdict(choices).items():
        setattr(feed, name, value)
    feed.chosen_at = at


def _remember(session: Session, key: SecretKey, feed: Feed) -> None:
    session.add(FeedToken(token_hash=hashed(key.feed_token(feed.id, feed.issue)), feed_id=feed.id))
    session.flush()


def remember_newest(session: Session, key: SecretKey) -> int:
    """Let every feed open by the address that the newest key makes of it; gives how many new.

    The addresses that were given out before stay good, as only their digests decide.
    """
    known = set(session.exec(select(FeedToken.token_hash)))
    feeds = session.exec(select(Feed).where(col(Feed.revoked_at).is_(None))).all()
    lacking = [feed for feed in feeds if hashed(key.feed_token(feed.id, feed.issue)) not in known]
    for feed in lacking:
        _remember(session, key, feed)
    return len(lacking)


def renew_all(session: Session, key: SecretKey, *, at: datetime) -> int:
    """Withdraw every address and give it a new one: the old ones may be known to a thief."""
    feeds = session.exec(select(Feed).where(col(Feed.revoked_at).is_(None))).all()
    for feed in feeds:
        renew(session, key, feed, at=at)
    return len(feeds)


def feed_by_token(session: Session, token: str) -> Feed:
    """The feed that a token opens.

    Raises:
        NotFound: no feed ever had this token.
        Gone: the token has been withdrawn.
    """
    found = session.get(FeedToken, hashed(token))
    if found is None:
        raise NotFound("agenda")
    if found.revoked_at is not None:
        raise Gone
    feed = session.get(Feed, found.feed_id)
    if feed is None:
        raise NotFound("agenda")
    return feed


def subject_of(session: Session, feed: Feed) -> Subject:
    """Whose feed it is; NotFound where the subject has gone."""
    for subject in _all(session):
        if (subject.kind, subject.id) == (feed.kind, feed.subject_id):
            return subject
    raise NotFound("agenda")


def note_fetch(feed: Feed, client: str, *, at: datetime) -> None:
    """Remember when a feed was fetched last and by what kind of program, at most every 5 minutes.

    Only the kind is kept ("iPhone"), never the address or the whole agent string.
    """
    fresh = feed.last_fetched_at is not None and at - feed.last_fetched_at < _NOTE_EVERY
    if fresh and feed.last_client == client:
        return
    feed.last_fetched_at, feed.last_client = at, client
