"""A request's body, read up to a length and no further."""

from wsgiref.types import WSGIEnvironment

from calendars.account.http import bad_request, refused


def body_of(environ: WSGIEnvironment, most: int) -> bytes:
    """The body of a request, also where it comes in pieces.

    Raises:
        Refused: 413 for more than `most` bytes, 400 for a length that isn't a number.
    """
    stated = environ.get("CONTENT_LENGTH") or ""
    if environ.get("HTTP_TRANSFER_ENCODING"):
        length = most + 1
    elif stated and not (stated.isascii() and stated.isdigit()):
        raise bad_request("The length isn't a number.")
    else:
        length = int(stated[:20] or 0)
    if length > most and stated:
        raise refused(413, "This is too long.\n")
    content: bytes = environ["wsgi.input"].read(length) if length else b""
    if len(content) > most:
        raise refused(413, "This is too long.\n")
    return content
