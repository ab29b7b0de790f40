"""Where a long Dutch name may break, for narrow cells: browsers know that for few languages."""

import re
from functools import cache

from pyphen import Pyphen

_SOFT = "\u00ad"
_PARTS = re.compile(r"([ -])")
_LONG = 8
"""Words of fewer letters fit everywhere, and read best whole."""


@cache
def hyphenated(text: str) -> str:
    """A name with soft hyphens: `Coevorden` can break as `Coevor-den`, and is found unbroken.

    Where it has a hyphen of its own it breaks there first.

    >>> hyphenated("HV Meppel")
    'HV Meppel'
    """
    return "".join(_broken(part) for part in _PARTS.split(text))


def _broken(word: str) -> str:
    return _dutch().inserted(word, _SOFT) if len(word) >= _LONG else word


@cache
def _dutch() -> Pyphen:
    return Pyphen(lang="nl_NL", left=3, right=3)
