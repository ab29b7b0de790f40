"""A field of hours of the day."""

from dataclasses import dataclass

from scheduler.domain.errors import Sentence
from scheduler.flows.records.around import Around
from scheduler.flows.records.shapes import Control, Option
from scheduler.flows.records.typed import Span, spans, spans_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Times of one weekday, such as `09:00-12:00, 19:00-22:30`; none where it is empty."""

    control: Control = Control.LINE

    def read(self, text: str, around: Around) -> tuple[Span, ...]:
        """In the order of their start."""
        return spans(text)

    def write(self, value: tuple[Span, ...]) -> str:
        """As they are read."""
        return spans_text(value)

    def said(self, text: str, around: Around) -> Sentence:
        """The text itself."""
        return Sentence(text, text)

    def options(self, text: str, around: Around) -> tuple[Option, ...]:
        """None: it is typed."""
        return ()
