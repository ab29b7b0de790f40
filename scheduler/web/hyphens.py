"""Where a long Dutch name may break, for narrow cells: browsers know that for few languages."""

from functools import cache

from pyphen import Pyphen

_SOFT = "\u00ad"
_LONG = 8
"""Words of fewer letters fit everywhere, and read best whole."""


@cache
def hyphenated(text: str) -> str:
    """A name with soft hyphens: `Coevorden` can break as `Coevor-den`, and is found unbroken.

    >>> hyphenated("HV Meppel")
    'HV Meppel'
    """
    return " ".join(_broken(word) for word in text.split(" "))


def _broken(word: str) -> str:
    return _dutch().inserted(word, _SOFT) if len(word) >= _LONG else word


@cache
def _dutch() -> Pyphen:
    return Pyphen(lang="nl_NL", left=3, right=3)
