"""Records' texts in the words of the visit."""

import re
from datetime import date

from scheduler.domain.errors import Sentence
from scheduler.flows.records import Around, Difference, Field, Record
from scheduler.web.context import Visit
from scheduler.web.rendering import language_of
from scheduler.web.words.terms import Words

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Telling:
    """Says a field's text: names for identifiers, days in words, and a dash for nothing."""

    def __init__(self, visit: Visit) -> None:
        """Speak the language of the visit."""
        self._words = Words(language_of(visit.request), visit.today)

    def field(self, field: Field, record: Record, around: Around) -> str:
        """What stands in one field of a record; empty for nothing."""
        text = record.texts[field.key]
        return self.sentence(field.shape.said(text, around)) if text else ""

    def sentence(self, said: Sentence | None) -> str:
        """A text in the visit's language."""
        text = self._words.sentence(said) if said else ""
        return _DAY.sub(self._day, text)

    def _day(self, found: re.Match[str]) -> str:
        try:
            return self._words.on(date.fromisoformat(found[0]), year=True)
        except ValueError:
            return found[0]

    def before(self, difference: Difference) -> str:
        """What stood there."""
        return self.sentence(difference.before) or "–"  # noqa: RUF001 - a dash, for nothing

    def after(self, difference: Difference) -> str:
        """What stands there."""
        return self.sentence(difference.after) or "–"  # noqa: RUF001 - a dash, for nothing
