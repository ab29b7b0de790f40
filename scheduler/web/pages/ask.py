"""Asking tenants to the table: the form, kept while it is filled in."""

from dataclasses import replace
from secrets import token_urlsafe

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from scheduler.domain.errors import NotAllowed
from scheduler.domain.terms import Mode
from scheduler.flows.mail.mail_asker import mail_asker
from scheduler.flows.requests.add_papers import add_papers
from scheduler.flows.requests.form_drafts import draft_of, drop_draft, keep_draft
from scheduler.flows.requests.paper_files import PaperFile
from scheduler.flows.requests.request_form import TypedRequest
from scheduler.flows.requests.request_meeting import request_meeting
from scheduler.flows.requests.request_reading import BadRequest
from scheduler.flows.requests.request_times import MOST_TIMES, TypedTime
from scheduler.legal import read_legal
from scheduler.mail import Office
from scheduler.web.bodies import name_of
from scheduler.web.context import SignedIn, Visit
from scheduler.web.requests.ask_form import AskForm, choose_body, who_asks
from scheduler.web.requests.door import judged_file
from scheduler.web.requests.forms import Sent, SentForm, typed_request

router = APIRouter()

_KEY_LETTERS = 100
_NOT_TYPED = {"key", "knop"}


@router.get("/uitnodigen")
def empty_form(visit: SignedIn, namens: str = "", concept: str = "") -> Response:
    """The form, filled in as far as is known, or as it was left."""
    draft = draft_of(visit.session, visit.who, concept[:_KEY_LETTERS]) if concept else None
    sent = Sent({name: tuple(texts) for name, texts in draft.typed.items()}) if draft else Sent({})
    body = who_asks(visit, sent.text("namens") or namens)
    if body is None:
        return choose_body(visit)
    if draft is not None:
        typed = typed_request(sent)
        form = AskForm(visit=visit, body=body, key=draft.form_key, typed=typed, looked=True)
        return form.show()
    form = AskForm(visit=visit, body=body, key=token_urlsafe(16), typed=TypedRequest())
    return replace(form, typed=_begun(form)).show()


@router.post("/uitnodigen")
def send(visit: SignedIn, sent: SentForm) -> Response:
    """Look at the costs, take another time, put it by, or send; the button says which.

    What is kept while it is typed needs no page in answer.
    """
    body = who_asks(visit, sent.text("namens"))
    if body is None:
        return choose_body(visit)
    key = sent.text("key")[:_KEY_LETTERS] or token_urlsafe(16)
    form = AskForm(visit=visit, body=body, key=key, typed=_pressed(sent), looked=True)
    if sent.text("knop") == "stuur":
        return _send(form, sent)
    kept = _keep(form, sent)
    if sent.text("knop") == "houd":
        return Response(status_code=204 if kept else 413)
    if sent.text("knop") == "bewaar" and kept:
        return RedirectResponse("/uitnodigingen", status_code=303)
    return replace(form, is_kept=kept).show()


@router.post("/uitnodigen/weg")
def throw_away(visit: SignedIn, sent: SentForm) -> Response:
    """Throw away what was begun."""
    if not (visit.who.asks or visit.who.plans_for_all):
        raise NotAllowed
    drop_draft(visit.session, visit.who, sent.text("key")[:_KEY_LETTERS])
    return RedirectResponse("/uitnodigingen", status_code=303)


def _send(form: AskForm, sent: Sent) -> Response:
    visit = form.visit
    file, refusal = _judged(visit, sent)
    try:
        identifier = request_meeting(
            visit.session,
            visit.who,
            form.asker,
            form.typed,
            form_key=f"{name_of(form.body)}/{form.key}",
            legal=read_legal(),
            at=visit.at,
        )
        if refusal is not None:
            raise refusal
        if file is not None:
            add_papers(visit.session, visit.who, identifier, file=file, at=visit.at)
    except BadRequest as error:
        visit.session.rollback()
        every = BadRequest.of_all(error, refusal)
        return replace(form, error=every, is_kept=_keep(form, sent)).show()
    mail_asker(visit.session, _office(visit), identifier, at=visit.at)
    drop_draft(visit.session, visit.who, form.key)
    return RedirectResponse(f"/uitnodiging/{identifier}?nieuw=ja", status_code=303)


def _judged(visit: Visit, sent: Sent) -> tuple[PaperFile | None, BadRequest | None]:
    """The file, or why it is refused: that is told together with what is wrong in the form."""
    try:
        return judged_file(visit, sent), None
    except BadRequest as refusal:
        return None, refusal


def _office(visit: Visit) -> Office:
    return Office.of(visit.context.settings, visit.context.key)


def _keep(form: AskForm, sent: Sent) -> bool:
    """Keep what was typed, with what the pressed button did to its times."""
    typed = {name: texts for name, texts in sent.texts.items() if name not in _NOT_TYPED}
    typed["mode"] = (form.typed.mode,)
    for number, time in enumerate(form.typed.times):
        if isinstance(time, TypedTime):
            typed |= {
                f"day-{number}": (time.day,),
                f"start-{number}": (time.start,),
                f"end-{number}": (time.end,),
            }
    return keep_draft(form.visit.session, form.visit.who, form.key, typed, at=form.visit.at)


def _begun(form: AskForm) -> TypedRequest:
    """What is known before anything is typed: who has dwellings there, and where it would be."""
    return TypedRequest(
        times=(TypedTime(),),
        mode=Mode.IN_PERSON,
        organisations=tuple(form.dwellings),
    )


def _pressed(sent: Sent) -> TypedRequest:
    """What was typed, with what the pressed button does to it."""
    typed = typed_request(sent)
    act, _, rest = sent.text("knop").partition(":")
    if act == "nog":
        return replace(typed, times=(*typed.times, TypedTime())[:MOST_TIMES])
    if act == "online":
        return replace(typed, mode=Mode.ONLINE)
    if act not in {"neem", "voeg"}:
        return typed
    number, _, words = rest.partition(":")
    offered = TypedTime(*[*words.split("|"), "", "", ""][:3])
    if act == "voeg":
        return replace(typed, times=(*typed.times, offered)[:MOST_TIMES])
    times = [offered if str(n) == number else each for n, each in enumerate(typed.times)]
    return replace(typed, times=tuple(times))
