"""Texts on their way into a calendar: nothing in them can end a line or break an XML answer."""

import re
import unicodedata

from icalendar import vText

# All that some reader takes for a line end: `str.splitlines` is how several of them split.
_LINE_ENDS = re.compile("\r\n|[\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_UNFIT = {"Cc", "Cs"}
_NONCHARACTERS = re.compile("[\ufffe\uffff]")


class Text(vText):
    r"""TEXT with RFC 5545's escapes (section 3.3.11).

    icalendar's own takes a backslash with a capital N for a line end, so that "C:\Nota's" would
    come out as two lines.
    """

    __slots__ = ()

    def to_ical(self) -> bytes:
        """The text with backslash, semicolon, comma and line end escaped, in UTF-8."""
        escaped = self.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
        return escaped.replace("\n", "\\n").encode()


def lines(text: str) -> str:
    """The text with every kind of line end as a line feed, and no other control characters.

    Surrogates and noncharacters go too: UTF-8 and XML 1.0 (section 2.2) have no place for them.
    """
    if text.isprintable():  # the usual case, and fast; it excludes all that follows
        return text
    tidy = _NONCHARACTERS.sub("", _LINE_ENDS.sub("\n", text))
    return "".join(sign for sign in tidy if sign in "\n\t" or not _unfit(sign))


def one_line(text: str) -> str:
    """As `lines`, with a space for each line end and no space around it."""
    return lines(text).replace("\n", " ").strip()


def uri(text: str) -> str:
    """The text as far as a URI can hold it (RFC 3986, section 2): no blanks and no backslash.

    Nothing is left in it that could end its line, or that a reader could take for an escape.
    """
    return "".join(lines(text).split()).replace("\\", "%5C")


def _unfit(sign: str) -> bool:
    return unicodedata.category(sign) in _UNFIT
