"""A field of several words that stand in one column, as a list or as None."""

from dataclasses import dataclass

from scheduler.domain.errors import Sentence
from scheduler.flows.records.around import Around
from scheduler.flows.records.choices import Several
from scheduler.flows.records.shapes import Control, Option


@dataclass(frozen=True, slots=True)
class WordList:
    """Several words; none at all is kept as None, which means every one."""

    several: Several
    control: Control = Control.SEVERAL

    @property
    def noun(self) -> str:
        """What the words are."""
        return self.several.noun

    def read(self, text: str, around: Around) -> list[str] | None:
        """The words in order."""
        return list(self.several.read(text, around)) or None

    def write(self, value: list[str] | None) -> str:
        """With commas; an empty list, which means none of them, can't be told from all of them."""
        return self.several.write(tuple(value or ()))

    def said(self, text: str, around: Around) -> Sentence:
        """The names."""
        return self.several.said(text, around)

    def options(self, text: str, around: Around) -> tuple[Option, ...]:
        """What the words can be."""
        return self.several.options(text, around)
