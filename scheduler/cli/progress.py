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

from solver.plan import Improvement


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
    table = Table(title=f"after {improvement.seconds:.1f} seconds", title_justify="left")
    table.add_column("tier")
    table.add_column("value", justify="right")
    table.add_column("at best", justify="right")
    table.add_column("proven")
    for tier, value, bound in _scores(improvement):
        best = "unknown" if bound is None else str(bound)
        table.add_row(tier, str(value), best, "yes" if value == bound else "")
    return table


def _scores(improvement: Improvement) -> Iterator[tuple[str, int, int | None]]:
    return zip(improvement.tiers, improvement.values, improvement.bounds, strict=True)
