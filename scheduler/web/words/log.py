"""What stands beside an act in the log, in words: before and after, or what it came to."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from scheduler.db.tables import Audit
from scheduler.domain.errors import Sentence
from scheduler.domain.terms import Choice, PlanMode, ReplyKind, Way
from scheduler.flows.records import Around, differences
from scheduler.web.languages import mark
from scheduler.web.words.terms import Words

_NOTHING = "–"  # noqa: RUF001 - a dash, for nothing

_STANDING = {
    "moment": mark("Moment"),
    "attendees": mark("Deelnemers"),
    "deputy": mark("Vervanger"),
    "pinned": mark("Staat vast"),
    "banned": mark("Uitgesloten"),
}
"""What is told of how a meeting stood in a draft, before and after a step by hand."""

_COUNTED = {
    "meetings changed": (mark("overleg veranderde"), mark("overleggen veranderden")),
    "meetings": (mark("overleg"), mark("overleggen")),
    "representatives": (mark("afgevaardigde"), mark("afgevaardigden")),
    "mandates": (mark("mandaat"), mark("mandaten")),
    "plans": (mark("rooster"), mark("roosters")),
    "publications": (mark("publicatie"), mark("publicaties")),
    "messages": (mark("bericht"), mark("berichten")),
    "added": (mark("toegevoegd"), mark("toegevoegd")),
    "updated": (mark("bijgewerkt"), mark("bijgewerkt")),
    "removed": (mark("weggehaald"), mark("weggehaald")),
}
_COUNT = re.compile(r"([0-9]+) ([a-z ]+)")
_SAMPLE = re.compile(r"([0-9]{4}), seed [0-9]+: (.+)")
_PLAN = re.compile(r"plan ([0-9]+)")
_ANSWER = re.compile(r"(\S+): (\S+), by (\S+)")
_DRAFT = mark("concept %(id)s")
_ANSWERED = mark("%(who)s: %(answer)s, %(way)s")
_ANSWERS = {Choice.YES: mark("ja"), Choice.PERHAPS: mark("misschien"), Choice.NO: mark("nee")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One line beside an act: what it is about, and what stood and stands there.

    Without a label it is a text by itself, in `after`; `language` is set where it could not be put
    into the words of the visit.
    """

    label: str = ""
    before: str = ""
    after: str = ""
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LogWords:
    """Says what acts came to. `names` are those of people, meetings and organisations."""

    words: Words
    around: Around
    names: Mapping[str, str]
    field: Callable[[Sentence | None], str]

    def told(self, act: Audit) -> tuple[Told, ...]:
        """The lines beside an act; none where nothing is to be told."""
        found = differences(act, self.around)
        if found:
            return tuple(
                Told(
                    label=self.words.short(each.label),
                    before="" if each.before is None else self.field(each.before) or _NOTHING,
                    after=self.field(each.after) or _NOTHING,
                )
                for each in found
            )
        if act.noun == "meeting" and act.before is not None and act.after is not None:
            return tuple(self._steps(act.before, act.after))
        text = self._detail(act)
        if text is not None:
            return (Told(after=text),) if text else ()
        return (Told(after=act.detail, language="en"),)

    def _steps(self, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Told]:
        for key, label in _STANDING.items():
            was, now = before.get(key, ""), after.get(key, "")
            if was != now:
                yield Told(
                    label=self.words.said(label),
                    before=self._stands(key, was),
                    after=self._stands(key, now),
                )

    def _stands(self, key: str, text: str) -> str:
        if not text:
            return _NOTHING
        if key == "moment":
            instant = datetime.fromisoformat(text)
            return f"{self.words.day(instant, year=True)}, {self.words.clock(instant)}"
        return self.words.names([self._name(word) for word in text.split()])

    def _name(self, identifier: str) -> str:
        return self.names.get(identifier, identifier)

    def _detail(self, act: Audit) -> str | None:
        """A short detail in words; None where it is none that we know."""
        if not act.detail:
            return ""
        if act.detail in list(PlanMode):
            return self.words.term(PlanMode(act.detail))
        if act.noun == "reply" and act.detail in list(ReplyKind):
            return self.words.term(ReplyKind(act.detail))
        return (
            self._draft(act.detail)
            or self._answer(act.detail)
            or self._named(act.detail)
            or self._sample(act.detail)
            or self._counts(act.detail)
        )

    def _draft(self, detail: str) -> str | None:
        found = _PLAN.fullmatch(detail)
        return self.words.text(_DRAFT, id=found[1]) if found else None

    def _answer(self, detail: str) -> str | None:
        found = _ANSWER.fullmatch(detail)
        if found is None or found[2] not in list(Choice) or found[3] not in list(Way):
            return None
        return self.words.text(
            _ANSWERED,
            who=self._name(found[1]),
            answer=self.words.said(_ANSWERS[Choice(found[2])]),
            way=self.words.term(Way(found[3])),
        )

    def _sample(self, detail: str) -> str | None:
        """What a sample year was drawn from, and what is in it."""
        found = _SAMPLE.fullmatch(detail)
        counts = self._counts(found[2]) if found else None
        return f"{found[1]}: {counts}" if found and counts else None

    def _named(self, detail: str) -> str | None:
        """Meetings by their identifiers."""
        words = detail.split(", ")
        return ", ".join(map(self._name, words)) if set(words) <= set(self.names) else None

    def _counts(self, detail: str) -> str | None:
        """Numbers of things."""
        found = [_COUNT.fullmatch(part) for part in detail.split(", ")]
        said = [
            f"{self.words.number(int(each[1]))} {self._counted(int(each[1]), each[2])}"
            for each in found
            if each is not None and each[2] in _COUNTED
        ]
        return ", ".join(said) if len(said) == len(found) else None

    def _counted(self, number: int, things: str) -> str:
        one, more = _COUNTED[things]
        return self.words.said(one if number == 1 else more)
