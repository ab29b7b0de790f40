"""Documents in files or on standard input, and what to say where one can't be used."""

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from scheduler.domain.errors import BadInput, Sentence
from solver.errors import BadDocument
from solver.format import PLAN, PROBLEM, read_baseline, read_plan, read_problem
from solver.plan import Plan
from solver.problem import PlannedMeeting, Problem

ProblemFile = Annotated[
    Path, typer.Argument(help="A planning problem (JSON); - reads standard input.")
]
PlanFile = Annotated[
    Path, typer.Argument(help="A plan for that problem (JSON); - reads standard input.")
]

Document = TypeVar("Document")

STREAM = Path("-")
"""What stands for standard input, or standard output, in place of a file."""

MOST_FAULTS = 1000
"""How many faults of one document are told."""


def read_problem_file(file: Path) -> Problem:
    """The problem in a file.

    Raises:
        BadInput: the file can't be read, or isn't a problem; every fault by its path.
    """
    return _read(file, PROBLEM, read_problem)


def read_plan_file(file: Path, problem: Problem) -> Plan:
    """The plan in a file for this problem; BadInput as with a problem."""
    return _read(file, PLAN, lambda content: read_plan(content, problem))


def read_baseline_file(file: Path, problem: Problem) -> Mapping[str, PlannedMeeting]:
    """The meetings of an earlier plan, to start from; BadInput as with a problem."""
    return _read(file, PLAN, lambda content: read_baseline(content, problem))


def read_bytes(file: Path) -> bytes:
    """What is in a file; BadInput where it can't be read."""
    try:
        return sys.stdin.buffer.read() if file == STREAM else file.read_bytes()
    except OSError as error:
        raise BadInput(_unusable(file, error)) from error


def write_document(file: Path, text: str) -> None:
    """Write a document, and a line's end after it; BadInput where it can't be written."""
    if file == STREAM:
        typer.echo(text)
        return
    try:
        file.write_text(f"{text}\n", encoding="utf-8")
    except OSError as error:
        raise BadInput(_unusable(file, error)) from error


def refuse_unwritable(file: Path) -> None:
    """Refuse a file that can't be written: better now than after an hour of searching.

    Raises:
        BadInput: it can't be made or opened for writing.
    """
    if file == STREAM:
        return
    try:
        with file.open("a", encoding="utf-8"):
            pass
    except OSError as error:
        raise BadInput(_unusable(file, error)) from error


def refuse_one_stream_twice(*files: Path | None) -> None:
    """Refuse to read two documents from standard input; BadInput then."""
    if files.count(STREAM) > 1:
        raise BadInput(
            Sentence(
                "Er kan maar één document van de standaardinvoer komen (-).",
                "Only one document can come from standard input (-).",
            )
        )


def called(file: Path) -> Sentence:
    """What a file is called in a sentence."""
    if file == STREAM:
        return Sentence("standaardinvoer", "standard input")
    return Sentence(str(file), str(file))


def _read(file: Path, wanted: str, reader: Callable[[bytes], Document]) -> Document:
    try:
        return reader(read_bytes(file))
    except BadDocument as error:
        raise BadInput(*_faults(file, wanted, error)) from error


def _faults(file: Path, wanted: str, error: BadDocument) -> Iterator[Sentence]:
    """Each fault by its path, as far as anybody can be expected to read on."""
    name = called(file)
    if _is_another_kind(wanted, error):
        yield _another_kind(name, wanted)
        return
    for fault in error.faults[:MOST_FAULTS]:
        yield Sentence(f"{name.nl}: {fault}", f"{name.en}: {fault}")
    left = len(error.faults) - MOST_FAULTS
    if left > 0:
        yield Sentence(f"{name.nl}: en nog {left} fouten.", f"{name.en}: and {left} faults more.")


def _is_another_kind(wanted: str, error: BadDocument) -> bool:
    """Whether it is a plan where a problem was asked for, or the other way round."""
    other = PLAN if wanted == PROBLEM else PROBLEM
    return any(
        fault.path == "format" and fault.message.endswith(f'"{other}"') for fault in error.faults
    )


def _another_kind(name: Sentence, wanted: str) -> Sentence:
    if wanted == PROBLEM:
        return Sentence(
            f"{name.nl} is een rooster; hier hoort het planprobleem te staan.",
            f"{name.en} is a plan; the planning problem should stand here.",
        )
    return Sentence(
        f"{name.nl} is een planprobleem; hier hoort een rooster te staan.",
        f"{name.en} is a planning problem; a plan should stand here.",
    )


def _unusable(file: Path, error: OSError) -> Sentence:
    reason, name = error.strerror or str(error), called(file)
    return Sentence(
        f"{name.nl} is niet te gebruiken: {reason}.", f"{name.en} can't be used: {reason}."
    )
