"""Which columns hold what about people: `config/personal_data.toml`, read once.

A column that isn't in the list doesn't exist: a test compares the list with the tables.
"""

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from scheduler.settings import CONFIG

_FILE = CONFIG / "personal_data.toml"


class Holds(StrEnum):
    """What a column can hold.

    Members:
        PERSONAL: something about a person, shown to that person on request, and erased.
        HISTORY: who did or does what, by an identifier that leads to nobody after erasure.
        SECRET: a proof or a sealed content: erased, and never shown as it is.
        NOBODY: nothing about a person.
    """

    PERSONAL = "personal"
    HISTORY = "history"
    SECRET = "secret"  # noqa: S105 - a word for a kind of column
    NOBODY = "nobody"


@cache
def inventory() -> Mapping[str, Mapping[str, Holds]]:
    """What each column of each table holds."""
    with _FILE.open("rb") as file:
        written = tomllib.load(file)
    return {
        table: {column: Holds(kind) for kind, columns in kinds.items() for column in columns}
        for table, kinds in written.items()
    }
