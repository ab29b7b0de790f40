"""From what a browser sends to what was typed: nothing is judged here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile

from scheduler.domain.errors import BadInput, Sentence
from scheduler.domain.times import local
from scheduler.flows.requests.paper_files import MOST_BYTES, MOST_MEGABYTES
from scheduler.flows.requests.request_form import TypedRequest
from scheduler.flows.requests.request_reading import BadRequest
from scheduler.flows.requests.request_times import MOST_TIMES, TypedTime
from scheduler.flows.requests.time_cost import Better
from scheduler.web.languages import Language

_ENVELOPE = 64 * 1024
_TOO_LARGE = Sentence(
    f"Het bestand is groter dan {MOST_MEGABYTES} MB.",
    f"The file is larger than {MOST_MEGABYTES} MB.",
)


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it was sent: texts by name, and the one file where there is one."""

    texts: Mapping[str, tuple[str, ...]]
    file_name: str = ""
    file: bytes = b""

    def text(self, name: str) -> str:
        """The first text of that name; empty where there is none."""
        return next(iter(self.texts.get(name, ())), "")


async def _sent(request: Request) -> Sent:
    """Read the form; BadInput where it is larger than any of ours."""
    if int(request.headers.get("content-length") or MOST_BYTES) > MOST_BYTES + _ENVELOPE:
        raise BadInput(_TOO_LARGE)
    form: FormData
    async with request.form(max_files=1, max_fields=600) as form:
        texts: dict[str, tuple[str, ...]] = {}
        name, content = "", b""
        for key, value in form.multi_items():
            if isinstance(value, UploadFile):
                name, content = value.filename or "", await value.read(MOST_BYTES + 1)
            else:
                texts[key] = (*texts.get(key, ()), value)
    if len(content) > MOST_BYTES:
        raise BadInput(_TOO_LARGE)
    return Sent(texts, name, content)


SentForm = Annotated[Sent, Depends(_sent)]


def typed_times(sent: Sent) -> tuple[TypedTime, ...]:
    """The possible times of the form; also those that were left empty."""
    return tuple(
        TypedTime(
            sent.text(f"day-{n}").strip(),
            sent.text(f"start-{n}").strip(),
            sent.text(f"end-{n}").strip(),
        )
        for n in range(MOST_TIMES)
        if f"day-{n}" in sent.texts or f"start-{n}" in sent.texts
    )


def typed_request(sent: Sent) -> TypedRequest:
    """The whole form."""
    return TypedRequest(
        title=sent.text("title"),
        question=sent.text("question"),
        character=sent.text("character"),
        times=typed_times(sent),
        mode=sent.text("mode"),
        conference_url=sent.text("conference_url"),
        organisations=sent.texts.get("organisations", ()),
        table=sent.text("table"),
        papers=sent.text("papers"),
        contact=sent.text("contact"),
        answer_until=sent.text("answer_until"),
    )


def faults_by_field(error: BadRequest | None, language: Language) -> dict[str, str]:
    """What is wrong, by field, in the visit's language; the first fault of each."""
    faults: dict[str, str] = {}
    for fault in error.faults if error else ():
        faults.setdefault(fault.field, getattr(fault.sentence, language.value))
    return faults


def typed_better(better: Better) -> TypedTime:
    """A better time as if it had been typed."""
    starts, ends = local(better.starts_at), local(better.ends_at)
    return TypedTime(starts.date().isoformat(), f"{starts:%H:%M}", f"{ends:%H:%M}")
