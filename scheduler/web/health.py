"""For who keeps watch over the process: is it alive, and can it do its work?"""

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from scheduler.logs import log, where
from scheduler.web.context import context_of

router = APIRouter()


@router.api_route("/healthz", methods=["GET", "HEAD"])
async def healthy() -> PlainTextResponse:
    """The process answers; where it doesn't, start it again."""
    return PlainTextResponse("ok")


@router.api_route("/readyz", methods=["GET", "HEAD"])
def ready(request: Request) -> PlainTextResponse:
    """The database answers too; where it doesn't (503), send visitors to another process."""
    try:
        with context_of(request).database.engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        log.error("the database doesn't answer: %s", where(error))
        return PlainTextResponse("no database", status_code=503)
    return PlainTextResponse("ok")
