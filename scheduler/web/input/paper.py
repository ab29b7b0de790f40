"""A brief on paper: the same as its page, to take along to the table."""

from collections.abc import Iterator
from datetime import datetime

from scheduler.domain.terms import Stance
from scheduler.domain.voting import Tally
from scheduler.flows.input.brief import Brief
from scheduler.flows.input.item_brief import SHOWN, Heard, ItemBrief
from scheduler.paper import (
    Bar,
    BarPart,
    Block,
    Bullets,
    Document,
    Heading,
    Paragraph,
    Quote,
    Shade,
    Sheet,
)
from scheduler.web.languages import mark
from scheduler.web.words.brief import COUNTED, BriefWords

_TITLE = mark("Wat u meeneemt: %(title)s")
_WHEN = mark("%(day)s, %(span)s, %(place)s.")
_ONLINE = mark("online")
_MADE = mark("Aan Tafel, gemaakt op %(day)s om %(clock)s")
_QUESTION = mark("De vraag:")
_HEARD = mark("%(heard)s van de %(all)s organisaties gaven inbreng.")
_SILENT = mark("Nog niets gehoord:")
_APART = mark("Doet bewust niet mee:")
_EACH_ONE = mark("Elke organisatie één stem")
_BY_DWELLINGS = mark("Naar woningen")
_STANCE, _ORGANISATIONS, _DWELLINGS = mark("Standpunt"), mark("Organisaties"), mark("Woningen")
_MAY_SAY = mark("Wat u namens iedereen mag zeggen")
_MAY = mark("Wel: %(said)s")
_MAY_NOT = mark("Niet: %(said)s")
_MANDATES = mark("De mandaten")
_FIGURES = mark("De woningen en hun bron")
_ORGANISATION, _SOURCE = mark("Organisatie"), mark("Bron")
_SHADES = {
    Stance.FOR: Shade.FULL,
    Stance.FOR_IF: Shade.HALF,
    Stance.AGAINST: Shade.BLACK,
    Stance.ABSTAIN: Shade.PALE,
    Stance.NOT_HEARD: Shade.NONE,
}


def brief_document(said: BriefWords, *, made_at: datetime) -> Document:
    """The brief as a document in the language of its words."""
    words, meeting = said.words, said.brief.meeting
    return Document(
        title=words.text(_TITLE, title=meeting.title),
        language=words.language.value,
        made_at=made_at,
        blocks=tuple(_blocks(said)),
        foot=words.text(_MADE, day=words.on(made_at, year=True), clock=words.clock(made_at)),
    )


def _blocks(said: BriefWords) -> Iterator[Block]:
    words, brief = said.words, said.brief
    meeting = brief.meeting
    when = words.text(
        _WHEN,
        day=words.day(meeting.starts_at, year=True),
        span=words.span(meeting.starts_at, meeting.ends_at),
        place=meeting.place_name or words.said(_ONLINE),
    )
    yield Paragraph(f"{when[:1].upper()}{when[1:]} {heard_sentence(said)}")
    yield from _names(said, _SILENT, brief.silent)
    yield from _names(said, _APART, brief.apart)
    for item in brief.items:
        yield from _item(said, item)
    if brief.mandates:
        yield Heading(words.said(_MANDATES))
        yield Bullets(tuple(said.mandate(each) for each in brief.mandates))
    yield from _sources(said, brief)


def heard_sentence(said: BriefWords) -> str:
    """How many of those concerned gave input."""
    brief = said.brief
    everybody = len(brief.heard) + len(brief.silent) + len(brief.apart)
    return said.words.text(_HEARD, heard=len(brief.heard), all=everybody)


def _names(said: BriefWords, lead: str, heard: tuple[Heard, ...]) -> Iterator[Block]:
    if heard:
        names = said.words.names([each.organisation.name for each in heard])
        yield Paragraph(f"{names}.", lead=said.words.said(lead))


def _item(said: BriefWords, item: ItemBrief) -> Iterator[Block]:
    words = said.words
    yield Heading(f"{item.number}. {item.item.title}")
    if item.item.summary:
        yield Paragraph(item.item.summary)
    if item.item.question:
        yield Paragraph(item.item.question, lead=words.said(_QUESTION))
    for stance in SHOWN:
        if item.groups[stance]:
            yield Heading(f"{said.group(stance)}: {len(item.groups[stance])}", level=2)
            for heard in item.groups[stance]:
                yield _quote(said, item, heard)
    yield from _names(said, _SILENT, item.silent)
    yield from _counts(said, item)
    yield Heading(words.said(_MAY_SAY), level=2)
    yield Bullets(
        tuple(
            words.text(_MAY if allowed else _MAY_NOT, said=text)
            for allowed, text in said.sayings(item)
        )
    )


def _quote(said: BriefWords, item: ItemBrief, heard: Heard) -> Quote:
    return Quote(
        by=heard.organisation.name,
        about=said.about(heard),
        text=said.quoted(heard),
        notes=tuple(said.notes(item, heard)),
        marked=heard in item.must_hear,
    )


def _counts(said: BriefWords, item: ItemBrief) -> Iterator[Block]:
    words, outcome = said.words, item.outcome
    for name, tally in (
        (_EACH_ONE, outcome.organisations),
        (_BY_DWELLINGS, outcome.dwellings),
    ):
        yield Heading(words.said(name), level=2)
        yield _bar(said, tally)
        yield Paragraph(f"{said.told(tally)}.")
    left_out = said.left_out(item)
    if left_out:
        yield Paragraph(left_out)
    yield Sheet(
        head=(words.said(_STANCE), words.said(_ORGANISATIONS), words.said(_DWELLINGS)),
        rows=tuple(
            (
                said.group(stance),
                words.number(outcome.organisations.by_stance[stance]),
                words.number(outcome.dwellings.by_stance[stance]),
            )
            for stance in COUNTED
        ),
        numeric=frozenset({1, 2}),
    )


def _bar(said: BriefWords, tally: Tally) -> Bar:
    return Bar(
        parts=tuple(
            BarPart(said.group(stance), tally.by_stance[stance], _SHADES[stance])
            for stance in COUNTED
            if tally.by_stance[stance]
        ),
        told=said.told(tally),
    )


def _sources(said: BriefWords, brief: Brief) -> Iterator[Block]:
    words = said.words
    every = {
        heard.organisation.id: heard
        for item in brief.items
        for heard in (*(h for group in item.groups.values() for h in group), *item.silent)
    }
    if every:
        yield Heading(words.said(_FIGURES))
        yield Sheet(
            head=(words.said(_ORGANISATION), words.said(_DWELLINGS), words.said(_SOURCE)),
            rows=tuple(
                (each.organisation.name, said.figure(each.figure), "; ".join(each.figure.sources))
                for each in sorted(every.values(), key=lambda each: each.organisation.name)
            ),
        )
