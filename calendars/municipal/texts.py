"""Texts from outside: in one line or in plain paragraphs, and no longer than we keep."""

from urllib.parse import urlsplit

LONGEST_TITLE = 200
LONGEST_TEXT = 2_000
LONGEST_KEY = 200
_LONGEST_NAME = 80
_LONGEST_ADDRESS = 1_000


def one_line(text: str, longest: int = LONGEST_TITLE) -> str:
    """The text without line ends and control characters, cut off with an ellipsis."""
    plain = "".join(letter if letter.isprintable() else " " for letter in text[: 4 * longest])
    return _cut(" ".join(plain.split()), longest)


def paragraphs(text: str, longest: int = LONGEST_TEXT) -> str:
    """The text with its line ends, without other control characters."""
    lines = (one_line(line, longest) for line in text[: 4 * longest].splitlines())
    return _cut("\n".join(lines).strip(), longest)


def name(*candidates: str) -> str:
    """The first of these that says anything, as a name."""
    named = (one_line(each, _LONGEST_NAME) for each in candidates)
    return next(filter(None, named), "")


def web_address(text: str) -> str:
    """The text where it is an address of the web, else nothing."""
    address = text.strip()
    if len(address) > _LONGEST_ADDRESS or not address.isprintable() or " " in address:
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in {"http", "https"} and parts.netloc else ""


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
