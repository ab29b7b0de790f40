"""Who did what, and when: the newest first, page by page."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from scheduler.db import audits, people
from scheduler.db.audits import LogFilter
from scheduler.db.tables import Audit
from scheduler.db.views import Named
from scheduler.domain.errors import BadInput, Sentence
from scheduler.domain.terms import Role
from scheduler.web.context import Coordinating, Visit
from scheduler.web.rendering import language_of, page
from scheduler.web.words import Words

router = APIRouter()

_MOST = 50
_UNREADABLE = Sentence("Deze keuze bestaat niet.", "This choice doesn't exist.")


class Asked(BaseModel, frozen=True):
    """The filters as they stand in the address; `wie` is a role, or a role and its subject."""

    wat: str = ""
    wie: str = ""
    voor: Annotated[int, Field(ge=0, lt=2**31)] = 0

    def wanted(self) -> LogFilter:
        """The filter that they make; BadInput where one can't be read."""
        role, _, subject = self.wie.partition(":")
        if role and role not in list(Role):
            raise BadInput(_UNREADABLE)
        return LogFilter(
            noun=self.wat or None,
            role=Role(role) if role else None,
            subject=subject or None,
            before=self.voor or None,
        )

    def older(self, last: int) -> str:
        """The address of the page after this one."""
        return f"/logboek?{urlencode({'wat': self.wat, 'wie': self.wie, 'voor': last})}"


@router.get("/logboek")
def look(visit: Coordinating, asked: Annotated[Asked, Query()]) -> Response:
    """One page of the log."""
    session, who = visit.session, visit.who
    found = audits.recent(session, who, asked.wanted(), most=_MOST + 1)
    shown = found[:_MOST]
    words = Words(language_of(visit.request), visit.today)
    names = _names(visit)
    return page(
        visit,
        "log.html",
        tab="logboek",
        asked=asked,
        acts=shown,
        names=names,
        nouns=[Named(noun, words.noun(noun)) for noun in audits.nouns(session, who)],
        doers=[
            Named(f"{role}:{subject or ''}".rstrip(":"), _doer(words, names, role, subject))
            for role, subject in audits.doers(session, who)
        ],
        older=asked.older(shown[-1].id) if len(found) > _MOST else "",
        doer=lambda act: _doer(words, names, act.role, act.actor_id),
        said=lambda act: _said(words, names, act),
    )


def _names(visit: Visit) -> dict[str, str]:
    """How those who act, and what they act on, are called, by identifier."""
    session = visit.session
    labels = {each.id: each.label for each in people.representatives(session, visit.who)}
    towns = {each.id: each.name for each in people.municipalities(session)}
    return labels | towns | {each.id: each.name for each in people.organisations(session)}


def _doer(words: Words, names: dict[str, str], role: Role, subject: str | None) -> str:
    return names.get(subject or "", words.role(role))


def _said(words: Words, names: dict[str, str], act: Audit) -> str:
    return words.act(act.noun, act.act, names.get(act.noun_id, act.noun_id))
