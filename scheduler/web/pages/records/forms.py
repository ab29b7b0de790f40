"""One record: its form, its history, what it means for the plan, and how it ends."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from scheduler.domain.errors import BadInput, Sentence
from scheduler.flows.continuity import usual_target
from scheduler.flows.records import (
    IDENTIFIER,
    LAST_DAY,
    AlreadyThere,
    Around,
    BadRecord,
    Change,
    Kind,
    Meanwhile,
    Record,
    RecordChanged,
    Typed,
    add_record,
    change_record,
    differences,
    effects_of,
    end_record,
    has_ended,
    history_of,
    kind_called,
    look_around,
    record_of,
    remove_record,
    title_of,
    undo_change,
)
from scheduler.web.context import Coordinating
from scheduler.web.pages.records.telling import Telling
from scheduler.web.plans.roster import standing_of
from scheduler.web.rendering import language_of, page
from scheduler.web.requests.forms import Sent, SentForm
from scheduler.web.sizes import Number

router = APIRouter()

_WAS = "was-"
_OTHER = "-anders"
_MOST_EFFECTS = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """What a form shows beside its record: texts as typed, faults by field, and a conflict."""

    texts: Mapping[str, str]
    faults: Mapping[str, Sentence] = field(default_factory=dict)
    meanwhile: tuple[Meanwhile, ...] = ()
    identifier: str = ""
    why: str = ""
    status: int = 200


@router.get("/gegevens/{key}/nieuw")
def new(visit: Coordinating, key: str) -> Response:
    """The form for a new record, with nothing filled in but what is usual."""
    kind = kind_called(key)
    return _form(visit, kind, None, _Shown(texts=_usual(visit, kind)))


@router.post("/gegevens/{key}/nieuw")
def add(visit: Coordinating, key: str, sent: SentForm) -> Response:
    """Add one; a form with a fault in it comes back as it was typed."""
    kind = kind_called(key)
    typed = _typed(kind, sent)
    try:
        change = add_record(visit.session, visit.who, kind, typed, at=visit.at)
    except BadInput as error:
        return _form(visit, kind, None, _refused(kind, typed, error))
    return _leads_to(kind, change, "nieuw")


@router.get("/gegevens/{key}/{identifier}")
def look(
    visit: Coordinating, key: str, identifier: str, melding: str = "", daad: int = 0
) -> Response:
    """The record's page."""
    kind = kind_called(key)
    record = record_of(visit.session, visit.who, kind, identifier)
    return _form(visit, kind, record, _Shown(texts=record.texts), notice=melding, act=daad)


@router.post("/gegevens/{key}/{identifier}")
def change(visit: Coordinating, key: str, identifier: str, sent: SentForm) -> Response:
    """Change it, unless somebody else did so first."""
    kind = kind_called(key)
    record = record_of(visit.session, visit.who, kind, identifier)
    typed = _typed(kind, sent)
    try:
        done = change_record(visit.session, visit.who, kind, identifier, typed, at=visit.at)
    except RecordChanged as error:
        return _form(visit, kind, record, _overtaken(error, typed))
    except BadInput as error:
        return _form(visit, kind, record, _refused(kind, typed, error, record))
    return _leads_to(kind, done, "veranderd")


@router.post("/gegevens/{key}/{identifier}/einde")
def end(visit: Coordinating, key: str, identifier: str, sent: SentForm) -> Response:
    """Let it end on a day, or take away what nothing refers to."""
    kind = kind_called(key)
    if kind.removable:
        done = remove_record(visit.session, visit.who, kind, identifier, at=visit.at)
        return RedirectResponse(f"/gegevens/{kind.key}?weg={done.act}", status_code=303)
    record = record_of(visit.session, visit.who, kind, identifier)
    typed = Typed(
        texts={LAST_DAY: sent.text("einde").strip()},
        was={LAST_DAY: sent.text(_WAS + LAST_DAY)},
        why=sent.text("waarom"),
    )
    try:
        done = end_record(visit.session, visit.who, kind, identifier, typed, at=visit.at)
    except RecordChanged as error:
        return _form(visit, kind, record, _overtaken(error, typed))
    except BadInput as error:
        return _form(visit, kind, record, _refused(kind, typed, error, record))
    return _leads_to(kind, done, "beeindigd")


@router.post("/gegevens/{key}/daad/{number}/terug")
def undo(visit: Coordinating, key: str, number: Number) -> Response:
    """Put back what one act changed."""
    kind = kind_called(key)
    done = undo_change(visit.session, visit.who, kind, number, at=visit.at)
    return _leads_to(kind, done, "terug")


def _leads_to(kind: Kind, change: Change, notice: str) -> Response:
    said = f"?melding={notice}&daad={change.act}" if change.act else "?melding=gelijk"
    address = f"/gegevens/{kind.key}/{change.identifier}{said}"
    return RedirectResponse(address, status_code=303)


def _typed(kind: Kind, sent: Sent) -> Typed:
    was = {
        each.key: sent.text(_WAS + each.key)
        for each in kind.fields
        if _WAS + each.key in sent.texts
    }
    return Typed(
        # A field that isn't in the form keeps what it was.
        texts={
            each.key: _text(sent, each.key) for each in kind.fields if not was or each.key in was
        },
        was=was or None,
        why=sent.text("waarom"),
        identifier=sent.text(IDENTIFIER).strip(),
    )


def _text(sent: Sent, key: str) -> str:
    """What was typed or ticked in one field."""
    chosen = (*sent.texts.get(key, ()), *sent.texts.get(key + _OTHER, ()))
    return ", ".join(text.strip() for text in chosen if text.strip())


def _usual(visit: Coordinating, kind: Kind) -> dict[str, str]:
    usual = {"kan_online": "ja", "kan_altijd": "ja"}
    if kind.noun == "representative":
        minutes = usual_target(visit.session, visit.who, today=visit.today)
        usual["uren_per_jaar"] = kind.field("uren_per_jaar").shape.write(minutes)
    return {each.key: usual.get(each.key) or each.default for each in kind.fields}


def _refused(kind: Kind, typed: Typed, error: BadInput, record: Record | None = None) -> _Shown:
    """The form as it was typed; a field that wasn't in it shows what the record says."""
    faults: dict[str, Sentence] = {}
    if isinstance(error, BadRecord):
        for fault in error.faults:
            faults.setdefault(fault.key, fault.sentence)
    else:
        faults[kind.known_by[-1] if isinstance(error, AlreadyThere) else kind.fields[0].key] = (
            error.sentences[0]
        )
    texts = {**(record.texts if record else {}), **typed.texts}
    return _Shown(
        texts=texts, faults=faults, identifier=typed.identifier, why=typed.why, status=400
    )


def _overtaken(error: RecordChanged, typed: Typed) -> _Shown:
    return _Shown(texts=error.texts, meanwhile=error.meanwhile, why=typed.why, status=409)


def _form(
    visit: Coordinating,
    kind: Kind,
    record: Record | None,
    shown: _Shown,
    *,
    notice: str = "",
    act: int = 0,
) -> Response:
    around = look_around(visit.session, today=visit.today)
    language = language_of(visit.request)
    found = effects_of(standing_of(visit), kind, record) if record else ()
    past = history_of(visit.session, visit.who, kind, record.id) if record else ()
    return page(
        visit,
        "records/record.html",
        tab="gegevens",
        status=shown.status,
        kind=kind,
        record=record,
        title=title_of(kind, record.texts, around) if record else "",
        ended=record is not None and has_ended(kind, record, visit.today),
        shown=shown,
        faults={key: getattr(said, language.value) for key, said in shown.faults.items()},
        around=around,
        groups=list(_groups(kind)),
        notice=notice,
        done=next((each for each in past if each.id == act), None),
        effects=found[:_MOST_EFFECTS],
        effect_count=len(found),
        history=past,
        differences=_telling_of(around),
        told=Telling(visit),
    )


def _telling_of(around: Around) -> object:
    return lambda act: differences(act, around)


def _groups(kind: Kind) -> Iterator[tuple[Sentence | None, list[object]]]:
    """The fields, by the heading under which they stand."""
    heading: Sentence | None = None
    those: list[object] = []
    for each in kind.fields:
        if those and each.group != heading:
            yield heading, those
            those = []
        heading = each.group
        those.append(each)
    yield heading, those
