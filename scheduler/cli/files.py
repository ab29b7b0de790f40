"""Documents in files, and what to say where one can't be used."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from scheduler.domain.errors import BadInput, Sentence
from solver.errors import BadDocument
from solver.format import read_plan, read_problem
from solver.plan import Plan
from solver.problem import Problem

ProblemFile = Annotated[Path, typer.Argument(help="A planning problem (JSON).")]
PlanFile = Annotated[Path, typer.Argument(help="A plan for that problem (JSON).")]

Document = TypeVar("Document")

MOST_FAULTS = 1000
"""How many faults of one document are told."""


def read_problem_file(file: Path) -> Problem:
    """The problem in a file.

    Raises:
        BadInput: the file can't be read, or isn't a problem; every fault by its path.
    """
    return _read(file, read_problem)


def read_plan_file(file: Path, problem: Problem) -> Plan:
    """The plan in a file for this problem; BadInput as with a problem."""
    return _read(file, lambda content: read_plan(content, problem))


def read_bytes(file: Path) -> bytes:
    """What is in a file; BadInput where it can't be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise BadInput(_unreadable(file, error)) from error


def _read(file: Path, reader: Callable[[bytes], Document]) -> Document:
    try:
        return reader(file.read_bytes())
    except OSError as error:
        raise BadInput(_unreadable(file, error)) from error
    except BadDocument as error:
        raise BadInput(*_faults(file, error)) from error


def _faults(file: Path, error: BadDocument) -> Iterator[Sentence]:
    """Each fault by its path, as far as anybody can be expected to read on."""
    for fault in error.faults[:MOST_FAULTS]:
        yield Sentence(f"{file}: {fault}", f"{file}: {fault}")
    left = len(error.faults) - MOST_FAULTS
    if left > 0:
        yield Sentence(f"{file}: en nog {left} fouten.", f"{file}: and {left} faults more.")


def refuse_unwritable(file: Path) -> None:
    """Refuse a file that can't be written: better now than after an hour of searching.

    Raises:
        BadInput: it can't be made or opened for writing.
    """
    try:
        with file.open("a", encoding="utf-8"):
            pass
    except OSError as error:
        raise BadInput(_unreadable(file, error)) from error


def _unreadable(file: Path, error: OSError) -> Sentence:
    reason = error.strerror or str(error)
    return Sentence(f"{file} is niet te gebruiken: {reason}.", f"{file} can't be used: {reason}.")
