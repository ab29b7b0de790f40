"""Which signs of what people typed can stand on paper."""

import unicodedata

_UNPRINTABLE = {"Cc", "Cf", "Cn", "Co", "Cs"}


def printable(text: str) -> str:
    """The text without what stands for no sign, and so can't be set."""
    return "".join(each for each in text if _is_printable(each))


def _is_printable(sign: str) -> bool:
    return sign == "\n" or unicodedata.category(sign) not in _UNPRINTABLE
