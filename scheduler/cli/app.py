"""The command's frame: where subcommands register, and what every one says when it goes wrong."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from enum import IntEnum
from typing import Annotated, Any

import typer
from rich.console import Console

from scheduler.cli.address import remembered
from scheduler.db.engine import Database, require_writable
from scheduler.db.schema import migrate
from scheduler.domain.errors import Sentence
from scheduler.keyring import secret_key
from scheduler.settings import Settings
from scheduler.web.context import Context

app = typer.Typer(
    name="aantafel",
    help="Share out tenants' meetings fairly, and keep everybody's calendar true.",
    epilog="Exit codes: 0 done; 1 a plan breaks a rule; 2 what was given can't be used; "
    "3 this machine stands in the way (a folder, a database, a port).",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for a program to read.")]

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


class Exit(IntEnum):
    """What a command's exit code means."""

    DONE = 0
    BROKEN_RULE = 1
    UNUSABLE = 2
    ENVIRONMENT = 3


def said(sentence: Sentence) -> str:
    """A sentence in the language of the terminal: Dutch where it is, English elsewhere."""
    language = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return sentence.nl if language.startswith("nl") else sentence.en


def show_json(value: object) -> None:
    """Print a value for a program to read."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: Any) -> object:
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else str(value)


@contextmanager
def installation(given: Mapping[str, str] | None = None) -> Iterator[Context]:
    """Open what the settings name: the data folder, the database at today's schema, the key.

    Args:
        given: settings named on the command line, as the environment would name them, for who is
            about to serve. Without it, links name the address that was served last.

    Raises:
        AanTafelError: something of it can't be used.
    """
    settings = _as_served_last() if given is None else Settings.read({**os.environ, **given})
    require_writable(settings.data.folder)
    database = Database(settings.data.url)
    try:
        migrate(database.engine)
        yield Context(settings=settings, database=database, key=secret_key(settings.data.folder))
    finally:
        database.close()


def _as_served_last() -> Settings:
    """The environment goes before what is remembered."""
    settings = Settings.read()
    return Settings.read({**remembered(settings.data.folder), **os.environ})
