"""Bringing somebody's calendar in: its dates become proposals, and nothing more."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.app import AsJson, app, out, show_json
from scheduler.cli.files import read_bytes
from scheduler.cli.installation import installation
from scheduler.db.imports import calendar_import
from scheduler.db.views import ImportView
from scheduler.domain.access import COORDINATOR
from scheduler.domain.terms import ImportOutcome
from scheduler.flows.importing.fetch_calendar import fetch_calendar
from scheduler.flows.importing.import_calendar import import_calendar
from scheduler.flows.importing.import_reading import Source

imports = typer.Typer(help="Bring in data.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(imports, name="import")

_ADDRESSES = ("http://", "https://", "webcal://")


@imports.command()
def calendar(
    source: Annotated[str, typer.Argument(help="A file, or an address: .ics or mini-ORI JSON.")],
    *,
    municipality: Annotated[
        str | None, typer.Option("--municipality", help="Whose it is, by CBS code (GM0114).")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read a municipality's calendar; its dates become proposals. Nothing is planned or sent."""
    with installation() as context, context.database.session() as session:
        number = import_calendar(
            session, COORDINATOR, _source(source), municipality, at=context.clock()
        )
        view = calendar_import(session, COORDINATOR, number)
    if as_json:
        show_json(_as_document(view))
    else:
        _show(view)


def _source(word: str) -> Source:
    if word.startswith(_ADDRESSES):
        return Source(name=word, data=fetch_calendar(word), fetch=fetch_calendar)
    path = Path(word)
    return Source(name=path.name, data=read_bytes(path))


def _as_document(view: ImportView) -> dict[str, object]:
    return {
        "import": view.id,
        "source": view.source,
        "municipality": view.asker.id if view.asker else None,
        "outside": view.outside,
        "counts": {outcome.value: view.count(outcome) for outcome in ImportOutcome},
        "changes": [
            {"title": line.entry, "outcome": line.outcome, "request": line.request_id}
            for line in view.lines
            if line.outcome is not None
        ],
        "faults": [
            {name: value for name, value in asdict(line).items() if name in _FAULT}
            for line in view.faults
        ],
    }


_FAULT = ("entry", "fault", "found", "kept")


def _show(view: ImportView) -> None:
    counts = ", ".join(
        f"{number} {outcome}" for outcome in ImportOutcome if (number := view.count(outcome))
    )
    out.print(f"{view.source}: {counts or 'no dates'}; {view.outside} outside the period.")
    for line in view.lines:
        if line.outcome is not None:
            out.print(f"{line.outcome:10} {line.entry}", markup=False)
    for line in view.faults:
        done = "kept" if line.kept else "left out"
        said = f" ({line.found})" if line.found else ""
        out.print(f"{line.fault:12} {line.entry}{said}: {done}", markup=False)
