"""Prepare input together, and confirm it: each time a version, of which the earlier ones stay."""

from datetime import datetime

from sqlmodel import Session, select

from scheduler.db import audits
from scheduler.db.input import VersionView, drafts_at, versions_of
from scheduler.db.tables import InputDraft, InputPosition, InputVersion, Meeting
from scheduler.domain.errors import NotFound
from scheduler.domain.ids import new_id
from scheduler.flows.input.author import Author
from scheduler.flows.input.errors import InputClosed, NoInputAsked
from scheduler.flows.input.form import GivenInput, Typed, as_typed, own_fields, read_input
from scheduler.flows.input.occasion import Occasion, occasion_of

_LARGEST = 100_000
"""How many letters a draft holds at most; more than every field of the longest agenda."""


def own_occasion(session: Session, author: Author, meeting_id: str, default_days: int) -> Occasion:
    """The occasion at which the author's organisation is asked for input.

    Raises:
        NotFound: the meeting isn't theirs to see, or doesn't concern their organisation.
        NoInputAsked: the tenants aren't asked for anything there.
    """
    occasion = occasion_of(session, author.actor, meeting_id, default_days)
    if not occasion.concerns(author.organisation_id):
        raise NotFound("inbreng", meeting_id)
    return occasion


def keep_input_draft(
    session: Session, author: Author, occasion: Occasion, sent: Typed, *, at: datetime
) -> None:
    """Keep what somebody typed as it stands; one's own draft alone is written over.

    A form in which nothing was typed keeps nothing, and one that is far too large isn't kept.
    """
    typed = own_fields(sent, occasion.items)
    if not typed or sum(map(len, typed.values())) > _LARGEST:
        return
    session.merge(
        InputDraft(
            meeting_id=occasion.meeting.id,
            organisation_id=author.organisation_id,
            author=author.key,
            author_name=author.name,
            typed=typed,
            saved_at=at,
        )
    )
    session.flush()


def give_input(
    session: Session, author: Author, occasion: Occasion, sent: Typed, *, at: datetime
) -> int:
    """Confirm what the organisation wants said; gives the version's number.

    The same once more is no new version. What was typed counts from now on, in the place of the
    version before, which stays to be seen. After the last day it still counts, and is marked.

    Raises:
        NoInputAsked: there is no agenda yet.
        InputClosed: the meeting has begun, or is off.
        BadRequest: what was typed can't be used yet.
    """
    if not occasion.items:
        raise NoInputAsked
    if not occasion.is_open(at):
        raise InputClosed
    given = read_input(sent, occasion.items, at)
    _take_turns(session, occasion)
    versions = versions_of(session, author.actor, occasion.meeting.id, author.organisation_id)
    newest = versions[0] if versions else None
    if newest is not None and _says(newest, given):
        return newest.number
    number = newest.number + 1 if newest else 1
    row = InputVersion(
        id=new_id("iv"),
        meeting_id=occasion.meeting.id,
        organisation_id=author.organisation_id,
        number=number,
        given_at=at,
        given_by=author.name,
        late=occasion.is_late(at),
        abstains=given.abstains,
    )
    _add(session, row, given)
    _drop_draft(session, author, occasion, given)
    audits.record(
        session,
        author.actor,
        "give" if number == 1 else "change",
        noun="input",
        noun_id=occasion.meeting.id,
        at=at,
        detail=f"{author.organisation_id}, {number}",
    )
    return number


def _take_turns(session: Session, occasion: Occasion) -> None:
    """Let two members who confirm at once do so one after the other, where the database can."""
    session.exec(
        select(Meeting.id).where(Meeting.id == occasion.meeting.id).with_for_update()
    ).one()


def _says(newest: VersionView, given: GivenInput) -> bool:
    """Whether the newest version says the same already."""
    there = (newest.abstains, set(newest.positions.values()))
    return there == (given.abstains, set(given.positions))


def _add(session: Session, row: InputVersion, given: GivenInput) -> None:
    session.add(row)
    session.flush()
    session.add_all(
        InputPosition(
            version_id=row.id,
            item_id=each.item_id,
            stance=each.stance,
            condition=each.condition,
            reason=each.reason,
            message=each.message,
            source=each.source,
            importance=each.importance,
        )
        for each in given.positions
    )
    session.flush()


def _drop_draft(session: Session, author: Author, occasion: Occasion, given: GivenInput) -> None:
    """What was confirmed is no draft any more; positions beside a "takes no part" stay one."""
    draft = session.get(InputDraft, (occasion.meeting.id, author.organisation_id, author.key))
    if draft is not None and not given.abstains:
        session.delete(draft)
        session.flush()


def form_now(session: Session, author: Author, occasion: Occasion, of: str = "") -> dict[str, str]:
    """What stands in the form: the draft of `of` where named, one's own, or the newest version."""
    drafts = {
        each.author: each
        for each in drafts_at(session, author.actor, occasion.meeting.id, author.organisation_id)
    }
    draft = drafts.get(of) or drafts.get(author.key)
    if draft is not None:
        return dict(draft.typed)
    versions = versions_of(session, author.actor, occasion.meeting.id, author.organisation_id)
    return as_typed(versions[0]) if versions else {}
