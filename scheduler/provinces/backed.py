"""Figures need a source."""

from collections.abc import Iterator

from scheduler.domain.cells import Contradiction
from scheduler.domain.parsing import Unfit
from scheduler.domain.terms import Confidence

_UNBACKED = {Confidence.GENERAL_KNOWLEDGE, Confidence.UNKNOWN}


def backed(confidence: Confidence, source: str, name: str = "source") -> Iterator[Contradiction]:
    """A figure that claims to be founded and names no source; an assumption names its reason."""
    if not source and confidence not in _UNBACKED:
        yield (
            name,
            Unfit(f"een bron, want de zekerheid is {confidence}", f"a source, being {confidence}"),
        )
