"""From a template and values to a page, in the language and colours of the visit."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from scheduler.db import people
from scheduler.db.published import UNNAMED
from scheduler.domain.access import Actor
from scheduler.domain.terms import Role
from scheduler.flows.records import Field, Kind
from scheduler.web.assets import addresses
from scheduler.web.context import Visit
from scheduler.web.languages import CATALOGUES, LANGUAGE_COOKIE, Language
from scheduler.web.reading_only import to_read_only
from scheduler.web.requests.forms import typed_better
from scheduler.web.signs import speakers, table_sign, table_sign_of
from scheduler.web.words.failures import failure
from scheduler.web.words.hyphens import hyphenated
from scheduler.web.words.terms import Words

TEMPLATES = Path(__file__).parent / "templates"
THEME_COOKIE = "weergave"
THEMES = {"licht": "light", "donker": "dark"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around every page: the header, the footer, and how they look.

    Attributes:
        actor: whose page it is; None for everybody's.
        name: who is signed in, in two lines.
        language, theme: as chosen; a theme of None follows the system.
        here: the present path with its query, to come back to.
        samples: whether made-up rows are among what is shown.
        behind: whether something came in a moment ago that isn't on the page yet.
    """

    actor: Actor | None
    name: tuple[str, str]
    language: Language
    theme: str | None
    here: str
    samples: bool
    behind: bool = False

    @property
    def role(self) -> Role | None:
        """Whose page it is, by role."""
        return self.actor.role if self.actor else None

    @property
    def subject(self) -> str | None:
        """Whose page it is, by identifier, for those roles that have one."""
        return self.actor.subject if self.actor else None

    @property
    def desk(self) -> bool:
        """Whether this is a page of who sees everybody's plan."""
        return self.actor is not None and self.actor.sees_all

    @property
    def only_reads(self) -> bool:
        """Whether it is a page of who sees everybody's plan and changes nothing."""
        return self.actor is not None and self.actor.only_reads

    @property
    def asks(self) -> bool:
        """Whether this is a body that asks for tenants at its table."""
        return self.actor is not None and self.actor.asks


def page(
    visit: Visit, template: str, *, tab: str = "", status: int = 200, **values: Any
) -> HTMLResponse:
    """A whole page; signed-in ones are never kept by browsers or proxies."""
    frame = _frame(visit)
    words = Words(frame.language, visit.today)
    html = _rendered(template, frame=frame, w=words, tab=tab, visit_at=visit.at, **values)
    if visit.actor and visit.actor.only_reads:
        html = to_read_only(html, visit.actor)
    caching = "no-store" if visit.actor else "no-cache"
    return HTMLResponse(html, status_code=status, headers={"Cache-Control": caching})


def fragment(visit: Visit, template: str, **values: Any) -> str:
    """A part of a page, to replace the same part of a page that stands open."""
    language = language_of(visit.request)
    words = Words(language, visit.today)
    return _environment(language).get_template(template).render(w=words, **values)


def bare_page(request: Request, template: str, *, status: int, **values: Any) -> HTMLResponse:
    """A page that asks nothing of the database, for when something went wrong."""
    frame = Frame(
        actor=None,
        name=("", ""),
        language=language_of(request),
        theme=_theme_of(request),
        here="/",
        samples=False,
    )
    html = _rendered(template, frame=frame, tab="", **values)
    return HTMLResponse(html, status_code=status, headers={"Cache-Control": "no-store"})


def language_of(request: Request) -> Language:
    """The language chosen in this browser."""
    return Language.chosen(request.cookies.get(LANGUAGE_COOKIE))


def _theme_of(request: Request) -> str | None:
    return THEMES.get(request.cookies.get(THEME_COOKIE, ""))


def _frame(visit: Visit) -> Frame:
    request = visit.request
    query = f"?{request.url.query}" if request.url.query else ""
    return Frame(
        actor=visit.actor,
        name=_name(visit),
        language=language_of(request),
        theme=_theme_of(request),
        here=f"{request.url.path}{query}" if request.method == "GET" else "/",
        samples=people.has_samples(visit.session),
        behind=getattr(request.state, "behind", False),
    )


def _name(visit: Visit) -> tuple[str, str]:
    actor = visit.actor
    if actor is None:
        return ("", "")
    if actor.role is Role.REPRESENTATIVE and actor.subject:
        person = people.representative(visit.session, actor, actor.subject)
        return (person.label, person.organisation.name)
    if actor.role is Role.BOARD and actor.subject:
        return ("", people.organisation(visit.session, actor.subject).name)
    if actor.role is Role.MUNICIPALITY and actor.subject:
        return ("", people.municipality(visit.session, actor.subject).name)
    if actor.role is Role.CORPORATION and actor.subject:
        return ("", people.corporation(visit.session, actor.subject).name)
    return ("", people.province_name(visit.session))


def _rendered(template: str, *, frame: Frame, **values: Any) -> str:
    return _environment(frame.language).get_template(template).render(frame=frame, **values)


@cache
def _environment(language: Language) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        auto_reload=False,
    )
    texts = CATALOGUES[language]
    # The extension adds this method to the environment, which the types can't know.
    install: Any = vars(environment)["install_gettext_callables"]
    install(texts.gettext, texts.ngettext, newstyle=True)
    environment.globals["asset"] = addresses()
    environment.globals |= {
        "Role": Role,
        "UNNAMED": UNNAMED,
        "failure": failure,
        "speakers": speakers,
        "table_sign": table_sign,
        "typed_better": typed_better,
        "table_sign_of": table_sign_of,
    }
    environment.filters |= {
        "first_up": _first_up,
        "at_field": _at_field,
        "called": _called,
        "hyphenated": hyphenated,
    }
    return environment


def _at_field(key: str, kind: Kind) -> Field:
    """One of the fields of a kind of record."""
    return kind.field(key)


def _called(identifier: str, names: Mapping[str, str]) -> str:
    """The name that goes with an identifier."""
    return names[identifier]


def _first_up(text: str) -> str:
    """A capital at the start, and the rest as it is: names keep theirs."""
    return text[:1].upper() + text[1:]
