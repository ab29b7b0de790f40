"""What may be sent along as a file, told by what is in it and not by what it is called."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import BadZipFile, ZipFile

_BEGINNINGS: Mapping[bytes, tuple[str, str]] = {
    b"%PDF-": ("pdf", "application/pdf"),
    b"\x89PNG\r\n\x1a\n": ("png", "image/png"),
    b"\xff\xd8\xff": ("jpg", "image/jpeg"),
}
_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
_OFFICE_PARTS: Mapping[str, tuple[str, str]] = {
    "word/document.xml": ("docx", f"{_OFFICE}.wordprocessingml.document"),
    "xl/workbook.xml": ("xlsx", f"{_OFFICE}.spreadsheetml.sheet"),
    "ppt/presentation.xml": ("pptx", f"{_OFFICE}.presentationml.presentation"),
}
_OPEN_KINDS: Mapping[bytes, tuple[str, str]] = {
    f"{_OPEN}.text".encode(): ("odt", f"{_OPEN}.text"),
    f"{_OPEN}.spreadsheet".encode(): ("ods", f"{_OPEN}.spreadsheet"),
    f"{_OPEN}.presentation".encode(): ("odp", f"{_OPEN}.presentation"),
}
_TEXT = ("txt", "text/plain; charset=utf-8")
_LONGEST_KIND = 100
MEDIA_TYPES = tuple(
    media_type
    for _, media_type in (
        *_BEGINNINGS.values(),
        *_OFFICE_PARTS.values(),
        *_OPEN_KINDS.values(),
        _TEXT,
    )
)
"""Of everything that is let in."""

_MACROS = ("vbaproject", "basic/", "scripts/")


def paper_kind(content: bytes) -> tuple[str, str] | None:
    """The usual ending and the media type; None for what isn't let in, macros among it."""
    for beginning, kind in _BEGINNINGS.items():
        if content.startswith(beginning):
            return kind
    if content.startswith(b"PK\x03\x04"):
        return _document(content)
    return _TEXT if _is_text(content) else None


def _document(content: bytes) -> tuple[str, str] | None:
    """An office document in a zip; only its list of parts and its own name of its kind are read."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
            if any(part in name.lower() for name in names for part in _MACROS):
                return None
            if "[Content_Types].xml" in names:
                return next((_OFFICE_PARTS[each] for each in _OFFICE_PARTS if each in names), None)
            if "mimetype" in names:
                with archive.open("mimetype") as file:
                    return _OPEN_KINDS.get(file.read(_LONGEST_KIND))
    # NotImplementedError: a zip may be packed in a way, or split, that Python doesn't read, and
    # RuntimeError: it may want a password. What we can't look into isn't let in.
    except (BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
        return None
    return None


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return False
    # What a browser might take for a page isn't let in as text.
    plain = text.replace("\r", "").replace("\n", "").replace("\t", "")
    return plain.isprintable() and "<" not in text[:512]
