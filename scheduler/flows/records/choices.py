"""Fields that hold one or several of a list: words of a closed one, or other records."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from scheduler.domain.errors import Sentence
from scheduler.domain.parsing import Unfit, identifier
from scheduler.flows.records.around import Around
from scheduler.flows.records.shapes import Control, Option, as_it_is

_SEPARATOR = ", "


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOf:
    """One of a closed list, by its Dutch word; an empty text is the default, where there is one."""

    words: Mapping[Any, Sentence]
    default: Any = None
    control: Control = Control.CHOICE

    def read(self, text: str, around: Around) -> Any:
        """The member whose word it is, in either language."""
        if not text and self.default is not None:
            return self.default
        for member, word in self.words.items():
            if text.casefold() in {word.nl.casefold(), word.en.casefold()}:
                return member
        raise Unfit(
            f"een van: {_SEPARATOR.join(word.nl for word in self.words.values())}",
            f"one of {_SEPARATOR.join(word.en for word in self.words.values())}",
        )

    def write(self, value: Any) -> str:
        """The Dutch word."""
        return self.words[value].nl

    def said(self, text: str, around: Around) -> Sentence:
        """The word."""
        return next((word for word in self.words.values() if word.nl == text), as_it_is(text))

    def options(self, text: str, around: Around) -> tuple[Option, ...]:
        """Every word of the list."""
        return tuple(Option(word.nl, word) for word in self.words.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Ref:
    """Another record, by its identifier or its name."""

    noun: str
    required: bool = True
    control: Control = Control.CHOICE

    def read(self, text: str, around: Around) -> str | None:
        """The identifier."""
        if not text and not self.required:
            return None
        return around.found(self.noun, text)

    def write(self, value: str | None) -> str:
        """The identifier."""
        return value or ""

    def said(self, text: str, around: Around) -> Sentence:
        """The name."""
        return as_it_is(around.called(self.noun, text))

    def options(self, text: str, around: Around) -> tuple[Option, ...]:
        """Every one that hasn't ended, by name."""
        return _named(around, self.noun, (text,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Several:
    """Any number of others, in the order of their identifiers; with none the meaning of `empty`.

    `reader` reads one that isn't known yet, such as a new topic; without it all must be known.
    `words` are a closed list's, which stands in no row.
    """

    noun: str
    empty: Sentence
    reader: Callable[[str], str] | None = None
    words: Mapping[str, Sentence] = field(default_factory=dict)
    control: Control = Control.SEVERAL

    def read(self, text: str, around: Around) -> tuple[str, ...]:
        """The identifiers."""
        words = [word.strip() for word in text.split(",") if word.strip()]
        return tuple(sorted({self._one(word, around) for word in words}))

    def _one(self, word: str, around: Around) -> str:
        if self.words:
            return str(OneOf(words=self.words).read(self._word(word), around))
        if self.reader is not None and word not in around.names[self.noun]:
            return self.reader(word)
        return around.found(self.noun, word)

    def _word(self, text: str) -> str:
        """A member of the list by its own name, as its word."""
        return self.words[text].nl if text in self.words else text

    def write(self, value: tuple[str, ...]) -> str:
        """The identifiers, with commas."""
        return _SEPARATOR.join(sorted(value))

    def said(self, text: str, around: Around) -> Sentence:
        """The names."""
        names = [self._name(word, around) for word in text.split(_SEPARATOR) if word]
        if not names:
            return self.empty
        return Sentence(
            _SEPARATOR.join(name.nl for name in names), _SEPARATOR.join(name.en for name in names)
        )

    def _name(self, word: str, around: Around) -> Sentence:
        return self.words.get(word) or as_it_is(around.called(self.noun, word))

    def options(self, text: str, around: Around) -> tuple[Option, ...]:
        """Every one that hasn't ended, by name."""
        if self.words:
            return tuple(Option(key, name) for key, name in self.words.items())
        return _named(around, self.noun, text.split(_SEPARATOR))


def topic(word: str) -> str:
    """A topic, known or new."""
    return identifier(word)


def _named(around: Around, noun: str, chosen: Iterable[str]) -> tuple[Option, ...]:
    return tuple(Option(each.id, as_it_is(each.name)) for each in around.offered(noun, chosen))
