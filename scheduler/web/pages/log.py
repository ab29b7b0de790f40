"""Who did what, and when: the newest first, page by page."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from scheduler.db import audits, meetings, people
from scheduler.db.audits import LogFilter
from scheduler.db.tables import Audit
from scheduler.db.views import Named
from scheduler.domain.errors import BadInput, Sentence
from scheduler.domain.terms import Role
from scheduler.domain.times import local_midnight
from scheduler.flows.access.staff import staff_names
from scheduler.flows.records import KINDS, look_around, records
from scheduler.web.context import Coordinating, Visit
from scheduler.web.pages.records.telling import Telling
from scheduler.web.plans.filters import day_in
from scheduler.web.rendering import language_of, page
from scheduler.web.words.log import LogWords
from scheduler.web.words.terms import Words

router = APIRouter()

_MOST = 50
_UNREADABLE = Sentence("Deze keuze bestaat niet.", "This choice doesn't exist.")
_BACKWARDS = Sentence(
    "Het einde van de periode ligt vóór het begin. Kies een later einde.",
    "The period ends before it begins. Choose a later end.",
)
_UNNAMED = {"mandate", "closed"}
"""Nouns of records whose names stand in no list of people or bodies."""


class Asked(BaseModel, frozen=True):
    """The filters as they stand in the address; `wie` is a role, or a role and its subject.

    `over` is the representative that it is about; `van` and `tot` are days, both inclusive.
    """

    wat: str = ""
    wie: str = ""
    over: str = ""
    van: str = ""
    tot: str = ""
    voor: Annotated[int, Field(ge=0, lt=2**31)] = 0

    def wanted(self) -> LogFilter:
        """The filter that they make; BadInput where one can't be read."""
        role, _, subject = self.wie.partition(":")
        if role and role not in list(Role):
            raise BadInput(_UNREADABLE)
        first, last = day_in(self.van), day_in(self.tot)
        if first and last and last < first:
            raise BadInput(_BACKWARDS)
        return LogFilter(
            noun=self.wat or None,
            noun_id=self.over or None,
            role=Role(role) if role else None,
            subject=subject or None,
            before=self.voor or None,
            since=local_midnight(first) if first else None,
            until=local_midnight(last + timedelta(days=1)) if last else None,
        )

    def older(self, last: int) -> str:
        """The address of the page after this one."""
        return f"/logboek?{urlencode({**self._chosen, 'voor': last})}"

    @property
    def filtered(self) -> bool:
        """Whether anything was chosen."""
        return bool(self._chosen or self.voor)

    @property
    def _chosen(self) -> dict[str, str]:
        chosen = self.model_dump(exclude={"voor"})
        return {name: value for name, value in chosen.items() if value}


@router.get("/logboek")
def look(visit: Coordinating, asked: Annotated[Asked, Query()]) -> Response:
    """One page of the log."""
    session, who = visit.session, visit.who
    found = audits.recent(session, who, asked.wanted(), most=_MOST + 1)
    shown = found[:_MOST]
    words = Words(language_of(visit.request), visit.today)
    names = dict(_names(visit, shown))
    around = look_around(session, today=visit.today)
    told = LogWords(words=words, around=around, names=names, field=Telling(visit).sentence)
    return page(
        visit,
        "log.html",
        tab="logboek",
        asked=asked,
        acts=shown,
        nouns=[Named(noun, words.noun(noun)) for noun in audits.nouns(session, who)],
        people=[Named(each.id, each.label) for each in people.representatives(session, who)],
        doers=[
            Named(f"{role}:{subject or ''}".rstrip(":"), _doer(words, names, role, subject))
            for role, subject in audits.doers(session, who)
        ],
        older=asked.older(shown[-1].id) if len(found) > _MOST else "",
        doer=lambda act: _doer(words, names, act.role, act.actor_id),
        said=lambda act: _said(words, names, act),
        told=told.told,
    )


def _names(visit: Visit, acts: Sequence[Audit]) -> Iterator[tuple[str, str]]:
    """How those who act, and what they act on, are called, by identifier."""
    session, who = visit.session, visit.who
    mentioned = {each.noun_id for each in acts} | _listed(acts)
    yield from meetings.titles(session, who, mentioned).items()
    around = look_around(session, today=visit.today)
    for noun in ("organisation", "municipality", "corporation", "table"):
        yield from around.names[noun].items()
    for kind in KINDS:
        if kind.noun in _UNNAMED & {each.noun for each in acts}:
            yield from records(session, who, kind, today=visit.today).titles.items()
    yield from ((each.id, each.label) for each in people.representatives(session, who))
    yield from staff_names(session, who).items()


def _listed(acts: Sequence[Audit]) -> set[str]:
    """Identifiers that stand in details."""
    return {word for each in acts for word in each.detail.split(", ") if " " not in word}


def _doer(words: Words, names: dict[str, str], role: Role, subject: str | None) -> str:
    return names.get(subject or "", words.role(role))


def _said(words: Words, names: dict[str, str], act: Audit) -> str:
    return words.act(act.noun, act.act, names.get(act.noun_id, act.noun_id))
