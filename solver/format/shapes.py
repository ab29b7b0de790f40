"""Readers of containers, made from readers of what they hold. They find every fault at once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from solver.format.leaves import Reader
from solver.format.refusal import Finding, Refused, refuse

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Demand:
    """Something that several keys of one object must agree on; the fault is put `at` one of them.

    Judged only where all the keys that it `needs` could be read.
    """

    needs: tuple[str, ...]
    holds: Callable[..., bool]
    at: str
    message: str


def maybe(reader: Reader[T]) -> Reader[T | None]:
    """Null, or what `reader` reads."""

    def read(value: object) -> T | None:
        return None if value is None else reader(value)

    return read


def array(reader: Reader[T], *, unique: str | None = None, least: int = 0) -> Reader[tuple[T, ...]]:
    """An array of at least `least` items; no two of them with the same text under key `unique`."""

    def read(value: object) -> tuple[T, ...]:
        if not isinstance(value, list):
            raise refuse("an array", value)
        numbered, findings = _each(reader, value)
        items = tuple(item for _, item in numbered)
        if unique is not None:
            findings.extend(_repeats(unique, value))
        if len(value) < least:
            findings.append(((), f"expected at least {least} item(s)"))
        if findings:
            raise Refused(findings, sound=items)
        return items

    return read


def numbered(reader: Reader[T]) -> Reader[tuple[tuple[int, T], ...]]:
    """An array with the place of each item, for faults that only show when all are known."""

    def read(value: object) -> tuple[tuple[int, T], ...]:
        if not isinstance(value, list):
            raise refuse("an array", value)
        items, findings = _each(reader, value)
        if findings:
            raise Refused(findings, sound=tuple(items))
        return tuple(items)

    return read


def members(reader: Reader[T]) -> Reader[frozenset[T]]:
    """An array that stands for a set: order means nothing, and nothing stands in it twice."""

    def read(value: object) -> frozenset[T]:
        if not isinstance(value, list):
            raise refuse("an array", value)
        numbered, findings = _each(reader, value)
        found = frozenset(item for _, item in numbered)
        if findings or len(found) < len(numbered):
            raise Refused([*findings, *_doubles(numbered)], sound=found)
        return found

    return read


def distinct(reader: Reader[T]) -> Reader[tuple[T, ...]]:
    """An array whose order matters, and in which nothing stands twice."""
    as_set, as_list = members(reader), array(reader)

    def read(value: object) -> tuple[T, ...]:
        as_set(value)
        return as_list(value)

    return read


def record(
    make: Callable[..., T], readers: Mapping[str, Reader[Any]], *demands: Demand
) -> Reader[T]:
    """An object with exactly the keys of `readers`, handed to `make` by those names."""

    def read(value: object) -> T:
        fields, findings = collect(value, readers, demands)
        if findings:
            raise Refused(findings)
        return make(**fields)

    return read


def collect(
    value: object,
    readers: Mapping[str, Reader[Any]],
    demands: Sequence[Demand] = (),
    *,
    optional: frozenset[str] = frozenset(),
) -> tuple[dict[str, Any], list[Finding]]:
    """The keys of an object that could be read, and everything that is wrong in it."""
    if not isinstance(value, dict):
        raise refuse("an object", value)
    fields: dict[str, Any] = {}
    findings: list[Finding] = []
    for key, reader in readers.items():
        if key not in value:
            if key not in optional:
                findings.append(((key,), "this key is missing"))
            continue
        try:
            fields[key] = reader(value[key])
        except Refused as refused:
            findings.extend(refused.below(key))
            if refused.has_sound_part:
                fields[key] = refused.sound
    if len(value) > len(fields):
        findings.extend(((key,), "this key is unknown here") for key in value if key not in readers)
    if demands:
        findings.extend(_unmet(demands, fields))
    return fields, findings


def _unmet(demands: Sequence[Demand], fields: Mapping[str, Any]) -> Iterator[Finding]:
    for demand in demands:
        try:
            agreeing = [fields[key] for key in demand.needs]
        except KeyError:
            continue  # what isn't there can't be judged, and is a fault of its own
        if not demand.holds(*agreeing):
            yield (demand.at,), demand.message


def _each(reader: Reader[T], values: list[object]) -> tuple[list[tuple[int, T]], list[Finding]]:
    items: list[tuple[int, T]] = []
    findings: list[Finding] = []
    for index, value in enumerate(values):
        try:
            items.append((index, reader(value)))
        except Refused as refused:
            findings.extend(refused.below(index))
    return items, findings


def _repeats(key: str, values: list[object]) -> Iterator[Finding]:
    # On the raw values: an id stands twice even where something else in its object is wrong.
    seen: set[str] = set()
    for index, value in enumerate(values):
        name = value.get(key) if isinstance(value, dict) else None
        if not isinstance(name, str):
            continue
        if name in seen:
            yield (index, key), "expected nothing that stands earlier in this list"
        seen.add(name)


def _doubles(numbered: list[tuple[int, T]]) -> Iterator[Finding]:
    seen: set[T] = set()
    for index, item in numbered:
        if item in seen:
            yield (index,), "expected nothing that stands earlier in this list"
        seen.add(item)
