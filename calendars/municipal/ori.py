"""The mini-ORI API's `/vergaderingen` (VNG ODS Open Raadsinformatie): JSON to proposals."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from calendars.municipal.collected import Collected
from calendars.municipal.event import When
from calendars.municipal.found import Asked, Found, NotReadable, Proposal, Reason, What
from calendars.municipal.texts import LONGEST_KEY, one_line, paragraphs, web_address

_MOST_ENTRIES = 5_000
_DAY = timedelta(days=1)
# The specification's own examples put a colon before the milliseconds.
_MILLISECONDS = re.compile(r":(\d{3})(Z|[+-]\d\d:?\d\d)?$")
_OFF = {"geannuleerd"}
_CODE = re.compile(r"(?:gm)?(\d{4})", re.IGNORECASE)


def read_ori(data: bytes, asked: Asked) -> Found:
    """Every meeting on a page of `/vergaderingen`; runs without limits of its own.

    Raises:
        NotReadable: no such page, or too many entries.
    """
    document = _document(data)
    entries = document.get("results") if isinstance(document, dict) else document
    if not isinstance(entries, list):
        raise NotReadable(Reason.NOT_A_CALENDAR)
    if len(entries) > _MOST_ENTRIES:
        raise NotReadable(Reason.TOO_MANY)
    collected = Collected(asked)
    for number, entry in enumerate(entries, start=1):
        _read_entry(number, entry, collected)
    after = document.get("next") if isinstance(document, dict) else None
    return collected.found(owner=_owner(entries), next_page=after if isinstance(after, str) else "")


def _document(data: bytes) -> Any:
    try:
        return json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise NotReadable(Reason.CUT_OFF if _is_cut(error) else Reason.NOT_A_CALENDAR) from None


def _is_cut(error: Exception) -> bool:
    """Whether the document was fine up to where it ends."""
    if not isinstance(error, json.JSONDecodeError):
        return False
    return error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated string")


def _read_entry(number: int, entry: Any, collected: Collected) -> None:
    if not isinstance(entry, dict):
        collected.note(What.BROKEN, f"#{number}", found=type(entry).__name__)
        return
    key = one_line(_text(entry, "id") or _text(entry, "url"), LONGEST_KEY)
    title = one_line(_text(entry, "naam") or _text(entry, "vergaderingstype"))
    if not key:
        collected.note(What.NO_UID, title, f"#{number}")
        key = one_line(f"nameless-{title}-{_started(entry)}", LONGEST_KEY)
    if key in collected.proposals:
        collected.note(What.DOUBLED, title, key)
        return
    if not title:
        collected.note(What.NO_TITLE, key)
    try:
        when = _when(entry, title, key, collected)
    except (ValueError, OverflowError):
        collected.note(What.BAD_START, title, key, key=key, found=_started(entry))
        return
    if when is None:
        collected.note(What.NO_START, title, key, key=key)
        return
    collected.propose(_proposal(entry, key, title, when))


def _proposal(entry: Mapping[str, Any], key: str, title: str, when: When) -> Proposal:
    papers = entry.get("bijlagen")
    off = _text(entry, "status") in _OFF or _text(entry, "wijziging") == "Verwijdering"
    return Proposal(
        key=key,
        title=title,
        day=when.day,
        starts_at=when.starts_at,
        ends_at=when.ends_at,
        place=one_line(_text(entry, "locatie")),
        text=paragraphs(_text(entry, "vergadertoelichting")),
        url=web_address(_text(entry, "webpaginaLink")),
        papers=tuple(
            filter(None, (web_address(str(each)) for each in papers))
            if isinstance(papers, list)
            else ()
        ),
        called_off=off,
    )


def _when(entry: Mapping[str, Any], title: str, key: str, collected: Collected) -> When | None:
    """When it is; None where nothing says so.

    Raises:
        ValueError: what should be a day or a time is something else.
    """
    zone = ZoneInfo(collected.asked.zone)
    text = _started(entry)
    if not text:
        day = _text(entry, "geplandeVergaderdatum") or _text(entry, "vergaderdatum")
        return When(date.fromisoformat(day), None, None) if day else None
    starts_at = _instant(text, zone)
    ended = _text(entry, "geplandeEindeVergadering") or _text(entry, "eindeVergadering")
    try:
        ends_at = _instant(ended, zone) if ended else None
        if ends_at is not None and not timedelta() < ends_at - starts_at <= _DAY:
            raise ValueError("an end before the start, or on another day")  # noqa: TRY301 - as bad
    except (ValueError, OverflowError):
        collected.note(What.BAD_END, title, key, found=ended)
        ends_at = None
    return When(starts_at.astimezone(zone).date(), starts_at, ends_at)


def _started(entry: Mapping[str, Any]) -> str:
    return _text(entry, "geplandeAanvangVergadering") or _text(entry, "aanvangVergadering")


def _instant(text: str, zone: ZoneInfo) -> datetime:
    """An instant in UTC; without an offset it is on the calendar's own clock."""
    found = datetime.fromisoformat(_MILLISECONDS.sub(r".\1\2", text))
    if found.tzinfo is None:
        found = found.replace(tzinfo=zone)
    return found.astimezone(UTC).replace(microsecond=0)


def _text(entry: Mapping[str, Any], name: str) -> str:
    value = entry.get(name)
    return value.strip() if isinstance(value, str) else ""


def _owner(entries: list[Any]) -> str:
    """The municipality whose calendar it is, where all entries name the same one."""
    codes = {code for entry in entries if isinstance(entry, dict) and (code := _code(entry))}
    return codes.pop() if len(codes) == 1 else ""


def _code(entry: Mapping[str, Any]) -> str:
    owner = entry.get("organisatie")
    words = owner.values() if isinstance(owner, dict) else ()
    for word in words:
        found = _CODE.fullmatch(word) if isinstance(word, str) else None
        if found:
            return f"GM{found[1]}"
    return ""
