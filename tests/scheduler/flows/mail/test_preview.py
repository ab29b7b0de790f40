"""What publishing would mail can be read beforehand, word for word."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from scheduler.db import tables
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.errors import NotAllowed, NotFound
from scheduler.domain.terms import Role
from scheduler.flows.mail.preview_mail import by_recipient, preview_letters, preview_mail
from scheduler.flows.mail.show_letter import show_letter
from scheduler.flows.publishing.publish_plan import publish_plan
from scheduler.mail import Office

ALL = {"m-1": ["r-1"], "m-2": ["r-1"], "m-3": ["r-3"]}


def test_the_letters_are_those_that_go_out(
    session: Session,
    draft: Callable[..., int],
    joined: Callable[..., None],
    office: Office,
    noon: datetime,
) -> None:
    joined("r-1")
    joined("r-3")
    publish_plan(session, COORDINATOR, draft(ALL), at=noon)
    for row in session.exec(select(tables.Outgoing)):
        row.state, row.sent_at = "sent", noon
    plan = draft({"m-1": ["r-1", "r-3"], "m-2": ["r-3"]}, deputies={"m-1": "r-2"})
    later = noon + timedelta(hours=1)
    said = {
        (mail.recipient_id, mail.meeting_id): letter.letter
        for mail in preview_mail(session, COORDINATOR, plan, at=later)
        for letter in preview_letters(
            session, COORDINATOR, office, plan, mail.recipient_id, at=later
        ).letters
        if letter.mail == mail
    }
    publish_plan(session, COORDINATOR, plan, at=later)
    queued = session.exec(select(tables.Outgoing).where(tables.Outgoing.created_at == later)).all()
    assert len(queued) == len(said) == 4
    for row in queued:
        letter = show_letter(session, COORDINATOR, office, row.id)
        assert said[row.recipient_id, row.meeting_id] == letter


def test_a_long_post_is_read_in_parts_and_urgent_ones_come_first(
    session: Session,
    draft: Callable[..., int],
    joined: Callable[..., None],
    office: Office,
) -> None:
    joined("r-1")
    joined("r-3")
    first = session.get_one(tables.Slot, ("m-1", 0)).starts_at
    plan = draft({"m-1": ["r-3"], "m-2": ["r-1"], "m-3": ["r-1"]})
    at = first - timedelta(hours=2)
    mails = preview_mail(session, COORDINATOR, plan, at=at)
    posts = by_recipient(mails)
    assert [(post[0].recipient, len(post), post[0].urgent) for post in posts] == [
        ("Afgevaardigde 3", 1, True),
        ("Afgevaardigde 1", 2, False),
    ]
    address = posts[1][0].recipient_id
    post = preview_letters(session, COORDINATOR, office, plan, address, at=at, part=slice(1, 2))
    assert (post.total, len(post.letters)) == (2, 1)
    assert post.letters[0].mail.meeting_id == "m-3"
    assert "U spreekt namens MEVM" in post.letters[0].letter.text


def test_there_is_nothing_to_read_for_who_gets_nothing_or_may_not(
    session: Session,
    draft: Callable[..., int],
    joined: Callable[..., Any],
    office: Office,
    noon: datetime,
) -> None:
    joined("r-1")
    plan = draft({"m-3": ["r-3"]})
    address = session.exec(select(tables.MailAddress.id)).first()
    for recipient in (address, "nobody"):
        with pytest.raises(NotFound):
            preview_letters(session, COORDINATOR, office, plan, recipient, at=noon)
    other = Actor(Role.REPRESENTATIVE, "r-1")
    with pytest.raises(NotAllowed):
        preview_letters(session, other, office, plan, address, at=noon)
