"""Telling of one meeting, the same for who is signed in and for who holds its link."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from scheduler.web.reports.writer import ReportWriter
from scheduler.web.requests.forms import SentForm


def add_writing(router: APIRouter, prefix: str, opened: Callable[..., ReportWriter]) -> None:
    """Add the pages under a prefix of their own; `opened` is the dependency that opens the form."""

    def keep(
        request: Request, writer: Annotated[ReportWriter, Depends(opened, scope="function")]
    ) -> None:
        request.state.writer = writer

    for method, path, page in _PAGES:
        first = Depends(keep, scope="function")
        router.add_api_route(f"{prefix}{path}", page, methods=[method], dependencies=[first])


def _writer(request: Request) -> ReportWriter:
    writer: ReportWriter = request.state.writer
    return writer


Opened = Annotated[ReportWriter, Depends(_writer, scope="function")]


def _write(writer: Opened) -> Response:
    """The form, also to correct what was sent. Looking changes nothing."""
    return writer.show()


def _keep(writer: Opened, sent: SentForm) -> Response:
    """Keep what was typed; the button says what comes next."""
    return writer.take(sent)


def _look_over(writer: Opened) -> Response:
    """Read it over, with the short version."""
    return writer.look_over()


def _send(writer: Opened, sent: SentForm) -> Response:
    """Send it."""
    return writer.send(sent)


_PAGES: tuple[tuple[str, str, Callable[..., Response]], ...] = (
    ("GET", "", _write),
    ("POST", "", _keep),
    ("GET", "/nalezen", _look_over),
    ("POST", "/nalezen", _send),
)
