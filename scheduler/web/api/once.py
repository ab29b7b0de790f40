"""A post with an Idempotency-Key is done once; sent again, it gets the same answer again."""

from collections.abc import Callable
from hashlib import sha256
from typing import Annotated

from fastapi import Header, Response
from pydantic import BaseModel

from scheduler.flows.software.kept_answers import Post, keep_answer, kept_answer
from scheduler.web.api.caller import Caller
from scheduler.web.api.schema import Given, Schema

_JSON = "application/json"

PostName = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[!-~]{1,100}$",
        description="Names this post, so that sending it twice does one thing. Kept for 30 days.",
    ),
]


def once(
    caller: Caller, name: str | None, given: Given, make: Callable[[], tuple[Schema, str]]
) -> Response:
    """Make what is asked for, or answer as the first time; `make` gives a document and its address.

    Raises:
        KeyReused: the name stands for a post with something else in it.
    """
    if name is None:
        document, location = make()
        return _created(_bytes(document), location)
    post = Post(key_id=caller.holder.key_id, name=name, fingerprint=_digest(given))
    before = kept_answer(caller.session, post)
    if before is not None:
        return _created(before.body, before.location, {"Idempotency-Replayed": "true"})
    document, location = make()
    body = _bytes(document)
    keep_answer(caller.session, post, status=201, location=location, body=body, at=caller.at)
    return _created(body, location)


def _created(body: bytes, location: str, more: dict[str, str] | None = None) -> Response:
    headers = {"Location": location, **(more or {})}
    return Response(body, status_code=201, media_type=_JSON, headers=headers)


def _bytes(document: BaseModel) -> bytes:
    return document.model_dump_json(by_alias=True).encode()


def _digest(given: Given) -> str:
    return sha256(type(given).__name__.encode() + _bytes(given)).hexdigest()
