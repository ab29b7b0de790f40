"""The factory of the API: an application of its own, mounted beside the pages."""

from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute

from scheduler.web.api import (
    changes,
    faults,
    meetings,
    names,
    request_files,
    requests,
    vergaderingen,
    webhooks,
)
from scheduler.web.api.caller import Paces
from scheduler.web.api.envelope import Envelope
from scheduler.web.api.openapi import describe
from scheduler.web.context import Context, context_of

description = APIRouter(tags=["description"])


@description.get("/openapi.json", operation_id="getDescription")
def openapi(request: Request) -> dict[str, Any]:
    """This document. Anybody may read it, from anywhere."""
    document = describe(request.app, context_of(request).base_url)
    headers = {"Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=300"}
    # The page's own protection would keep other sites' scripts from reading what is public.
    headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return JSONResponse(document, headers=headers)  # type: ignore[return-value] # a whole answer


ROUTERS = (
    requests.router,
    request_files.router,
    meetings.router,
    changes.router,
    webhooks.router,
    names.router,
    vergaderingen.router,
    description,
)


def create_api(context: Context) -> FastAPI:
    """The API over a context; cookies mean nothing to it, so no other site can act through it."""
    api = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    api.state.context = context
    api.state.paces = Paces.of(context)
    faults.install(api)
    for router in ROUTERS:
        api.include_router(router)
    api.state.operations = [
        each for router in ROUTERS for each in router.routes if isinstance(each, APIRoute)
    ]
    api.add_middleware(Envelope)
    return api
