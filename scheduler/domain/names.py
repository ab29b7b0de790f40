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
