"""The command's frame: where subcommands register, and what every one says when it goes wrong."""

import json
import os
from contextvars import ContextVar
from dataclasses import asdict, is_dataclass
from enum import IntEnum
from typing import Annotated, Any

import typer
from rich.console import Console

from scheduler.domain.errors import Sentence
from solver.sentence import Sentence as SolverSentence

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


_PROVINCE: ContextVar[str] = ContextVar("chosen province", default="")


@app.callback()
def command(
    context: typer.Context,
    *,
    province: Annotated[
        str,
        typer.Option(
            envvar="AANTAFEL_PROVINCE",
            help="Which province, where the installation has several; also after the command.",
        ),
    ] = "",
) -> None:
    """Share out tenants' meetings fairly, and keep everybody's calendar true."""
    before = _PROVINCE.set(province)
    context.call_on_close(lambda: _PROVINCE.reset(before))


def chosen_province() -> str:
    """The province that the command is about; empty where none was named."""
    return _PROVINCE.get()


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


def spoken(sentence: SolverSentence) -> str:
    """What the solver says, in the language of the terminal."""
    return said(Sentence(sentence.nl, sentence.en))


def show_json(value: object) -> None:
    """Print a value for a program to read."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: Any) -> object:
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else str(value)
