"""Showing a search as it goes: a live table for people, JSON lines on standard output."""

import json
from collections.abc import Iterator
from enum import StrEnum
from types import TracebackType
from typing import Self

import typer
from rich.console import Console
from rich.live import Live
from rich.table import Table

from scheduler.cli.app import said
from scheduler.domain.errors import Sentence
from solver.plan import Improvement

_VALUE, _AT_BEST = Sentence("waarde", "value"), Sentence("op zijn best", "at best")
_HEADINGS = (Sentence("doel", "tier"), _VALUE, _AT_BEST, Sentence("bewezen", "proven"))
_NUMBERS = (_VALUE, _AT_BEST)
_UNKNOWN, _YES = Sentence("onbekend", "unknown"), Sentence("ja", "yes")


class ProgressStyle(StrEnum):
    """How progress is shown."""

    RICH = "rich"
    JSON = "json"
    NONE = "none"


class Progress:
    """Shows each improvement on a console, in one of the styles.

    Without a terminal the table is printed once, at the end.
    """

    def __init__(self, style: ProgressStyle, console: Console) -> None:
        """Prepare; nothing is shown before the block begins."""
        self._style = style
        self._console = console
        self._live = Live(console=console, refresh_per_second=4)

    def __enter__(self) -> Self:
        if self._style is ProgressStyle.RICH:
            self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._style is ProgressStyle.RICH:
            self._live.stop()
            if not self._console.is_terminal:
                self._console.print()

    def improved(self, improvement: Improvement) -> None:
        """Show one improvement."""
        if self._style is ProgressStyle.JSON:
            typer.echo(json.dumps(_document(improvement)))
        elif self._style is ProgressStyle.RICH:
            self._live.update(_table(improvement))


def _document(improvement: Improvement) -> dict[str, object]:
    return {
        "seconds": round(improvement.seconds, 3),
        "tiers": [
            {"name": tier, "value": value, "bound": bound, "proven": value == bound}
            for tier, value, bound in _scores(improvement)
        ],
    }


def _table(improvement: Improvement) -> Table:
    seconds = f"{improvement.seconds:.1f}"
    title = Sentence(f"na {seconds.replace('.', ',')} seconden", f"after {seconds} seconds")
    table = Table(title=said(title), title_justify="left")
    for heading in _HEADINGS:
        table.add_column(said(heading), justify="right" if heading in _NUMBERS else "left")
    for tier, value, bound in _scores(improvement):
        best = said(_UNKNOWN) if bound is None else str(bound)
        table.add_row(tier, str(value), best, said(_YES) if value == bound else "")
    return table


def _scores(improvement: Improvement) -> Iterator[tuple[str, int, int | None]]:
    return zip(improvement.tiers, improvement.values, improvement.bounds, strict=True)
