"""The words of a request: its title, question, links and contact, and what is wrong with them."""

from urllib.parse import urlsplit

from scheduler.domain.errors import BadInput
from scheduler.flows.requests.request_reading import Reading
from scheduler.mail import usable_address

LONGEST_TITLE, LONGEST_TEXT, LONGEST_ADDRESS, MOST_PAPERS = 200, 2_000, 1_000, 10


def read_title(text: str, reading: Reading) -> str:
    """A title of one line, which there must be. Faults are noted."""
    title = " ".join(text.split())
    if not title or not title.isprintable() or len(title) > LONGEST_TITLE:
        reading.fault(
            "title",
            f"Zeg in één regel waar het over gaat (ten hoogste {LONGEST_TITLE} tekens).",
            f"Say in one line what it is about (at most {LONGEST_TITLE} characters).",
        )
    return title


def read_text(where: str, text: str, reading: Reading) -> str:
    """A text of any lines, or none. Faults are noted."""
    plain = text.strip().replace("\r\n", "\n")
    if len(plain) > LONGEST_TEXT or not plain.replace("\n", "").replace("\t", "").isprintable():
        reading.fault(
            where,
            f"Houd het korter dan {LONGEST_TEXT} tekens, zonder vreemde tekens.",
            f"Keep it under {LONGEST_TEXT} characters, without odd ones.",
        )
    return plain


def read_link(text: str, reading: Reading) -> str | None:
    """A web address to take part online, or None. Faults are noted."""
    address = text.strip()
    if address and not _is_web_address(address):
        reading.fault(
            "conference_url",
            "Dit is geen webadres: het begint met https://.",
            "This isn't a web address: it begins with https://.",
        )
    return address or None


def read_papers(text: str, reading: Reading) -> tuple[str, ...]:
    """Web addresses, one a line. Faults are noted."""
    papers = tuple(dict.fromkeys(text.split()))
    bad = [paper for paper in papers if not _is_web_address(paper)]
    if bad or len(papers) > MOST_PAPERS:
        reading.fault(
            "papers",
            f"Zet elk adres op een eigen regel; het begint met https://. "
            f"Ten hoogste {MOST_PAPERS}.",
            f"Put each address on a line of its own; it begins with https://. "
            f"At most {MOST_PAPERS}.",
        )
    return papers


def _is_web_address(text: str) -> bool:
    if len(text) > LONGEST_ADDRESS or not text.isprintable() or " " in text:
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc


def read_contact(text: str, reading: Reading) -> str:
    """A mail address that can be written to, or nothing. Faults are noted."""
    if not text.strip():
        return ""
    try:
        return usable_address(text)
    except BadInput:
        reading.fault(
            "contact",
            "Dit is geen mailadres. Een voorbeeld: wonen@gemeente.example.",
            "This isn't a mail address. An example: wonen@gemeente.example.",
        )
    return text.strip()
