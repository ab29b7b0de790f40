"""The installation's secret key: a new one, without anybody losing what they have."""

from typing import Annotated

import typer

from scheduler.cli.app import AsJson, app, out, said, show_json
from scheduler.cli.installation import installation
from scheduler.domain.access import SYSTEM
from scheduler.domain.errors import BadInput, Sentence
from scheduler.flows.access.rotate_key import Rotated, rotate_key

keys = typer.Typer(help="The secret key.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(keys, name="keys")


@keys.callback()
def command() -> None:
    """Look after the secret key."""


@keys.command()
def rotate(
    *,
    stopped: Annotated[
        bool, typer.Option("--stopped", help="Say that `aantafel serve` doesn't run anywhere.")
    ] = False,
    stolen: Annotated[
        bool,
        typer.Option(
            "--stolen",
            help="Somebody may have the key: end all feeds, mailed links and webhook secrets too.",
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make a new secret key and seal everything with it; broken off, it goes on the next time.

    A server that runs has the old key in hand and couldn't read what is sealed anew: stop it first.
    """
    if not stopped:
        raise BadInput(
            Sentence(
                "Stop eerst `aantafel serve`, en geef dan --stopped mee.",
                "Stop `aantafel serve` first, and then add --stopped.",
            )
        )
    with installation() as context:
        folder = context.settings.data.folder
        done = rotate_key(context.database, SYSTEM, folder, at=context.clock, stolen=stolen)
    if as_json:
        show_json(done)
        return
    out.print(said(_told(done)), markup=False)


def _told(done: Rotated) -> Sentence:
    nl, en = ("Verder gegaan: ", "Went on: ") if done.continued else ("", "")
    return Sentence(
        f"{nl}{done.resealed} keer opnieuw verzegeld, {done.feeds} agenda-adressen erbij. "
        "Maak nu een nieuwe reservekopie.",
        f"{en}{done.resealed} contents sealed anew, {done.feeds} feed addresses added. "
        "Make a new backup now.",
    )
