"""A person's own record (AVG): given to them, or erased."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.app import AsJson, app, out, said, show_json
from scheduler.cli.installation import installation
from scheduler.domain.access import SYSTEM
from scheduler.domain.errors import BadInput, Sentence
from scheduler.flows.calendar_builder import Publisher
from scheduler.flows.privacy import (
    calendar_of_person,
    erase_colleague,
    erase_person,
    record_of_person,
)

person = typer.Typer(help="What is kept of one person.", no_args_is_help=True)
app.add_typer(person, name="person")

Id = Annotated[str, typer.Argument(help="The representative's id, or a colleague's (st-…).")]


@person.command()
def export(
    representative: Annotated[str, typer.Argument(help="The representative's id.")],
    *,
    calendar: Annotated[
        Path | None, typer.Option(help="Write all meetings to this iCalendar file as well.")
    ] = None,
) -> None:
    """Print everything that is kept of a representative, as JSON."""
    with installation() as context, context.database.session() as session:
        record = record_of_person(session, SYSTEM, context.key, representative, at=context.clock())
        meetings = calendar_of_person(
            session, SYSTEM, Publisher.of(context.settings), representative
        )
    if calendar is not None:
        _write(calendar, meetings)
    show_json(asdict(record))


@person.command()
def erase(
    whom: Id,
    *,
    for_good: Annotated[
        bool, typer.Option("--for-good", help="Say that you know it can't be undone.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Take a person out of everything; the plan's history stays, without them."""
    if not for_good:
        raise BadInput(
            Sentence(
                "Wissen is niet terug te draaien. Geef --for-good mee als u het zeker weet.",
                "Erasing can't be undone. Add --for-good when you are sure.",
            )
        )
    take = erase_colleague if whom.startswith("st-") else erase_person
    with installation() as context, context.database.session() as session:
        erased = take(session, SYSTEM, context.key, whom, at=context.clock())
    if as_json:
        show_json(erased)
        return
    out.print(
        said(
            Sentence(
                "Gewist. Reservekopieën van voor vandaag bevatten het nog: ruim die op.",
                "Erased. Backups from before today still hold it: clear them away.",
            )
        ),
        markup=False,
    )


def _write(path: Path, content: bytes) -> None:
    try:
        with path.open("xb") as file:
            file.write(content)
    except OSError as error:
        reason = error.strerror or str(error)
        raise BadInput(
            Sentence(f"{path} is niet te maken: {reason}.", f"{path} can't be made: {reason}.")
        ) from error
