"""Readers of single JSON values. Each returns the value or raises `Refused`."""

import math
from collections.abc import Callable, Collection
from enum import StrEnum
from typing import TypeVar

from solver.format.refusal import refuse

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
Reader = Callable[[object], T]

# The largest whole number that every JSON reader holds exactly (RFC 7493, section 2.2).
LARGEST = 2**53 - 1


def text(value: object) -> str:
    """Any string, the empty one too."""
    if isinstance(value, str):
        return value
    raise refuse("a text", value)


def flag(value: object) -> bool:
    """True or false."""
    if isinstance(value, bool):
        return value
    raise refuse("true or false", value)


def whole(least: int = 0, most: int = LARGEST) -> Reader[int]:
    """A whole number without decimals, both bounds inclusive; true and false are none."""
    expected = f"a whole number ≥ {least}" if most == LARGEST else f"a whole number {least}…{most}"

    def read(value: object) -> int:
        if type(value) is int and least <= value <= most:
            return value
        raise refuse(expected, value)

    return read


def integer(value: object) -> int:
    """A whole number of any size: sums of products go beyond what a document may say itself."""
    if type(value) is int:
        return value
    raise refuse("a whole number", value)


def decimal(expected: str, fits: Callable[[float], bool]) -> Reader[float]:
    """A finite number that `fits`; a whole one stays whole, so that it is written as it was read.

    `expected` says in words what fits.
    """

    def read(value: object) -> float:
        if type(value) in {int, float} and _finite(value) and fits(value):  # type: ignore[arg-type]
            return value  # type: ignore[return-value]
        raise refuse(expected, value)

    return read


def _finite(value: float) -> bool:
    return -LARGEST <= value <= LARGEST and math.isfinite(value)


def exactly(wanted: str) -> Reader[str]:
    """One fixed string."""

    def read(value: object) -> str:
        if value == wanted:
            return wanted
        raise refuse(f'"{wanted}"', value)

    return read


def choice(kind: type[E]) -> Reader[E]:
    """One of the strings of an enumeration."""
    members = {str(member): member for member in kind}
    expected = "one of " + ", ".join(members)

    def read(value: object) -> E:
        if isinstance(value, str) and value in members:
            return members[value]
        raise refuse(expected, value)

    return read


def known(kind: str, ids: Collection[str] | None) -> Reader[str]:
    """The id of something that the document declares; `ids` None where that can't be told."""
    if ids is None:
        return text

    def read(value: object) -> str:
        if isinstance(value, str) and value in ids:
            return value
        raise refuse(f"the id of {kind} in this document", value)

    return read
