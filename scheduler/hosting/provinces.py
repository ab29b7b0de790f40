"""Which provinces an installation has."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from scheduler.domain.errors import AanTafelError, BadInput, Sentence
from scheduler.hosting.own_settings import FILE, PROVINCES, host_of, misplaced, read_own
from scheduler.hosting.sealed import in_common
from scheduler.settings import Settings

_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosted:
    """One of several provinces.

    Attributes:
        name: how commands and the log call it: its folder's name.
        settings: all settings, those of all overruled by its own.
    """

    name: str
    settings: Settings

    @property
    def host(self) -> str:
        """The name by which it is called, as a browser writes it in `Host`, without a port."""
        return host_of(self.settings.web.public_url)


def found(environment: Mapping[str, str] = os.environ) -> tuple[Hosted, ...]:
    """The provinces of this installation, by name; none where it is a single one's.

    Args:
        environment: what holds for all, and where the provinces are.

    Raises:
        BadInput: a setting can't be used, there is no province yet, or two have something in common
            by which one could be mixed up with the other; all faults at once.
    """
    folder = _folder(environment)
    if not folder:
        return ()
    Settings.read(environment)  # what is wrong for all is said once
    faults = list(misplaced(environment))
    names = names_of(Path(folder))
    read = [_read(Path(folder) / name, environment, faults) for name in names]
    provinces = tuple(each for each in read if each)
    faults.extend(in_common({each.name: each.settings for each in provinces}))
    if not names:
        faults.append(_NONE)
    if faults:
        raise BadInput(*faults)
    return provinces


def _folder(environment: Mapping[str, str]) -> str:
    """Where the provinces are; whatever else is wrong with the settings is said by who reads it."""
    named = filter(None, map(environment.get, PROVINCES))
    return next(named, "") or Settings.read({}).data.provinces


def names_of(folder: Path) -> tuple[str, ...]:
    """The names of the provinces in a folder; those with a fault in their settings too."""
    return tuple(sorted(each.parent.name for each in folder.glob(f"*/{FILE}")))


def is_name(text: str) -> bool:
    """Whether a province may be called so: it is a folder's name, and a word in commands."""
    return bool(_NAME.fullmatch(text))


def _read(folder: Path, environment: Mapping[str, str], faults: list[Sentence]) -> Hosted | None:
    try:
        return Hosted(name=folder.name, settings=read_own(folder, environment))
    except AanTafelError as error:
        faults.extend(_of(folder.name, each) for each in error.sentences)
        return None


def _of(name: str, said: Sentence) -> Sentence:
    return Sentence(f"{name}: {said.nl}", f"{name}: {said.en}")


_NONE = Sentence(
    "Er is nog geen provincie. Maak er een met `aantafel province add`.",
    "There is no province yet. Make one with `aantafel province add`.",
)
