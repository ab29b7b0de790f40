"""Files with a request: sent along, listed, fetched and taken away again."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from scheduler.db import requests
from scheduler.flows.requests.add_papers import add_papers, paper_of, remove_paper
from scheduler.flows.requests.paper_files import MOST_BYTES, SentFile, read_file
from scheduler.flows.requests.paper_kinds import MEDIA_TYPES
from scheduler.web.api.caller import Caller, RequestReader, RequestWriter
from scheduler.web.api.once import PostName, once
from scheduler.web.api.request_documents import File
from scheduler.web.api.requests import RequestId
from scheduler.web.api.schema import Given, Schema
from scheduler.web.api.version import PREFIX
from scheduler.web.requests.door import saved

router = APIRouter(tags=["requests"])

FileId = Annotated[str, Path(alias="fileId", pattern=r"^[A-Za-z0-9-]{1,40}$")]

_FORM = {
    "type": "object",
    "properties": {
        "file": {
            "type": "string",
            "format": "binary",
            "description": "A PDF, a document without macros, a picture or plain text, to 10 MB.",
        }
    },
    "required": ["file"],
    "additionalProperties": False,
}
_FORM_BODY: dict[str, Any] = {
    "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _FORM}}}
}
_BYTES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file's own bytes.",
        "content": {each.partition(";")[0]: {"schema": {}} for each in MEDIA_TYPES},
    }
}


class FileList(Schema):
    """The files that were sent along with one request, by when they were added."""

    items: list[File]


class _GivenFile(Given):
    """What an Idempotency-Key stands for: these bytes, under this name, with this request."""

    request_id: str
    name: str
    digest: str


async def _sent(request: Request, _caller: RequestWriter) -> SentFile:
    """The file in the form; nothing of it is read before the key has proved good."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise _malformed("missing", "a form (multipart/form-data) with one file")
    try:
        async with request.form(max_files=1, max_fields=1) as form:
            return await _only_file(form)
    except HTTPException as error:
        raise _malformed("form", str(error.detail)) from error


async def _only_file(form: FormData) -> SentFile:
    fields: Sequence[tuple[str, Any]] = form.multi_items()
    if [name for name, _ in fields] != ["file"]:
        raise _malformed("missing", "one field, with the name file")
    sent = fields[0][1]
    if isinstance(sent, UploadFile):
        return SentFile(sent.filename or "", await sent.read(MOST_BYTES + 1))
    return SentFile("", str(sent).encode())


def _malformed(kind: str, message: str) -> RequestValidationError:
    return RequestValidationError([{"type": kind, "loc": ("body", "file"), "msg": message}])


@router.get("/requests/{requestId}/files", operation_id="listFiles")
def list_files(caller: RequestReader, request_id: RequestId) -> FileList:
    """The files that were sent along with a request."""
    return FileList(items=_files(caller, request_id))


@router.post(
    "/requests/{requestId}/files",
    operation_id="addFile",
    status_code=201,
    responses={201: {"model": File}},
    response_class=Response,
    openapi_extra=_FORM_BODY,
)
def add_file(
    caller: RequestWriter,
    request_id: RequestId,
    sent: Annotated[SentFile, Depends(_sent, scope="function")],
    name: PostName = None,
) -> Response:
    """Send a file along. The same bytes again are the same file."""
    file = read_file(sent, caller.context.scanner, at=caller.at)
    given = _GivenFile.model_validate(
        {"requestId": request_id, "name": file.name, "digest": file.digest}
    )

    def add() -> tuple[File, str]:
        paper = add_papers(caller.session, caller.actor, request_id, file=file, at=caller.at)
        document = next(each for each in _files(caller, request_id) if each.id == paper)
        return document, f"{PREFIX}/requests/{request_id}/files/{paper}"

    return once(caller, name, given, add)


@router.get(
    "/requests/{requestId}/files/{fileId}",
    operation_id="getFile",
    response_class=Response,
    responses=_BYTES,
)
def get_file(caller: RequestReader, request_id: RequestId, file_id: FileId) -> Response:
    """One file, to be saved."""
    return saved(paper_of(caller.session, caller.actor, request_id, file_id))


@router.delete("/requests/{requestId}/files/{fileId}", operation_id="removeFile", status_code=204)
def remove_file(caller: RequestWriter, request_id: RequestId, file_id: FileId) -> Response:
    """Take a file away again. Twice is once."""
    remove_paper(caller.session, caller.actor, request_id, file_id, at=caller.at)
    return Response(status_code=204)


def _files(caller: Caller, request_id: str) -> list[File]:
    view = requests.request(caller.session, caller.actor, request_id)
    return [File.model_validate(each) for each in view.files]
