"""Sizes and moments as people read them, in both languages."""

from datetime import datetime

from babel.dates import format_datetime
from babel.numbers import format_decimal

from scheduler.domain.errors import Sentence
from scheduler.domain.times import AMSTERDAM

_MB, _GB = 1_000_000, 1_000_000_000


def size_in_words(number: int) -> Sentence:
    """So many bytes in megabytes, or in gigabytes with one decimal from 1 GB on.

    >>> size_in_words(71_680_000_000)
    Sentence(nl='71,7 GB', en='71.7 GB')
    """
    value, unit = (number / _GB, "GB") if number >= _GB else (number // _MB, "MB")
    form = "#,##0.#" if unit == "GB" else "#,##0"
    said = (f"{format_decimal(value, form, locale=each)} {unit}" for each in ("nl", "en_GB"))
    return Sentence(*said)


def moment_in_words(at: datetime) -> Sentence:
    """An instant on the clock on the wall: its day with the year, and its hour."""
    form = "d MMMM y, HH:mm"
    nl, en = (format_datetime(at, form, tzinfo=AMSTERDAM, locale=each) for each in ("nl", "en_GB"))
    return Sentence(f"{nl} uur", en)
