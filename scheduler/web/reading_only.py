"""A page for who only reads along: the same page, without what changes something."""

import re
from html import unescape
from urllib.parse import urlsplit

from scheduler.domain.access import Actor
from scheduler.web.doors import leads_through

_POSTING = re.compile(r'<form\b[^>]*\bmethod="post"[^>]*>.*?</form>', re.DOTALL)
_OWN = ('action="/uitloggen"', 'action="/inlog/')
_LINK = re.compile(r'<a\b[^>]*\bhref="(/[^"]*)"[^>]*>(.*?)</a>', re.DOTALL)


def to_read_only(html: str, actor: Actor) -> str:
    """The page without forms that change what others keep, and without links to shut doors.

    Done here once, so that no template can forget it; what is refused is refused at the door.
    """
    return _LINK.sub(lambda link: _link(link, actor), _POSTING.sub(_form, html))


def _form(form: re.Match[str]) -> str:
    own = any(mark in form[0].partition(">")[0] for mark in _OWN)
    return form[0] if own else ""


def _link(link: re.Match[str], actor: Actor) -> str:
    path = urlsplit(unescape(link[1])).path
    return link[0] if leads_through(actor, path) else link[2]
