"""Making a backup while everything runs, and starting again from one."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.app import app, out, said
from scheduler.cli.installation import installation, neighbours, the_one
from scheduler.domain.errors import BadInput, Sentence
from scheduler.flows.recovery import Made, Restored, back_up
from scheduler.flows.recovery import restore as restored_from

PassphraseStdin = Annotated[
    bool, typer.Option("--passphrase-stdin", help="Read a passphrase from standard input.")
]


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The file to make.")],
    *,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Write everything (database and secret key) to one file, encrypted by a passphrase if given.

    Anybody with a file that isn't encrypted can read all of it: keep it as you keep the data.
    """
    secret = _secret() if passphrase_stdin else ""
    with installation() as context:
        made = back_up(context.database, context.key, file, at=context.clock(), secret=secret)
    out.print(said(_made(made, sealed=bool(secret))), markup=False)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file that `aantafel backup` made.")],
    *,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Fill an empty data folder (AANTAFEL_DATA) or database from a backup."""
    secret = _secret() if passphrase_stdin else ""
    one = the_one()
    found = restored_from(file, one.settings.data, secret=secret, beside=neighbours(one))
    out.print(said(_restored(found)), markup=False)


def _secret() -> str:
    secret = sys.stdin.readline().rstrip("\r\n")
    if not secret:
        raise BadInput(
            Sentence(
                "Op standaardinvoer staat geen wachtwoord.", "No passphrase on standard input."
            )
        )
    return secret


def _made(made: Made, *, sealed: bool) -> Sentence:
    nl, en = ("versleuteld", "encrypted") if sealed else ("niet versleuteld", "not encrypted")
    return Sentence(
        f"{made.path}: {made.rows} rijen, {made.size // 1000} kB, {nl}.",
        f"{made.path}: {made.rows} rows, {made.size // 1000} kB, {en}.",
    )


def _restored(found: Restored) -> Sentence:
    return Sentence(
        f"Teruggezet: {found.rows} rijen, zoals het was op {found.made_at:%Y-%m-%d %H:%M} UTC.",
        f"Restored: {found.rows} rows, as it was on {found.made_at:%Y-%m-%d %H:%M} UTC.",
    )
