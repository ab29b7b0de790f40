"""Reading a TOML file into frozen values, with every fault in it at once."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from scheduler.domain.cells import Fact, build, cells
from scheduler.domain.errors import Sentence
from scheduler.domain.faults import Fault
from scheduler.domain.parsing import Reader, Several

F = TypeVar("F", bound=Fact)

_MISSING = Sentence("deze instelling", "this setting")
_UNKNOWN = Sentence(
    "alleen instellingen die bestaan; deze bestaat niet",
    "only settings that exist; this one doesn't",
)
_LIST = Sentence("een lijst tussen [ en ]", "a list between [ and ]")
_ONE = Sentence("één waarde", "one value")


def read_settings(path: Path, kind: type[F], faults: list[Fault]) -> F | None:
    """The file as one value; the faults are added to the list, and then it is None."""
    document = load(path, faults)
    return None if document is None else value_of(document, kind, faults, file=path.name)


def load(path: Path, faults: list[Fault]) -> dict[str, Any] | None:
    """The file's document as it stands, or None and a fault."""
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8"))
    except OSError as error:
        expected = Sentence("een bestand dat te lezen is", "a file that can be read")
        found = error.strerror or str(error)
    except UnicodeDecodeError as error:
        expected = Sentence("tekst in UTF-8", "text in UTF-8")
        found = str(error)
    except tomllib.TOMLDecodeError as error:
        expected, found = Sentence("geldige TOML", "valid TOML"), str(error)
    faults.append(Fault(file=path.name, expected=expected, found=found))
    return None


def value_of(
    document: Mapping[str, Any], kind: type[F], faults: list[Fault], *, file: str, at: str = ""
) -> F | None:
    """A document, or a part of it, as a value.

    Args:
        document: what TOML gave.
        kind: what to make of it.
        faults: the faults are added here.
        file: the file's name.
        at: where in the file the part stands, for its faults; such as `clock 2, `.
    """
    found = _flat(document)
    wanted = {each.name: each.reader for each in cells(kind).values()}
    found = {each.name: "" for each in cells(kind).values() if each.may_be_absent} | found
    own = [_fault(file, at + name, _MISSING) for name in wanted if name not in found]
    own += [_fault(file, at + name, _UNKNOWN) for name in found if name not in wanted]
    texts = {}
    for name in (name for name in wanted if name in found):
        mismatch = _mismatch(found[name], wanted[name])
        if mismatch is None:
            texts[name] = _text(found[name])
        else:
            own.append(_fault(file, at + name, mismatch, repr(found[name])))
    value = build(kind, texts, own, file=file, at=at)
    faults.extend(own)
    return None if own else value


def _flat(document: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in document.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{prefix}{name}.")
        else:
            flat[prefix + name] = value
    return flat


def _mismatch(value: Any, reader: Reader[Any]) -> Sentence | None:
    if isinstance(value, list) == isinstance(reader, Several):
        return None
    return _ONE if isinstance(value, list) else _LIST


def _text(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(map(_text, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def _fault(file: str, name: str, expected: Sentence, found: str | None = None) -> Fault:
    return Fault(file=file, column=name, expected=expected, found=found)
