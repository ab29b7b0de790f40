"""Names that can stand in an address."""

import re
import unicodedata


def slug(name: str) -> str:
    """Lower-case letters, digits and hyphens; never empty.

    >>> slug("HBV Eelde-Paterswolde")
    'hbv-eelde-paterswolde'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "agenda"


def by_name(name: str) -> tuple[tuple[int, str], ...]:
    """A key to sort names by as people do: without capitals, and numbers by what they count.

    >>> sorted(["Afgevaardigde 10", "afgevaardigde 9", "AH WOON"], key=by_name)
    ['afgevaardigde 9', 'Afgevaardigde 10', 'AH WOON']
    """
    parts = re.findall(r"\d+|\D+", name.casefold())
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)
