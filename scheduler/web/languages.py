"""Dutch and English: Dutch stands in the templates, English in a catalogue read at the start."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from babel.messages.pofile import read_po

LOCALE = Path(__file__).parent / "locale"
LANGUAGE_COOKIE = "taal"


class Language(StrEnum):
    """A language of the screens, by its code."""

    DUTCH = "nl"
    ENGLISH = "en"

    @classmethod
    def chosen(cls, code: str | None) -> "Language":
        """The language by its code; Dutch for every other word."""
        return cls.ENGLISH if code == cls.ENGLISH else cls.DUTCH


def mark(text: str) -> str:
    """Mark a text for translation where it is kept; it is translated where it is shown."""
    return text


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Translated texts: one text, or the singular and plural of it."""

    texts: Mapping[str, str]
    plurals: Mapping[tuple[str, str], tuple[str, str]]

    def gettext(self, text: str) -> str:
        """The text in this language; the Dutch where none is known."""
        return self.texts.get(text) or text

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """The text for so many; both languages have one form for 1 and one for all the rest."""
        forms = self.plurals.get((singular, plural), (singular, plural))
        return forms[0] if number == 1 else forms[1]


def catalogue(language: Language) -> Catalogue:
    """The texts of a language; none for Dutch, whose texts are the identifiers."""
    path = LOCALE / language / "LC_MESSAGES" / "messages.po"
    texts: dict[str, str] = {}
    plurals: dict[tuple[str, str], tuple[str, str]] = {}
    if language is Language.DUTCH:
        return Catalogue(texts, plurals)
    with path.open("rb") as file:
        for message in read_po(file, locale=language):
            match message.id, message.string:
                case str(text), str(translated):
                    texts[text] = translated
                case (str(singular), str(plural)), (str(one), str(many)):
                    plurals[singular, plural] = (one, many)
    return Catalogue(texts, plurals)


CATALOGUES = {language: catalogue(language) for language in Language}
"""Read once, when the module is."""
