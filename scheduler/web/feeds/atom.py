"""The publications as an Atom feed (RFC 4287), in Dutch."""

from html import escape
from xml.etree.ElementTree import Element, SubElement, tostring

from scheduler.flows.publishing.publication_feed import PublicationFeed, Told
from scheduler.web.languages import CATALOGUES, Language, mark
from scheduler.web.words.terms import Words

ATOM_TYPE = "application/atom+xml; charset=utf-8"

_ATOM = "http://www.w3.org/2005/Atom"
_MOST = 100
"""How many meetings of one publication are listed; the page has the rest."""

_TITLE = mark("Aan Tafel, %(province)s: publicaties")
_ENTRY = mark("Publicatie %(number)s: %(changes)s")
_LINE = mark("%(title)s, %(day)s: %(kinds)s")
_REST = mark("En nog %(count)s andere.")
_FIRST = mark("Er veranderde niets aan een overleg.")


def atom_feed(feed: PublicationFeed, base_url: str) -> bytes:
    """The feed as a document; the same publications give the same bytes."""
    words = Words(Language.DUTCH, feed.updated_at.date())
    # Plain names under one xmlns: registering a prefix would take it from the CalDAV account.
    root = Element("feed", {"xmlns": _ATOM, "xml:lang": "nl"})
    _add(root, "title", words.text(_TITLE, province=feed.province))
    _add(root, "id", f"tag:aantafel.invalid,2025:{feed.key}")
    _add(root, "updated", feed.updated_at.isoformat())
    SubElement(root, "link", {"rel": "alternate", "href": f"{base_url}/publicaties"})
    _add(SubElement(root, "author"), "name", "Aan Tafel")
    for told in feed.publications:
        _entry(root, told, words, feed.key, base_url)
    document: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _add(parent: Element, name: str, text: str, **attributes: str) -> None:
    SubElement(parent, name, attributes).text = text


def _entry(root: Element, told: Told, words: Words, key: str, base_url: str) -> None:
    entry = SubElement(root, "entry")
    changes = CATALOGUES[words.language].ngettext(
        "%(num)s overleg veranderde", "%(num)s overleggen veranderden", len(told.meetings)
    ) % {"num": words.number(len(told.meetings))}
    _add(entry, "title", words.text(_ENTRY, number=told.number, changes=changes))
    _add(entry, "id", f"tag:aantafel.invalid,2025:{key}/{told.number}")
    _add(entry, "updated", told.published_at.isoformat())
    _add(entry, "published", told.published_at.isoformat())
    href = f"{base_url}/publicatie/{told.number}"
    SubElement(entry, "link", {"rel": "alternate", "href": href})
    _add(entry, "content", _content(told, words), type="html")


def _content(told: Told, words: Words) -> str:
    lines = [
        words.text(
            _LINE,
            title=each.title,
            day=words.day(each.starts_at, year=True),
            kinds=", ".join(words.term(kind) for kind in each.kinds),
        )
        for each in told.meetings[:_MOST]
    ]
    if len(told.meetings) > _MOST:
        lines.append(words.text(_REST, count=words.number(len(told.meetings) - _MOST)))
    if not lines:
        return f"<p>{escape(words.said(_FIRST))}</p>"
    return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"
