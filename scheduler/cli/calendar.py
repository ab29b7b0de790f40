"""What must stand in somebody's calendar."""

import json
from datetime import UTC, datetime
from typing import Annotated

import typer

from scheduler.cli.app import app, out
from scheduler.cli.installation import installation
from scheduler.domain.access import COORDINATOR
from scheduler.flows.calendar_builder import Publisher
from scheduler.flows.feeds.calendar_lines import CalendarLine, calendar_lines


@app.command("calendar")
def calendar(
    representative: Annotated[str, typer.Argument(help="The representative's id.")],
    *,
    json_lines: Annotated[
        bool, typer.Option("--json-lines", help="One JSON object a line, for a program to read.")
    ] = False,
) -> None:
    """Say what must stand in a representative's calendar now."""
    with installation() as context, context.database.session() as session:
        lines = calendar_lines(
            session,
            COORDINATOR,
            representative,
            context.settings.feeds,
            Publisher.of(context.settings),
            at=context.clock(),
        )
    for line in lines:
        if json_lines:
            typer.echo(json.dumps(_as_document(line), ensure_ascii=False))
        else:
            out.print(f"{_utc(line.start)} {_utc(line.end)} {line.summary}", markup=False)


def _as_document(line: CalendarLine) -> dict[str, str | int]:
    return {
        "uid": line.uid,
        "start": _utc(line.start),
        "end": _utc(line.end),
        "summary": line.summary,
        "sequence": line.sequence,
        "status": line.status,
    }


def _utc(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"
