"""Showing a search as it goes: a live table for people, JSON lines for programs."""

import json
from enum import StrEnum
from types import TracebackType
from typing import Self

import typer
from rich.console import Console
from rich.live import Live
from rich.table import Table

from solver.search import Improvement


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

    def improved(self, improvement: Improvement) -> None:
        """Show one improvement."""
        if self._style is ProgressStyle.JSON:
            typer.echo(json.dumps(_document(improvement)), err=True)
        elif self._style is ProgressStyle.RICH:
            self._live.update(_table(improvement))


def _document(improvement: Improvement) -> dict[str, object]:
    return {
        "seconds": round(improvement.seconds, 3),
        "tiers": [
            {"name": score.tier, "value": score.value, "bound": score.bound, "proven": score.proven}
            for score in improvement.tiers
        ],
    }


def _table(improvement: Improvement) -> Table:
    table = Table(title=f"after {improvement.seconds:.1f} seconds", title_justify="left")
    table.add_column("tier")
    table.add_column("value", justify="right")
    table.add_column("at best", justify="right")
    table.add_column("proven")
    for score in improvement.tiers:
        bound = "unknown" if score.bound is None else str(score.bound)
        table.add_row(score.tier, str(score.value), bound, "yes" if score.proven else "")
    return table
