"""Measure the planner beside its rivals and write `docs/benchmarks.md`.

`report.py [SIZE …]`: the sizes to measure anew; without any, all but the country, which takes half
an hour by itself. What isn't measured anew keeps its table.
"""

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PAGE = HERE.parents[2] / "docs" / "benchmarks.md"
SEEDS = (1, 2)
SECONDS = {
    "tiny": (10,),
    "quarter": (10,),
    "province": (10, 30, 60),
    "country": (60, 180, 600),
}
USUAL = ("tiny", "quarter", "province")
TIERS = "presence / voice / expertise / deputy \\| workload / spread / comfort"

INTRODUCTION = f"""# How good and how fast the planner is

Made by `make bench-planner` on a machine with two cores; times are of the wall clock and as noisy
as the machine, which had other work to do meanwhile. Instances are made from a seed by
`tests/benchmarks/planner/instances.py`. Values are
{TIERS}, lower is better, as `solver.check` judges them; **bold** is proven to be the best there
is while the tiers before it keep their values. The gap is that between workload's value and its
bound, which is valid for every plan. `cpu` is what the two cores gave in seconds: near twice the
seconds on the clock where nothing else ran; with half of it the planner is no faster than in half
the time. The plain model is what one would write first, given to HiGHS; it plans neither deputies
nor load.
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement."""

    seed: int
    how: str
    limit: int | None
    found: dict[str, Any]

    def line(self) -> str:
        """As a row of the table."""
        limit = "" if self.limit is None else f", {self.limit} s"
        return (
            f"| {self.seed} | {self.how}{limit} | {self._values()} | {self._gap()} "
            f"| {self.found['seconds']} | {self.found['processor']} | {self.found['megabytes']} |"
        )

    def _values(self) -> str:
        bounds = self.found["bounds"] or [None] * len(self.found["values"])
        words = [
            f"**{value:,}**" if value == bound else f"{value:,}"
            for value, bound in zip(self.found["values"], bounds, strict=True)
        ]
        return f"{' / '.join(words[:4])} \\| {' / '.join(words[5:])}"

    def _gap(self) -> str:
        value, bound = self.found["values"][5], (self.found["bounds"] or [None] * 8)[5]
        return "" if bound is None or not value else f"{100 * (value - bound) / value:.2f} %"


def main(sizes: list[str]) -> None:
    """Measure, and put the tables into the page."""
    tables = _present()
    for size in sizes or USUAL:
        tables[size] = _table(size)
        parts = [INTRODUCTION, *(tables[name] for name in SECONDS if name in tables)]
        PAGE.write_text("\n".join(parts), encoding="utf-8")


def _present() -> dict[str, str]:
    if not PAGE.exists():
        return {}
    sections = re.split(r"(?=^## )", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return {section.split()[1].lower(): section.rstrip() + "\n" for section in sections}


def _table(size: str) -> str:
    rows = [row for seed in SEEDS for row in _rows(size, seed)]
    head = f"| seed | how | {TIERS} | workload's gap | seconds | cpu | MB |\n{'|---' * 7}|"
    return "\n".join([f"## {size.capitalize()}\n", head, *(row.line() for row in rows), ""])


def _rows(size: str, seed: int) -> list[Row]:
    rows = [Row(seed, "greedy", None, _measured(size, seed, "greedy", 0))]
    if size != "country":
        longest = SECONDS[size][-1]
        rows.append(
            Row(seed, "plain model", longest, _measured(size, seed, "plain model", longest))
        )
    planned = (
        Row(seed, "planner", seconds, _measured(size, seed, "planner", seconds))
        for seconds in SECONDS[size]
    )
    return [*rows, *planned]


def _measured(size: str, seed: int, how: str, seconds: int) -> dict[str, Any]:
    command = [sys.executable, str(HERE / "measure.py"), size, str(seed), how, str(seconds)]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    found = json.loads(ran.stdout.splitlines()[-1])
    if found["violations"]:
        raise ValueError(f"{size} {seed} {how}: {found['violations']} hard rules broken")
    print(size, seed, how, seconds, found, flush=True)
    return dict(found)


if __name__ == "__main__":
    main(sys.argv[1:])
