"""Documents made from the record."""

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.app import app, out
from scheduler.cli.installation import installation
from scheduler.domain.access import COORDINATOR
from scheduler.domain.errors import BadInput, Sentence
from scheduler.domain.times import local
from scheduler.flows.report_back.due import Terms
from scheduler.flows.year_report import Kind, year_file, years_told

report = typer.Typer(help="Make documents.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(report, name="report")

_ENDINGS = ", ".join(f".{kind}" for kind in Kind)


@report.callback()
def command() -> None:
    """Make documents."""


@report.command("year")
def year(
    *,
    out_file: Annotated[
        Path, typer.Option("--out", metavar="FILE", help=f"Where to write it: {_ENDINGS}.")
    ],
    organisation: Annotated[
        str, typer.Option(metavar="ID", help="Whose year; without it, the whole province's.")
    ] = "",
    of_year: Annotated[
        int | None,
        typer.Option("--year", help="Which year; otherwise this one, or the newest with meetings."),
    ] = None,
) -> None:
    """Write the year report as HTML, PDF or DOCX, by how the file's name ends."""
    kind = _kind(out_file)
    with installation() as context, context.database.session() as session:
        today = local(context.clock()).date()
        years = years_told(session, COORDINATOR)
        chosen = of_year or next((each for each in years if each <= today.year), None)
        made = year_file(
            session,
            COORDINATOR,
            chosen or max(years, default=today.year),
            organisation or None,
            kind,
            policy=context.policy,
            terms=Terms.of(context.settings),
            at=context.clock(),
        )
    try:
        out_file.write_bytes(made.content)
    except OSError as error:
        raise BadInput(
            Sentence(
                f"{out_file} is niet te schrijven: {error.strerror}.",
                f"{out_file} can't be written: {error.strerror}.",
            )
        ) from error
    out.print(f"{out_file}: {len(made.content)} bytes", markup=False)


def _kind(path: Path) -> Kind:
    try:
        return Kind(path.suffix.removeprefix(".").lower())
    except ValueError as error:
        raise BadInput(
            Sentence(f"{path} moet eindigen op {_ENDINGS}.", f"{path} must end in {_ENDINGS}.")
        ) from error
