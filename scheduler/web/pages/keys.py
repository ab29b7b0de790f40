"""Keys for the software of those who ask: made, shown once, revoked."""

from collections.abc import Sequence

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from scheduler.domain.errors import BadInput, NotAllowed, Sentence
from scheduler.domain.terms import ApiScope
from scheduler.flows.software.api_keys import (
    NO_SCOPE,
    IssuedKey,
    issue_key,
    keys_of,
    revoke_key,
)
from scheduler.web.api.version import PREFIX
from scheduler.web.bodies import bodies, body_named, title_of
from scheduler.web.context import SignedIn, Visit
from scheduler.web.languages import mark
from scheduler.web.rendering import language_of, page
from scheduler.web.requests.forms import SentForm

router = APIRouter()

_SCOPES = {
    ApiScope.REQUESTS_READ: mark("uitnodigingen lezen"),
    ApiScope.REQUESTS_WRITE: mark("uitnodigingen sturen en veranderen"),
    ApiScope.MEETINGS_READ: mark("overleggen lezen, en wie er komt"),
    ApiScope.WEBHOOKS_WRITE: mark("zich laten berichten (webhooks)"),
}


@router.get("/sleutels")
def keys(visit: SignedIn) -> Response:
    """The keys in use, and the form for a new one."""
    return _page(_asking(visit))


@router.post("/sleutels")
def make(visit: SignedIn, sent: SentForm) -> Response:
    """Make a key; it is shown this once, so there is nothing to go back to."""
    _asking(visit)
    given = sent.texts.get("scopes", ())
    scopes = [scope for scope in ApiScope if scope in given]
    try:
        owner = (
            body_named(visit.session, sent.text("van")) if visit.who.plans_for_all else visit.who
        )
        issued = issue_key(visit.session, visit.who, owner, sent.text("naam"), scopes, at=visit.at)
    except BadInput as error:
        visit.session.rollback()
        return _page(visit, errors=error.sentences, typed=sent.text("naam"), chosen=given)
    return _page(visit, issued=issued)


@router.post("/sleutels/{key_id}/intrekken")
def revoke(visit: SignedIn, key_id: str) -> Response:
    """End a key at once."""
    revoke_key(visit.session, _asking(visit).who, key_id, at=visit.at)
    return RedirectResponse("/sleutels", status_code=303)


def _asking(visit: Visit) -> Visit:
    if not (visit.who.asks or visit.who.plans_for_all):
        raise NotAllowed
    return visit


def _page(
    visit: Visit,
    *,
    issued: IssuedKey | None = None,
    errors: Sequence[Sentence] = (),
    typed: str = "",
    chosen: tuple[str, ...] = (),
) -> Response:
    session, desk = visit.session, visit.who.plans_for_all
    words = language_of(visit.request).value
    return page(
        visit,
        "keys.html",
        status=400 if errors else 200,
        keys=keys_of(session, visit.who),
        issued=issued,
        bodies=bodies(session) if desk else (),
        name_of=lambda owner: title_of(session, owner),
        scopes=_SCOPES,
        faults={"mag-1" if e is NO_SCOPE else "naam": getattr(e, words) for e in errors},
        typed=typed,
        chosen=chosen or (ApiScope.REQUESTS_READ, ApiScope.REQUESTS_WRITE, ApiScope.MEETINGS_READ),
        address=f"{visit.context.base_url}{PREFIX}",
    )
